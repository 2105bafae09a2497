/** What is wrong with a flow is found when it is loaded, and said so that its writer can mend it. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { compile } from '../../bot/engine/compile.js'
import { editorSchema } from '../../bot/engine/editor-schema.js'
import type { ActionSpec } from '../../bot/engine/shapes.js'
import { FlowError } from '../../bot/errors.js'

const actions: ActionSpec[] = [
  {
    name: 'desk.open',
    input: z.object({ topic: z.string(), urgent: z.boolean().optional() }),
    output: z.object({ code: z.string() }),
  },
  { name: 'places.cities', input: z.object({}), output: z.array(z.string()) },
]

function complaint(steps: string, head = ''): string {
  const text = `flow: test\nfor: client\n${head}steps:\n${steps.replace(/^/gm, '  ')}\n`
  try {
    compile([{ file: 'flows/test.yaml', text }], { actions })
  } catch (error) {
    expect(error).toBeInstanceOf(FlowError)
    return (error as Error).message
  }
  return 'no complaint'
}

describe('a flow file', () => {
  it.each([
    ['a: { sya: {} }', 'flows/test.yaml: steps.a: "sya" is not known here. Look for a typing mistake.'],
    ['a: { say: {}, do: desk.open }', 'flows/test.yaml: steps.a: A step does one thing, this one say and do.'],
    ['a: {}', 'A step does one thing, this one none.'],
    ['A b: { say: {} }', 'A name is a word of the domain'],
    ['a: { say: {}, optional: true }', 'steps.a.optional: "optional" belongs to: text, number'],
    ['a: { number: {} }', 'flows/test.yaml: steps.a.number.max: '],
    ['a: { text: {}, after: { soon: { say: true } } }', 'A time is a number with m, h or d'],
    ['a: { say: {}, next: b }', 'steps.a.next: There is no step "b". Steps: a, end.'],
    ['a: { do: desk.close }', 'steps.a.do: There is no action "desk.close". Actions: desk.open, places.cities.'],
    ['a: { do: desk.open }', 'steps.a.with: desk.open also needs: topic.'],
    ['a: { do: desk.open, with: { topic: 1 } }', 'steps.a.with.topic: desk.open wants string for "topic", not number.'],
    [
      'n: { number: { max: 3 } }\na: { do: desk.open, with: { topic: answers.n } }',
      'wants string for "topic", not number',
    ],
    [
      'a: { do: desk.open, with: { topic: "\'x\'", topik: 1 } }',
      'desk.open takes no "topik". It takes: topic, urgent.',
    ],
    ['a: { run: nowhere }', 'steps.a.run: There is no flow "nowhere".'],
    ['a: { run: test }', 'A flow cannot run itself: test → test.'],
    ['a: { choose: {} }', 'A choice has either options: or from:.'],
    ['a: { choose: { from: cities } }', 'There is no list "cities". Write it under lists:'],
    ['a: { choose: { from: desk.open, with: { topic: "\'x\'" } } }', '"desk.open" gives { code }, not a list.'],
    ['n: { number: { max: 3 } }\na: { choose: { from: answers.n } }', '"answers.n" is a double, not a list.'],
    ['a: { text: {}, when: answers.b == "x" }', 'steps.a.when: "answers.b == "x"": No such key: b'],
    ['a: { text: {} }\nb: { text: {}, when: answers.a > 3 }', 'no such overload: string > int'],
    ['a: { text: {} }\nb: { text: {}, when: answers.a }', '"answers.a" is a string; a condition is true or false.'],
    ['a: { text: {}, when: person.shoe == "x" }', 'No such key: shoe'],
    ['a: { text: {}, when: "person.country ==" }', 'steps.a.when: "person.country =="'],
    [
      'a: { choose: { options: [x, y] } }\nb: { text: {}, when: answers.a == "z" }',
      '"z" is not an option of "a" (x, y)',
    ],
    [
      'a: { choose: { options: [x, y], many: true } }\nb: { text: {}, when: \'"z" in answers.a\' }',
      '"z" is not an option of "a"',
    ],
    ['a: { text: {} }\nb: { text: {}, when: has(answers.a) }', 'write "step" in given'],
    ['end: { text: {} }', '"end" is a target'],
    ['constructor: { text: {} }', 'belongs to JavaScript'],
  ])('%s', (steps, sentence) => {
    expect(complaint(steps)).toContain(sentence)
  })

  it('is YAML, has a flow, and has its name once', () => {
    const load =
      (...texts: string[]) =>
      () =>
        compile(texts.map((text, index) => ({ file: `${index}.yaml`, text })))
    expect(load('a: [')).toThrow('0.yaml: This is not YAML')
    expect(load('just words')).toThrow(FlowError)
    const flow = 'flow: a\nfor: client\nstart: { command: go, default: true }\nsteps:\n  a: { say: {} }\n'
    expect(load(flow, flow)).toThrow('1.yaml: 0.yaml is already called "a".')
    expect(load(flow, flow.replace('flow: a', 'flow: b'))).toThrow('/go already begins "a".')
    expect(load(flow, flow.replace('flow: a', 'flow: b').replace('command: go, ', ''))).toThrow(
      'already what begins for a client',
    )
  })

  it('with nothing wrong has no complaint', () => {
    expect(complaint('a: { number: { max: 3 } }\nb: { say: {}, when: "answers.a + 1 == 3 && \'a\' in given" }')).toBe(
      'no complaint',
    )
    expect(complaint('a: { text: {} }', 'opening: a\n')).toBe('no complaint')
    expect(complaint('a: { choose: { options: [x] } }', 'opening: a\n')).toContain(
      'not a question that takes own words',
    )
  })

  it('keeps its version when only comments and spacing change', () => {
    const version = (text: string) => compile([{ file: 'x', text }]).flows[0]?.version
    const one = 'flow: a\nfor: client\nsteps:\n  a: { say: {} }\n'
    expect(version(one)).toMatch(/^[0-9a-f]{12}$/)
    expect(version(`# why\n${one.replace('{ say: {} }', '\n    say: {}')}`)).toBe(version(one))
    expect(version(one.replace('  a:', '  b:'))).not.toBe(version(one))
  })
})

describe('the schema for editors', () => {
  it('is the one that stands beside the flows (npm run flows -- schema)', () => {
    expect(readFileSync('flows/flow.schema.json', 'utf8')).toBe(editorSchema())
  })

  it('knows a good flow from a bad one', () => {
    const check = new Ajv2020({ strict: false }).compile(JSON.parse(editorSchema()) as object)
    const hotline: unknown = parse(readFileSync(new URL('flows/hotline.yaml', import.meta.url), 'utf8'))
    expect(check(hotline), JSON.stringify(check.errors)).toBe(true)
    expect(check({ flow: 'a', for: 'client', steps: { a: { say: {}, do: 'desk.open' } } })).toBe(false)
    expect(check({ flow: 'a', for: 'client', steps: { a: { sya: {} } } })).toBe(false)
  })
})
