/** Changing an answer later: in the review, or by editing the message that gave it. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Actions, libraryOf, talkWith } from './talk.js'

const report = `
flow: report
for: worker
start: { command: report }
lists: { topics: [pay, stay, health] }
steps:
  hello: { say: {} }
  people: { number: { max: 99 } }
  topics: { choose: { from: topics, many: true } }
  busiest: { choose: { from: answers.topics }, when: size(answers.topics) > 1 }
  where: { run: place }
  story: { text: {}, optional: true }
  check: { review: all }
  send: { do: report.send, with: { people: answers.people, all: answers } }
  thanks: { say: {} }
`
const place = `
flow: place
for: worker
steps:
  city: { text: {} }
  street: { text: {} }
`
const actions: Actions = {
  'report.send': {
    name: 'report.send',
    input: z.object({ people: z.number(), all: z.record(z.string(), z.unknown()) }),
    output: z.object({ ok: z.boolean() }),
    run: () => ({ ok: true }),
  },
}
const texts = {
  'report:people.short': 'People',
  'report:topics.short': 'Topics',
  'report:busiest.short': 'Busiest',
  'report:story.short': 'Story',
  'place:city.short': 'City',
  'place:street.short': 'Street',
  'report:lists.topics.options.pay': 'Wages',
  'report:check': 'Check:\n{{list}}',
  'common:change': '{{name}}…',
  'common:skipped': '–',
}
const BUTTONS = '[reviewFine | People… | Topics… | Busiest… | City… | Street… | Story…]'
const reviewOf = (people: string, topics: string, busiest: string, city = 'Brno', street = 'Hlavní') =>
  `Check:\n• People: ${people}\n• Topics: ${topics}\n• Busiest: ${busiest}\n• City: ${city}\n• Street: ${street}\n• Story: – ${BUTTONS}`

function filled() {
  const talk = talkWith(libraryOf([report, place], actions), { actions, texts, person: { role: 'worker' } })
  talk.start('report')
  talk.me('5') // m1
  talk.me('1, 2') // m2
  talk.me('1') // m3
  talk.me('Brno') // m4
  talk.me('Hlavní') // m5
  return talk
}

function reviewed() {
  const talk = filled()
  expect(talk.press('skip')).toEqual([reviewOf('5', 'Wages, stay', 'Wages')])
  return talk
}

describe('the review', () => {
  it('sends when all is well, by the button or by a yes', () => {
    expect(reviewed().press('reviewFine')[0]).toBe('report:thanks')
    const talk = reviewed()
    expect(talk.me('yes')[0]).toBe('report:thanks')
    expect(talk.calls[0]).toContain('"people":5,"all":{"people":5,"topics":["pay","stay"],"busiest":"pay","where":{')
  })

  it('changes an answer that nothing depends on, and comes straight back', () => {
    const talk = reviewed()
    expect(talk.press('People…')).toEqual(['report:people'])
    expect(talk.me('6')).toEqual([reviewOf('6', 'Wages, stay', 'Wages')])
  })

  it('asks again what depends on the changed answer, and only that', () => {
    const talk = reviewed()
    talk.me('Topics')
    expect(talk.me('2, 3')).toEqual(['report:busiest [stay | health]'])
    expect(talk.press('health')).toEqual([reviewOf('5', 'stay, health', 'health')])
    talk.press('Topics…')
    // With one topic there is nothing to compare: the answer that no longer applies goes
    expect(talk.me('3')[0]).toBe(
      'Check:\n• People: 5\n• Topics: health\n• City: Brno\n• Street: Hlavní\n• Story: – [reviewFine | People… | Topics… | City… | Street… | Story…]',
    )
    expect(talk.answers.busiest).toBe(undefined)
  })

  it('asks nothing again when the answer stays the same', () => {
    const talk = reviewed()
    talk.press('Topics…')
    expect(talk.me('1, 2')).toEqual([reviewOf('5', 'Wages, stay', 'Wages')])
  })

  it('changes an answer inside a sub-flow', () => {
    const talk = reviewed()
    expect(talk.press('City…')).toEqual(['place:city'])
    expect(talk.me('Praha')).toEqual([reviewOf('5', 'Wages, stay', 'Wages', 'Praha')])
    expect(talk.answers.where).toEqual({ city: 'Praha', street: 'Hlavní' })
  })

  it('lets the person think better of it', () => {
    for (const item of ['Topics…', 'City…', 'People…']) {
      const talk = reviewed()
      talk.press(item)
      expect(talk.me('/back'), item).toEqual([reviewOf('5', 'Wages, stay', 'Wages')])
    }
  })

  it('survives an interrupt in the middle of a change', () => {
    const menu = 'flow: menu\nfor: worker\ninterrupt: true\nstart: { command: menu }\nsteps:\n  hi: { say: {} }\n'
    const talk = talkWith(libraryOf([report, place, menu], actions), { actions, texts, person: { role: 'worker' } })
    talk.start('report')
    for (const said of ['5', '1, 2', '1', 'Brno', 'Hlavní']) talk.me(said)
    talk.press('skip')
    talk.press('People…')
    expect(talk.me('/menu')).toEqual(['menu:hi', '■ menu done {}', 'report:people'])
    expect(talk.me('7')).toEqual([reviewOf('7', 'Wages, stay', 'Wages')])
  })
})

describe('editing the message', () => {
  it('corrects that answer', () => {
    const talk = filled()
    expect(talk.edit(1, '8')).toEqual(['common:corrected', 'report:story [skip]'])
    expect(talk.answers.people).toBe(8)
  })

  it('asks again what depends on it, then goes on where it was', () => {
    const talk = filled()
    expect(talk.edit(2, '2, 3')).toEqual(['common:corrected', 'report:busiest [stay | health]'])
    expect(talk.me('2')).toEqual(['report:story [skip]'])
    expect(talk.answers).toMatchObject({
      people: 5,
      topics: ['stay', 'health'],
      busiest: 'health',
      where: { city: 'Brno' },
    })
  })

  it('reaches into a finished sub-flow, and out of one that is open', () => {
    const talk = filled()
    expect(talk.edit(4, 'Praha')).toEqual(['common:corrected', 'report:story [skip]'])
    expect(talk.answers.where).toEqual({ city: 'Praha', street: 'Hlavní' })

    const inside = talkWith(libraryOf([report, place], actions), { actions, texts, person: { role: 'worker' } })
    inside.start('report')
    for (const said of ['5', '1, 2', '1', 'Brno']) inside.me(said)
    expect(inside.edit(2, '2, 3')).toEqual(['common:corrected', 'report:busiest [stay | health]'])
    // The city was kept; the sub-flow goes on at its own open question
    expect(inside.me('2')).toEqual(['place:street'])
    inside.me('Hlavní')
    expect(inside.answers.where).toEqual({ city: 'Brno', street: 'Hlavní' })
  })

  it('answers the open question when it was its last wrong answer', () => {
    const talk = talkWith(libraryOf([report, place], actions), { actions, texts, person: { role: 'worker' } })
    talk.start('report')
    talk.me('many')
    expect(talk.edit(1, '12')).toEqual(['report:topics [Wages | stay | health]'])
    expect(talk.edit(1, '13')).toEqual(['common:corrected', 'report:topics [Wages | stay | health]'])
    expect(talk.answers.people).toBe(13)
  })

  it('says what is wrong with a wrong correction, and leaves the answer', () => {
    const talk = filled()
    expect(talk.edit(1, 'lots')).toEqual(['questions:number.unreadable {"min":0,"max":99}', 'report:story [skip]'])
    expect(talk.answers.people).toBe(5)
  })

  it('of a message that answered nothing does nothing', () => {
    const talk = filled()
    expect(talk.edit(77, 'x')).toEqual([])
  })

  it('remembers only the newest messages', () => {
    const steps = Array.from({ length: 30 }, (_, index) => `  q${index}: { text: {} }`).join('\n')
    const talk = talkWith(libraryOf([`flow: long\nfor: client\nsteps:\n${steps}\n`]))
    talk.start('long')
    for (let index = 0; index < 25; index++) talk.me('x')
    expect(talk.position?.frames[0]?.sent).toHaveLength(10)
    expect(talk.edit(3, 'y')).toEqual([])
    talk.edit(25, 'y')
    expect(talk.answers.q24).toBe('y')
  })
})
