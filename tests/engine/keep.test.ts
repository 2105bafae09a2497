/** A question that comes before its time is not lost. */
import { describe, expect, it } from 'vitest'
import type { Values } from '../../bot/engine/types.js'
import { libraryOf, talkWith } from './talk.js'

const main = `
flow: main
for: client
start: { default: true, command: start }
opening: ask
steps:
  tongue: { choose: { options: [english, russian] }, keeps: 'person.consent != "refused"' }
  place: { choose: { options: [here, there] } }
  ask: { text: { max: 3000 } }
  more: { text: {} }
`
const human = 'flow: human\nfor: client\ninterrupt: true\nsteps:\n  coming: { say: {} }\n'

const begin = (person: Values = { consent: '' }) => {
  const talk = talkWith(libraryOf([main, human]), { person, texts: { 'main:tongue.kept': 'kept, but first' } })
  talk.start('main')
  return talk
}
const KEPT = ['kept, but first [english | russian]']
const LOST = ['questions:choose.unreadable [english | russian]']

const asked = (talk: ReturnType<typeof begin>) => {
  talk.press('english')
  talk.press('here')
  return talk.answers.ask
}

describe('a cry for help', () => {
  const help = 'flow: help\nfor: client\ninterrupt: true\nstart: { command: help }\nsteps:\n  how: { say: {} }\n'
  const start = (text: string) => {
    const talk = talkWith(libraryOf([main, human, help]), { person: { consent: '' } })
    talk.me(text)
    return talk
  }

  it('is kept before its time, and gives way to what happened', () => {
    expect(asked(start('help!'))).toBe('help!')
    const talk = start('help!')
    talk.me('my boss does not pay')
    talk.me('help')
    expect(asked(talk)).toBe('my boss does not pay')
  })

  it('leads to help later on, and back to the question', () => {
    const talk = start('hello')
    talk.press('english')
    expect(talk.me('помогите')).toEqual(['help:how', '■ help done {}', 'main:place [here | there]'])
  })

  it('is an answer like any other where there is no such flow', () => {
    const talk = begin()
    talk.press('english')
    talk.press('here')
    expect(talk.me('help')).toEqual(['main:more'])
  })
})

describe('words before their question', () => {
  it('are kept and answer it when its time comes', () => {
    const talk = begin()
    expect(talk.me('my boss does not pay')).toEqual(KEPT)
    expect(talk.press('english')).toEqual(['main:place [here | there]'])
    expect(talk.press('here')).toEqual(['main:more'])
    expect(talk.answers.ask).toBe('my boss does not pay')
  })

  it('come line by line, and make one question; said twice they stand once', () => {
    const talk = begin()
    for (const line of ['my boss does not pay', 'since three months now', 'my boss does not pay']) talk.me(line)
    talk.press('tryAgain')
    expect(asked(talk)).toBe('my boss does not pay\nsince three months now')
  })

  it('go on from the words that began the talk', () => {
    const talk = talkWith(libraryOf([main, human]), { person: { consent: '' } })
    talk.me('hello')
    talk.me('can I see a doctor?')
    expect(asked(talk)).toBe('hello\ncan I see a doctor?')
  })

  it('do not grow for ever: then the newest stand', () => {
    const talk = begin()
    const page = 'one two three '.repeat(100).trim()
    talk.me(page)
    talk.me(`${page} four`)
    expect(asked(talk)).toBe(`${page} four`)
  })

  it.each(['in Polish', '?', '???', '1 2 3', '👍👍 👍'])('are no attempt at an answer: %s', (text) => {
    const talk = begin()
    expect(talk.me(text)).toEqual(LOST)
    talk.press('english')
    expect(talk.press('here')).toEqual(['main:ask'])
  })

  it('may be few when they ask', () => {
    const talk = begin()
    expect(talk.me('зарплата?')).toEqual(KEPT)
    expect(asked(talk)).toBe('зарплата?')
  })

  it('may name an option by the way, in a sentence', () => {
    const talk = begin()
    expect(talk.me('I know some english')).toEqual(['questions:choose.unsure [english]'])
    expect(talk.me('who can teach me better english in Prague')).toEqual(KEPT)
    expect(asked(talk)).toBe('who can teach me better english in Prague')
  })

  it('are mended by editing their message', () => {
    const talk = begin()
    talk.me('my bos not pays')
    talk.me('in Polish')
    expect(talk.edit(1, 'my boss does not pay me')).toEqual([])
    expect(asked(talk)).toBe('my boss does not pay me')
  })

  it('are mended, not said twice, while their message is the newest', () => {
    const talk = begin()
    talk.me('my bos not pays')
    expect(talk.edit(1, 'my boss does not pay me')).toEqual(KEPT)
    expect(asked(talk)).toBe('my boss does not pay me')
  })

  it('are not kept where the flow does not say so, or not of this person', () => {
    expect(begin({ consent: 'refused' }).me('my boss does not pay')).toEqual(LOST)
    const talk = begin()
    talk.press('english')
    expect(talk.me('my boss does not pay')).toEqual(['questions:choose.unreadable [here | there]'])
  })

  it('are not kept once the question was answered', () => {
    const talk = talkWith(libraryOf([main.replace('more: { text: {} }', 'more: { text: {}, next: tongue }')]))
    talk.me('first question of mine')
    talk.press('english')
    talk.press('here')
    talk.me('and round again')
    expect(talk.me('my boss does not pay')).toEqual(LOST)
    expect(talk.answers.ask).toBe('first question of mine')
  })

  it('bring a human, too, when three of them were no answer', () => {
    const talk = begin()
    talk.me('my boss does not pay')
    talk.me('since three months now')
    expect(talk.me('what can I do?')).toEqual(['common:needHuman [human:button | tryAgain]'])
    talk.press('tryAgain')
    expect(asked(talk)).toBe('my boss does not pay\nsince three months now\nwhat can I do?')
  })

  it('need an opening question in the flow', () => {
    expect(() => libraryOf([main.replace('opening: ask\n', '')])).toThrow(/keeps: wants a question/)
  })
})
