/** Each kind of question: what it takes, what it asks back, and what it remembers. */
// Long: a small flow for each kind of question, beside what it must do.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { FileRef } from '../../bot/engine/types.js'
import { type Actions, libraryOf, type TalkOptions, talkWith } from './talk.js'

const flowOf = (steps: string) => `flow: test\nfor: client\nsteps:\n${steps.replace(/^/gm, '  ')}\n`

function ask(question: string, options: TalkOptions = {}) {
  const flow = flowOf(`q: ${question}\nlast: { text: {} }`)
  const human = 'flow: human\nfor: client\ninterrupt: true\nsteps:\n  hi: { say: {} }\n'
  const talk = talkWith(libraryOf([flow, human], options.actions), options)
  talk.start('test')
  return talk
}

const photo: FileRef = { id: 'f1', kind: 'photo', mime: 'image/jpeg', bytes: 10 }
const voice: FileRef = { id: 'f2', kind: 'voice', mime: 'audio/ogg', bytes: 10 }

describe('text', () => {
  it('takes own words within its limits', () => {
    const talk = ask('{ text: { min: 3, max: 5 } }')
    expect(talk.me('ab')).toEqual(['questions:text.short {"min":3}'])
    expect(talk.me('abcdefg')).toEqual(['questions:text.long {"max":5,"over":2}'])
    expect(talk.me('  abcd ')).toEqual(['test:last'])
    expect(talk.answers).toEqual({ q: 'abcd' })
  })

  it('takes a voice message where the flow allows it, and the words beside a photo', () => {
    const spoken = ask('{ text: { voice: true } }')
    spoken.give({ kind: 'files', files: [voice] })
    expect(spoken.answers).toEqual({ q: { voice: 'f2' } })

    const captioned = ask('{ text: {} }')
    expect(captioned.give({ kind: 'files', files: [photo] })).toEqual(['questions:text.unreadable'])
    captioned.give({ kind: 'files', files: [photo], text: 'see' })
    expect(captioned.answers).toEqual({ q: 'see' })
  })
})

describe('number', () => {
  it('reads it as people write it', () => {
    const talk = ask('{ number: { max: 2000 } }', { language: 'ru' })
    talk.me('двадцать')
    expect(talk.answers).toEqual({ q: 20 })
  })

  it('asks back rather than guess, and takes yes, no, or another number', () => {
    const yes = ask('{ number: { max: 2000 } }')
    expect(yes.me('45 min')).toEqual(['questions:number.confirm {"guess":45} [yes | no]'])
    expect(yes.press('yes')).toEqual(['test:last'])
    expect(yes.answers).toEqual({ q: 45 })

    const no = ask('{ number: { max: 2000 } }')
    no.me('45 min')
    expect(no.me('no')).toEqual(['test:q'])
    expect(no.me('yes')).toEqual(['questions:number.unreadable {"min":0,"max":2000}'])

    const other = ask('{ number: { max: 2000 } }')
    other.me('45 min')
    other.me('50')
    expect(other.answers).toEqual({ q: 50 })
  })

  it('keeps to its bounds, and does not round in secret', () => {
    const talk = ask('{ number: { min: 1, max: 10 } }')
    expect(talk.me('11')).toEqual(['questions:number.range {"min":1,"max":10}'])
    expect(talk.me('2.5')).toEqual(['questions:number.whole {"min":1,"max":10}'])
    const guessed = ask('{ number: { min: 1, max: 10 } }')
    expect(guessed.me('2.5 min')).toEqual(['questions:number.whole {"min":1,"max":10}'])
    const decimal = ask('{ number: { max: 10, decimals: 1 } }')
    decimal.me('2.5')
    expect(decimal.answers).toEqual({ q: 2.5 })
  })
})

describe('date and month', () => {
  it('knows which day it is where the person is', () => {
    const talk = ask('{ date: { future: false } }')
    expect(talk.me('tomorrow')).toEqual(['questions:date.future {"day":"2026-11-24"}'])
    talk.me('yesterday')
    expect(talk.answers).toEqual({ q: '2026-11-22' })
  })

  it('reads a month', () => {
    const talk = ask('{ month: {} }', { language: 'ru' })
    talk.me('прошлый месяц')
    expect(talk.answers).toEqual({ q: '2026-10' })
    expect(ask('{ month: {} }').me('sometime')).toEqual(['questions:month.unreadable'])
  })
})

describe('what is picked', () => {
  type Talk = ReturnType<typeof ask>
  const pickerOf = (talk: Talk) => {
    const last = talk.effects.findLast((effect) => effect.kind === 'say')
    return last?.kind === 'say' ? last.say.picker : undefined
  }
  const pick = (talk: Talk, picked: string[], picker = pickerOf(talk)) =>
    talk.give({ kind: 'button', data: picker?.data ?? '', picked })

  it('in a calendar is read as a typed day is', () => {
    const talk = ask('{ date: { future: false } }')
    expect(pick(talk, ['2026-11-24'])).toEqual(['questions:date.future {"day":"2026-11-24"}'])
    expect(pick(talk, [])).toEqual(['questions:date.unreadable'])
    const calendar = pickerOf(talk)
    expect(pick(talk, ['2026-11-20'])).toEqual(['test:last'])
    expect(talk.answers).toEqual({ q: '2026-11-20' })
    // A slip of the finger; another day is too late, as another button would be
    expect(pick(talk, ['2026-11-20'], calendar)).toEqual([])
    expect(pick(talk, ['2026-11-19'], calendar)).toEqual(['common:stale', 'test:last'])
    expect(talk.answers).toEqual({ q: '2026-11-20' })
  })

  it('of several is one answer, in the order of the list', () => {
    const talk = ask('{ choose: { options: [a, b, c], many: true } }')
    expect(pick(talk, [])).toEqual(['questions:choose.none [a | b | c]'])
    expect(pick(talk, ['a', 'd'])).toEqual(['questions:choose.unreadable [a | b | c]'])
    pick(talk, ['c', 'a'])
    expect(talk.answers).toEqual({ q: ['a', 'c'] })
  })

  it('stands in place of the buttons of its list, whole and with what is ticked', () => {
    const options = Array.from({ length: 10 }, (_, i) => `o${i}`)
    const talk = ask(`{ choose: { options: [${options.join(', ')}], many: true }, optional: true }`)
    talk.press('o1')
    const picker = pickerOf(talk)
    if (picker?.kind !== 'several') throw new Error('there is no picker')
    expect(picker.options.map(({ value }) => value)).toEqual(options)
    expect(picker.options.filter(({ picked }) => picked).map(({ value }) => value)).toEqual(['o1'])
    for (const label of ['o0', 'more', 'done']) expect(picker.replaces).toContain(talk.dataOf(label))
    expect(picker.replaces).not.toContain(talk.dataOf('skip'))
  })

  it('is not offered beside a person to ask, nor where nothing can be picked', () => {
    const talk = ask('{ date: {} }')
    for (let i = 0; i < 3; i++) talk.me('sometime')
    expect(pickerOf(talk)).toBeUndefined()
    expect(pickerOf(ask('{ choose: { options: [a, b] } }'))).toBeUndefined()
    const text = ask('{ text: {} }')
    expect(text.pressData(`a:${text.position?.turn.toString(36)}:!picked`)).toEqual(['test:q'])
  })
})

describe('choose', () => {
  const texts = {
    'test:q.options.pay': 'Unpaid wages',
    'test:q.options.stay': 'Staying here',
    'test:q.synonyms.stay': 'registration | propiska',
  }

  it('takes the button, the label, the number or a synonym', () => {
    for (const said of ['staying here', '2', 'Propiska', 'staing here']) {
      const talk = ask('{ choose: { options: [pay, stay] } }', { texts })
      talk.me(said)
      expect(talk.answers, said).toEqual({ q: 'stay' })
    }
    const talk = ask('{ choose: { options: [pay, stay] } }', { texts })
    talk.press('Unpaid wages')
    expect(talk.answers).toEqual({ q: 'pay' })
  })

  it('asks which of the near ones was meant', () => {
    const near = {
      'test:q.options.a': 'Work permit',
      'test:q.options.b': 'Work contract',
      'test:q.options.c': 'School',
    }
    const talk = ask('{ choose: { options: [a, b, c] } }', { texts: near })
    expect(talk.me('work')).toEqual(['questions:choose.unsure [Work permit | Work contract]'])
    talk.press('Work contract')
    expect(talk.answers).toEqual({ q: 'b' })
  })

  it('shows a long list in pages', () => {
    const ids = Array.from({ length: 10 }, (_, index) => `o${index}`)
    const talk = ask(`{ choose: { options: [${ids}] } }`)
    expect(talk.press('more')).toEqual(['test:q [o8 | o9 | more]'])
    expect(talk.press('more')).toEqual(['test:q [o0 | o1 | o2 | o3 | o4 | o5 | o6 | o7 | more]'])
    // Typed, all of them can be chosen at any time
    talk.me('o9')
    expect(talk.answers).toEqual({ q: 'o9' })
  })

  it('takes a button or own words', () => {
    const words = ask('{ choose: { options: [pay, stay], orText: { max: 40 } } }', { texts })
    words.me('my boss has not paid for months')
    expect(words.answers).toEqual({ q: { text: 'my boss has not paid for months' } })
    const button = ask('{ choose: { options: [pay, stay], orText: { max: 40 } } }', { texts })
    expect(button.me('x'.repeat(41))).toEqual([
      'questions:choose.long {"max":40,"over":1} [Unpaid wages | Staying here | human:button]',
    ])
    button.press('Staying here')
    expect(button.answers).toEqual({ q: { choice: 'stay' } })
  })

  it('gathers several, by ticks or by typing', () => {
    const ticked = ask('{ choose: { options: [a, b, c], many: true } }', { texts: { 'common:picked': '✓ {{label}}' } })
    expect(ticked.press('c')).toEqual(['test:q [a | b | ✓ c | done]'])
    const again = ticked.dataOf('a')
    expect(ticked.pressData(again)).toEqual(['test:q [✓ a | b | ✓ c | done]'])
    // Pressed twice by a nervous finger
    expect(ticked.pressData(again)).toEqual([])
    expect(ticked.press('✓ c')).toEqual(['test:q [✓ a | b | c | done]'])
    ticked.press('b')
    ticked.press('done')
    expect(ticked.answers).toEqual({ q: ['a', 'b'] })

    const typed = ask('{ choose: { options: [a, b, c], many: true } }')
    typed.me('1, 3')
    expect(typed.answers).toEqual({ q: ['a', 'c'] })
  })

  it('chooses among earlier answers, and among what an action gives', () => {
    const actions: Actions = {
      'places.list': {
        name: 'places.list',
        input: z.object({}),
        output: z.array(z.object({ id: z.string(), label: z.string() })),
        run: () => [
          { id: 'm', label: 'Moscow' },
          { id: 'a', label: 'Almaty' },
          { id: 'a place with a very long id that no button could carry', label: 'Far' },
        ],
      },
    }
    const flow = flowOf(
      'places: { choose: { from: places.list, many: true } }\nfirst: { choose: { from: answers.places } }\nend1: { text: {} }',
    )
    const talk = talkWith(libraryOf([flow], actions), { actions })
    expect(talk.start('test')).toEqual(['test:places [Moscow | Almaty | Far]'])
    talk.press('Far')
    talk.press('Almaty')
    expect(talk.press('done')).toEqual(['test:first [Almaty | Far]'])
    talk.press('Far')
    expect(talk.answers.first).toBe('a place with a very long id that no button could carry')
  })
})

describe('confirm', () => {
  it('hears yes and no as they are said', () => {
    const talk = ask('{ confirm: {} }', { language: 'ru' })
    expect(talk.me('не знаю')).toEqual(['questions:confirm.unreadable [yes | no]'])
    talk.me('ага')
    expect(talk.answers).toEqual({ q: true })
  })
})

describe('phone, location, file and voice', () => {
  it('takes a shared number, or a typed one of the person’s country', () => {
    const shared = ask('{ phone: {} }')
    shared.give({ kind: 'phone', phone: '79161234567' })
    expect(shared.answers).toEqual({ q: '+79161234567' })
    const typed = ask('{ phone: {} }', { person: { country: 'CZ' } })
    expect(typed.me('12')).toEqual(['questions:phone.unreadable (phone)'])
    typed.me('601 123 456')
    expect(typed.answers).toEqual({ q: '+420601123456' })
  })

  it('S10 keeps a place only roughly', () => {
    const talk = ask('{ location: {} }')
    expect(talk.me('at home')).toEqual(['questions:location.unreadable (location)'])
    expect(talk.give({ kind: 'location', latitude: 955, longitude: 1 })).toEqual([
      'questions:location.unreadable (location)',
    ])
    talk.give({ kind: 'location', latitude: 55.7558, longitude: 37.6173 })
    expect(talk.answers).toEqual({ q: { latitude: 55.76, longitude: 37.62 } })
  })

  it('takes files of the kinds it wants', () => {
    const talk = ask('{ file: { max: 1 } }')
    expect(talk.give({ kind: 'files', files: [voice] })).toEqual(['questions:file.kind'])
    expect(talk.give({ kind: 'files', files: [photo, photo] })).toEqual(['questions:file.many {"max":1}'])
    talk.give({ kind: 'files', files: [photo] })
    expect(talk.answers).toEqual({ q: [photo] })
    const spoken = ask('{ voice: {} }')
    expect(spoken.me('hello')).toEqual(['questions:voice.unreadable'])
    spoken.give({ kind: 'files', files: [voice] })
    expect(spoken.answers).toEqual({ q: voice })
  })
})

describe('every question', () => {
  it('has its own words for a wrong answer where the flow wrote them', () => {
    const talk = ask('{ number: { max: 9 } }', { texts: { 'test:q.retry': 'Up to {{max}}, please' } })
    expect(talk.me('many')).toEqual(['Up to 9, please'])
  })

  it('offers a human after three wrong answers in a row', () => {
    const talk = ask('{ number: { max: 9 } }')
    talk.me('many')
    talk.me('lots')
    expect(talk.me('heaps')).toEqual(['common:needHuman [human:button | tryAgain]'])
    expect(talk.press('tryAgain')).toEqual(['test:q'])
    expect(talk.me('very many')).toEqual(['questions:number.unreadable {"min":0,"max":9}'])
  })

  it('S10 may be skipped when it is optional', () => {
    const talk = ask('{ text: {}, optional: true }')
    expect(talk.press('skip')).toEqual(['test:last'])
    expect(talk.answers).toEqual({})
  })

  it('reminds, and goes on by itself, as its clocks say', () => {
    const talk = talkWith(
      libraryOf([
        flowOf('q: { text: {}, after: { 24h: { say: true }, 3d: { go: bye } } }\nlast: { text: {} }\nbye: { say: {} }'),
      ]),
    )
    expect(talk.start('test')).toEqual(['test:q', '⏲ test/q/24h 1440m', '⏲ test/q/3d 4320m'])
    const turn = talk.position?.frames[0]?.open?.turn ?? 0
    expect(talk.send({ kind: 'timer', key: 'test/q/24h', turn: turn - 1 })).toEqual([])
    expect(talk.send({ kind: 'timer', key: 'test/q/24h', turn })).toEqual(['test:q.after.24h', 'test:q'])
    expect(talk.send({ kind: 'timer', key: 'test/q/3d', turn })).toEqual([
      '⏲ off test/q/24h',
      '⏲ off test/q/3d',
      'test:bye',
      '■ test done {}',
    ])
    expect(talk.send({ kind: 'timer', key: 'test/q/3d', turn })).toEqual([])
  })
})
