/** Ways out of a question and back to it: menu, back, cancel, help, old buttons, sub-flows, and what is never a dead end. */
// Long: small flows and the talks through them, side by side.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Position } from '../../bot/engine/position.js'
import { type Actions, libraryOf, Refused, talkWith } from './talk.js'

const main = `
flow: main
for: client
start: { default: true, command: start }
navigation: [back, menu]
steps:
  hello: { say: {} }
  name: { text: { max: 50 } }
  home: { run: address }
  age: { number: { max: 120 } }
  thanks: { say: {} }
`
const address = `
flow: address
for: client
steps:
  intro: { say: {} }
  city: { text: {} }
  street: { text: {} }
`
const menu = `
flow: menu
for: client
interrupt: true
start: { command: menu, words: true }
steps:
  pick: { choose: { options: [about, leave] }, next: [{ when: answers.pick == "about", go: about }, { go: end }] }
  about: { say: {} }
`
const human = 'flow: human\nfor: client\ninterrupt: true\nstart: { command: human }\nsteps:\n  coming: { say: {} }\n'
const staff = 'flow: desk\nfor: staff\nstart: { command: desk }\nsteps:\n  queue: { text: {} }\n'

const texts = {
  'menu:words': 'Menu | main menu',
  'common:words.back': 'back',
  'common:words.cancel': 'cancel|stop it',
  'common:words.help': 'help',
  'main:age.help': 'In years',
}
const begin = () => talkWith(libraryOf([main, address, menu, human, staff]), { texts })

const ASK_NAME = 'main:name [menu:button]'
const ASK_AGE = 'main:age [back | menu:button]'

describe('the menu', () => {
  it('interrupts by word, command or button, and comes back to the question', () => {
    const talk = begin()
    expect(talk.me('hi')).toEqual(['main:hello', ASK_NAME])
    expect(talk.me('MENU ')).toEqual(['menu:pick [about | leave]'])
    expect(talk.press('about')).toEqual(['menu:about', '■ menu done {"pick":"about"}', ASK_NAME])
    expect(talk.me('/menu')).toEqual(['menu:pick [about | leave]'])
    expect(talk.press('leave')).toEqual(['■ menu done {"pick":"leave"}', ASK_NAME])
    expect(talk.pressData('go:menu')).toEqual(['menu:pick [about | leave]'])
  })

  it('is entered only by the whole message', () => {
    const talk = begin()
    talk.me('hi')
    expect(talk.me('the menu please')).toEqual(['address:intro', 'address:city'])
    expect(talk.answers).toEqual({})
  })

  it('begun with nothing open leads into the conversation, not into silence', () => {
    const talk = begin()
    talk.me('/menu')
    expect(talk.press('leave')).toEqual(['■ menu done {"pick":"leave"}', 'main:hello', ASK_NAME])
  })

  it('does not pile up', () => {
    const talk = begin()
    talk.me('hi')
    for (let round = 0; round < 20; round++) talk.me('menu')
    expect(talk.position?.frames.map(({ flow }) => flow)).toEqual(['main', 'menu'])
  })

  it('is left by pressing a button of the question underneath', () => {
    const flow =
      'flow: main\nfor: client\nstart: { default: true }\nsteps:\n  q: { choose: { options: [a, b] } }\n  last: { text: {} }\n'
    const talk = talkWith(libraryOf([flow, menu]), { texts })
    talk.me('hi')
    const a = talk.dataOf('a')
    talk.me('menu')
    expect(talk.pressData(a)).toEqual(['main:last'])
  })
})

describe('back', () => {
  it('goes to the question before, also into a finished sub-flow and out of an open one', () => {
    const talk = begin()
    talk.me('hi')
    talk.me('Zarina')
    talk.me('Dushanbe')
    expect(talk.me('Rudaki 1')).toEqual([ASK_AGE])
    expect(talk.press('back')).toEqual(['address:street'])
    expect(talk.me('back')).toEqual(['address:city'])
    expect(talk.me('back')).toEqual([ASK_NAME])
    expect(talk.answers).toEqual({})
    expect(talk.me('back')).toEqual(['common:noBack', ASK_NAME])
    talk.me('Zarina')
    talk.me('Khujand')
    talk.me('Lenin 2')
    expect(talk.me('33')).toEqual([
      'main:thanks',
      '■ main done {"name":"Zarina","home":{"city":"Khujand","street":"Lenin 2"},"age":33}',
    ])
  })

  it('leaves an interrupt at its first question', () => {
    const talk = begin()
    talk.me('hi')
    talk.me('menu')
    expect(talk.me('back')).toEqual([ASK_NAME])
  })
})

describe('cancel and help', () => {
  it('cancels an interrupt only, and at the bottom everything', () => {
    const talk = begin()
    talk.me('hi')
    talk.me('menu')
    expect(talk.me('cancel')).toEqual(['■ menu cancelled {}', ASK_NAME])
    talk.me('Zarina')
    expect(talk.me('stop it')).toEqual(['■ main cancelled {"name":"Zarina"}', 'common:cancelled [menu:button]'])
    expect(talk.position?.frames).toEqual([])
    expect(talk.me('hi')).toEqual(['main:hello', ASK_NAME])
  })

  it('explains the question where the flow has an explanation, and shows the menu elsewhere', () => {
    const talk = begin()
    talk.me('hi')
    expect(talk.me('help')).toEqual(['menu:pick [about | leave]'])
    talk.press('leave')
    for (const answer of ['Zarina', 'Dushanbe', 'Rudaki 1']) talk.me(answer)
    expect(talk.me('help')).toEqual(['In years', ASK_AGE])
  })
})

describe('buttons', () => {
  const flow = `
flow: main
for: client
start: { default: true }
steps:
  one: { choose: { options: [a, b] } }
  two: { choose: { options: [c, d] } }
  three: { choose: { options: [e, f] } }
`
  it('ignores a second press, and answers an old one', () => {
    const talk = talkWith(libraryOf([flow]))
    talk.me('hi')
    const a = talk.dataOf('a')
    expect(talk.pressData(a)).toEqual(['main:two [c | d]'])
    expect(talk.pressData(a)).toEqual([])
    talk.press('c')
    expect(talk.pressData(a)).toEqual(['common:stale', 'main:three [e | f]'])
  })

  it('ignores a second press of the last button, but answers it when the conversation is long over', () => {
    const talk = talkWith(libraryOf([flow]))
    talk.me('hi')
    const a = talk.dataOf('a')
    talk.press('a')
    talk.press('c')
    const e = talk.dataOf('e')
    expect(talk.pressData(e)).toEqual(['■ main done {"one":"a","two":"c","three":"e"}'])
    expect(talk.pressData(e)).toEqual([])
    expect(talk.pressData(a)).toEqual(['common:stale', 'main:one [a | b]'])
  })

  it('does not take an old conversation’s buttons for the new one’s', () => {
    const talk = talkWith(libraryOf([flow]))
    talk.me('hi')
    const b = talk.dataOf('b')
    talk.press('a')
    talk.send({ kind: 'start', flow: 'main' })
    expect(talk.pressData(b)[0]).toBe('common:stale')
    expect(talk.me('a')).toEqual(['main:two [c | d]'])
  })

  it('does nothing harmful with data that is not ours', () => {
    for (const data of [
      '',
      'a:',
      'a:zz:!fine',
      'go:desk',
      'go:address',
      'go:__proto__',
      'to:main:three',
      'a:1:~99',
      'x'.repeat(5000),
    ]) {
      const talk = begin()
      talk.me('hi')
      expect(talk.pressData(data), data).toEqual(['common:stale', ASK_NAME])
    }
  })

  it('carries at most 64 bytes', () => {
    const talk = begin()
    talk.me('hi')
    for (const effect of talk.effects)
      if (effect.kind === 'say')
        for (const { data } of effect.say.buttons ?? []) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
  })

  it('of a message jumps where it says, and nowhere else', () => {
    const jumping = `
flow: main
for: client
start: { default: true }
steps:
  hi: { say: { buttons: { again: { step: name }, person: { flow: human } } } }
  name: { text: {} }
  age: { text: {} }
`
    const talk = talkWith(libraryOf([jumping, human]))
    expect(talk.me('x')).toEqual(['main:hi [main:hi.buttons.again | main:hi.buttons.person]', 'main:name'])
    const again = talk.dataOf('main:hi.buttons.again')
    const person = talk.dataOf('main:hi.buttons.person')
    talk.me('Zarina')
    expect(talk.pressData(person)).toEqual(['human:coming', '■ human done {}', 'main:age'])
    expect(talk.pressData(again)).toEqual(['main:name'])
    expect(talk.pressData('to:main:age')).toEqual(['common:stale', 'main:name'])
  })
})

describe('a conversation that cannot go on', () => {
  const lost = ['common:lost [menu:button]', 'menu:pick [about | leave]']

  it('apologises, keeps the answers and shows the menu', () => {
    const talk = begin()
    talk.me('hi')
    talk.me('Zarina')
    const [frame] = talk.position?.frames ?? []
    talk.position = { ...(talk.position as Position), frames: [{ ...frame, at: 'gone' } as never] }
    expect(talk.me('x')).toEqual(['✎ main {"name":"Zarina"}', '■ main lost {"name":"Zarina"}', ...lost])
  })

  it('does so for a version that nobody has any more, and for nonsense', () => {
    const talk = begin()
    talk.me('hi')
    const [frame] = talk.position?.frames ?? []
    talk.position = { ...(talk.position as Position), frames: [{ ...frame, version: '000000000000' } as never] }
    expect(talk.me('x')).toEqual(['■ main lost {}', ...lost])
    talk.position = { nonsense: true } as never
    expect(talk.me('x')).toEqual(lost)
    expect(talk.start('nowhere')).toContain('common:lost [menu:button]')
  })

  it('is not woken by a clock', () => {
    const talk = begin()
    talk.me('hi')
    const [frame] = talk.position?.frames ?? []
    talk.position = { ...(talk.position as Position), frames: [{ ...frame, version: '000000000000' } as never] }
    expect(talk.send({ kind: 'timer', key: 'main/name/24h', turn: frame?.open?.turn ?? 0 })).toEqual([])
  })

  it('stops a circle after 50 steps', () => {
    const circle =
      'flow: main\nfor: client\nstart: { default: true }\nsteps:\n  a: { say: {} }\n  b: { say: {}, next: a }\n'
    const talk = talkWith(libraryOf([circle]))
    expect(talk.me('x')).toEqual(['■ main lost {}', 'common:lost'])
    const acting = 'flow: main\nfor: client\nstart: { default: true }\nsteps:\n  a: { do: world.turn, next: a }\n'
    const actions: Actions = { 'world.turn': { name: 'world.turn', input: z.object({}), output: z.null() } }
    const other = talkWith(libraryOf([acting], actions), { actions })
    expect(other.me('x')).toEqual(['✎ main {"a":null}', '■ main lost {"a":null}', 'common:lost'])
    expect(other.calls.length).toBeLessThanOrEqual(50)
  })
})

describe('an action that refuses', () => {
  const actions: Actions = {
    'world.turn': {
      name: 'world.turn',
      input: z.object({ by: z.number() }),
      output: z.object({ at: z.number() }),
      run: ({ by }) => {
        if (by === 7) throw new Refused('stuck')
        if (by === 8) throw new Refused('broken')
        return { at: Number(by) }
      },
    },
  }
  const flow = `
flow: main
for: client
start: { default: true }
steps:
  by: { number: { max: 10 } }
  turn: { do: world.turn, with: { by: answers.by }, else: { stuck: sorry } }
  ok: { text: {}, values: { at: answers.turn.at + 1 } }
  sorry: { text: {} }
`
  const begin = () => {
    const talk = talkWith(libraryOf([flow, human], actions), { actions })
    talk.me('hi')
    return talk
  }

  it('gives its result to what follows', () => {
    expect(begin().me('3')).toEqual(['main:ok {"at":4}'])
  })

  it('is caught by the step', () => {
    expect(begin().me('7')).toEqual(['main:sorry'])
  })

  it('that nobody caught says so, offers a human, and asks again', () => {
    expect(begin().me('8')).toEqual(['common:failed [human:button]', 'main:by'])
  })
})

describe('a human', () => {
  it('who took over is not talked over, whatever else the flow still does', () => {
    const actions: Actions = {
      'desk.open': { name: 'desk.open', input: z.object({}), output: z.null(), human: true },
      'desk.count': { name: 'desk.count', input: z.object({}), output: z.null() },
    }
    const flow = `
flow: main
for: client
start: { default: true }
steps:
  open: { do: desk.open }
  count: { do: desk.count }
  told: { say: {} }
  more: { text: {} }
`
    const talk = talkWith(libraryOf([flow], actions), { actions })
    expect(talk.me('help')).toEqual(['main:told'])
    expect(talk.resume()).toEqual(['main:more'])
  })
})

describe('drafts', () => {
  const report = `
flow: report
for: client
start: { command: report }
draft: 45d
steps:
  people: { number: { max: 9 } }
  note: { do: world.note }
  story: { text: {} }
`
  const actions: Actions = { 'world.note': { name: 'world.note', input: z.object({}), output: z.null() } }

  it('keeps the answers of a report that was left, and goes on from there', () => {
    const talk = talkWith(libraryOf([report, main, address, menu], actions), { actions })
    talk.start('report')
    talk.me('5')
    expect(talk.start('main')[0]).toBe('✎ report {"people":5,"note":null}')
    talk.draft = { people: 5, note: null, gone: 'x' }
    expect(talk.start('report')).toEqual(['common:draft', 'report:story'])
    // What an action did is done anew: it may have to be
    expect(talk.calls).toEqual(['world.note {}', 'world.note {}'])
  })

  it('keeps them when the same report is begun again', () => {
    const talk = talkWith(libraryOf([report], actions), { actions })
    talk.start('report')
    talk.me('5')
    expect(talk.me('/report').slice(1)).toEqual(['common:draft', 'report:story'])
  })
})
