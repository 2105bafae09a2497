/** What can be proved of flows before anybody talks with them. */
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { check } from '../../bot/engine/check.js'
import { draw } from '../../bot/engine/draw.js'
import { ENGINE_TEXTS, textsOf } from '../../bot/engine/texts.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { type Actions, libraryOf } from './talk.js'

const actions: Actions = {
  'desk.open': { name: 'desk.open', input: z.object({}), output: z.null(), human: true },
  'world.look': { name: 'world.look', input: z.object({}), output: z.null() },
  'world.list': { name: 'world.list', input: z.object({}), output: z.array(z.string()) },
}
const flowOf = (steps: string, name = 'test', head = '') =>
  `flow: ${name}\nfor: client\n${head}steps:\n${steps.replace(/^/gm, '  ')}\n`
const problems = (steps: string) =>
  check(libraryOf([flowOf(steps)], actions)).map(({ where, sentence }) => `${where}: ${sentence}`)

describe('the ways of a flow', () => {
  it('all lead on, and to an end or a human', () => {
    expect(
      problems('a: { text: {} }\nb: { do: world.look, else: { no: d } }\nc: { say: {}, next: end }\nd: { say: {} }'),
    ).toEqual([])
    expect(problems('a: { text: {}, next: c }\nb: { say: {} }\nc: { say: {} }')).toEqual([
      'flows/test.yaml: steps.b: No way leads here.',
    ])
    expect(problems('a: { text: {} }\nb: { text: {}, next: a }')).toEqual([
      'flows/test.yaml: steps.a: From here no way leads to an end or to a human.',
      'flows/test.yaml: steps.b: From here no way leads to an end or to a human.',
    ])
    expect(problems('a: { text: {} }\nb: { do: desk.open, next: a }')).toEqual([])
  })

  it('have no circle without a question', () => {
    const circle = 'flows/test.yaml: A circle without a question: '
    expect(
      problems('a: { say: {}, next: [{ when: person.hasCase, go: end }, { go: b }] }\nb: { do: world.look, next: a }'),
    ).toEqual([`${circle}a → b.`])
    // A question that may be passed by does not stop anybody
    const passed = (question: string) =>
      problems(`a: ${question}\nb: { say: {}, next: [{ when: person.hasCase, go: end }, { go: a }] }`)
    expect(passed('{ text: {}, when: person.hasCase }')).toEqual([`${circle}a → b.`])
    expect(passed('{ choose: { from: world.list } }')).toEqual([`${circle}a → b.`])
    expect(passed('{ choose: { from: world.list, orText: { max: 9 } } }')).toEqual([])
    expect(passed('{ text: {} }')).toEqual([])
  })

  it('count a sub-flow that always asks as a question', () => {
    const outer = flowOf('a: { run: inner }\nb: { say: {}, next: [{ when: person.hasCase, go: end }, { go: a }] }')
    expect(check(libraryOf([outer, flowOf('hi: { say: {} }\nq: { text: {} }', 'inner')]))).toEqual([])
    expect(check(libraryOf([outer, flowOf('hi: { say: {} }', 'inner')]))).toHaveLength(1)
  })
})

describe('texts', () => {
  const flow = flowOf(
    'hi: { say: { buttons: { person: { step: q } } } }\nq: { choose: { options: [a, b] }, after: { 1h: { say: true } } }',
    'test',
    'start: { words: true, command: test }\nnavigation: [menu]\n',
  )
  const menu = flowOf('hi: { say: {} }', 'menu', 'start: { words: true }\n')
  const library = libraryOf([flow, menu])
  const all = [...ENGINE_TEXTS, ...library.flows.flatMap((each) => textsOf(library, each))].map(({ key }) => key)
  const problemsWith = (texts: (language: string, key: string) => string | undefined) =>
    check(library, { words: texts, limits: { label: 20, message: 100 } }).map(
      ({ where, sentence }) => `${where}: ${sentence}`,
    )

  it('are known: what a flow says, its buttons, options, reminders and words', () => {
    const [first] = library.flows
    expect(first && textsOf(library, first).map(({ key }) => key)).toEqual([
      'test:hi',
      'test:hi.buttons.person',
      'test:q',
      'test:q.options.a',
      'test:q.options.b',
      'test:q.after.1h',
      'test:words',
    ])
    expect(all).toContain('menu:button')
    expect(new Set(all).size).toBe(all.length)
  })

  it('are all there, in every language of the audience, within the limits', () => {
    expect(problemsWith((_, key) => unique(key))).toEqual([])
    const missing = problemsWith((language, key) => (language === 'kk' && key === 'test:q' ? undefined : unique(key)))
    expect(missing).toEqual(['test: q: test:q is not written in: kk.'])
    const long = problemsWith((_, key) => (key === 'test:q.options.a' ? 'x'.repeat(21) : unique(key)))
    expect(long).toEqual([`test: q: test:q.options.a is longer than 20 characters in: ${LANGUAGES.join(', ')}.`])
  })

  it('do not give one word two meanings, or two options one label', () => {
    const clash = problemsWith((language, key) => {
      if (key === 'test:words') return 'Start | go'
      if (key === 'menu:words') return language === 'en' ? 'menu|GO' : 'menu'
      return unique(key)
    })
    expect(clash).toEqual(['client, en: "go" means test and menu.'])
    const same = problemsWith((language, key) =>
      language === 'ru' && key.startsWith('test:q.options') ? 'Да' : unique(key),
    )
    expect(same).toEqual(['test: q: Two options are called "да" in ru.'])
  })

  const unique = (key: string) => (all.includes(key) ? `text ${all.indexOf(key)}` : undefined)
})

describe('the picture', () => {
  it('shows every way', () => {
    const [flow] = libraryOf(
      [flowOf('a: { text: {} }\nb: { do: world.look, else: { no: end } }\nc: { say: {}, when: person.hasCase }')],
      actions,
    ).flows
    expect(flow && draw(flow).split('\n')).toEqual([
      'flowchart TD',
      '  begin((test)) --> s_a',
      '  s_a[/"a: text"/]',
      '  s_a --> s_b',
      '  s_b["world.look"]',
      '  s_b --> s_c',
      '  s_b -- "no" --> finish',
      '  s_c>"c"]',
      '  s_c --> finish',
      '  s_c -- "not (person.hasCase)" --> finish',
      '  finish((end))',
      '',
    ])
  })
})
