/** Conditions and values: what they may read, what an empty answer reads as, and that the quick way is CEL's own. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressions, type Scope, type World } from '../../bot/engine/cel.js'
import type { Values } from '../../bot/engine/types.js'

const world: World = {
  answers: {
    name: 'string',
    age: 'double',
    sure: 'bool',
    topics: 'list<string>',
    ask: { choice: 'string', text: 'string' },
    found: 'dyn',
  },
  person: { country: 'string', hasCase: 'bool' },
  input: { said: 'string' },
  event: { kind: 'string', code: 'string' },
}
const compile = expressions(world, (step) => (step === 'name' ? new Set(['a', 'b']) : undefined))
const scopeOf = (answers: Values): Scope => ({
  answers,
  person: { country: 'KZ' },
  input: {},
  event: { kind: 'input' },
})
const value = (source: string, answers: Values = {}) => compile(source).value(scopeOf(answers))

describe('expressions', () => {
  it('read what was not answered as empty', () => {
    expect(value('answers.name')).toBe('')
    expect(value('answers.age + 1')).toBe(1)
    expect(value('answers.sure')).toBe(false)
    expect(value('answers.topics')).toEqual([])
    expect(value('answers.ask')).toEqual({ choice: '', text: '' })
    expect(value('answers.ask.text', { ask: { choice: 'x' } })).toBe('')
    expect(value('input.said + event.code')).toBe('')
    // As an action that gives nothing for a field, too
    expect(value('answers.name', { name: null })).toBe('')
  })

  it('tell an empty answer from none', () => {
    expect(value('"age" in given')).toBe(false)
    expect(value('"age" in given', { age: 0 })).toBe(true)
    expect([...compile('"age" in given').uses]).toEqual(['age'])
  })

  it('give plain numbers, and count with them', () => {
    expect(value('size(answers.topics)', { topics: ['x', 'y'] })).toBe(2)
    expect(value('answers.age * 2 >= 36 && answers.age != 3', { age: 18 })).toBe(true)
    expect(value('{"age": answers.age, "all": answers.topics}', { age: 3 })).toEqual({ age: 3, all: [] })
  })

  it('know which answers they depend on', () => {
    expect([...compile('answers.ask.choice == "x" && answers.age > 3 || person.hasCase').uses]).toEqual(['ask', 'age'])
    expect([...compile('answers').uses]).toEqual(['*'])
    expect([...compile('answers.topics.exists(each, each == answers.name)').uses]).toEqual(['topics', 'name'])
  })

  it('refuse what is not of its type when it is met', () => {
    expect(() => value('answers.age + 1', { age: 'much' })).toThrow()
  })

  it.each([
    'answers.name == "a"',
    'answers.name != "b"',
    'answers.ask.choice == ""',
    'answers.ask.text != "x"',
    '!answers.sure',
    'answers.sure',
    'person.country == "KZ"',
    '!person.hasCase',
  ])('%s has CEL’s own result', (source) => {
    const quick = compile(source)
    // Inside a larger expression the interpreter does it
    const slow = compile(`true && (${source})`)
    const text = fc.constantFrom('', 'a', 'b', 'x')
    const answers = fc.record(
      { name: text, sure: fc.boolean(), ask: fc.record({ choice: text, text }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(answers, (given) => {
        expect(quick.value(scopeOf(given as Values))).toBe(slow.value(scopeOf(given as Values)))
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})
