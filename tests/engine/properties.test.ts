/** What holds for every conversation, however strange: found by letting thousands of them happen. */
// Long: the makers of strange talks serve all the properties.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Advanced, advance } from '../../bot/engine/advance.js'
import { gapsInMoves } from '../../bot/engine/moves-check.js'
import { isPosition, type Position } from '../../bot/engine/position.js'
import { MAX_DEPTH, MAX_STEPS } from '../../bot/engine/turn.js'
import type { Context, Effect, Event, Input, Json, Values } from '../../bot/engine/types.js'
import { type Actions, libraryOf, NOON, wordsFrom } from './talk.js'

const flowFile = (name: string) => readFileSync(new URL(`flows/${name}.yaml`, import.meta.url), 'utf8')

const actions: Actions = {
  'people.setLanguage': { name: 'people.setLanguage', input: z.object({ language: z.string() }), output: z.null() },
  'people.consent': { name: 'people.consent', input: z.object({ given: z.boolean() }), output: z.null() },
  'places.cities': {
    name: 'places.cities',
    input: z.object({ country: z.string() }),
    output: z.array(z.object({ id: z.string(), label: z.string() })),
    run: ({ country }) => (country === 'RU' ? [{ id: 'moscow', label: 'Moscow' }] : []),
  },
  'knowledge.answer': {
    name: 'knowledge.answer',
    input: z.object({ text: z.string(), topic: z.string() }),
    output: z.object({ shown: z.number() }),
    run: () => ({ shown: 1 }),
  },
  'desk.open': { name: 'desk.open', input: z.object({ topic: z.string() }), output: z.null(), human: true },
  'report.send': { name: 'report.send', input: z.object({ all: z.record(z.string(), z.unknown()) }), output: z.null() },
}
const FLOWS = ['hotline', 'report', 'place', 'menu', 'human'] as const
const library = libraryOf(FLOWS.map(flowFile), actions)
const texts = {
  'menu:words': 'menu',
  'common:words.back': 'back',
  'common:words.cancel': 'cancel',
  'common:words.help': 'help',
}
const context: Context = {
  language: 'en',
  now: NOON,
  timeZone: 'Europe/Moscow',
  words: wordsFrom(texts),
  person: {},
}

/** What a person may do next; buttons, messages and clocks are picked from what there has been. */
type Act =
  | { act: 'event'; event: Event }
  | { act: 'press'; nth: number }
  | { act: 'edit'; nth: number; text: string }
  | { act: 'clock'; nth: number }

const said = fc.oneof(
  fc.constantFrom('yes', 'no', 'back', 'menu', 'cancel', 'help', '/menu', '/back', '/report', '1', '2', '12', '45 min'),
  fc.constantFrom(
    'ru',
    'agree',
    'RU',
    'KZ',
    'work',
    'more',
    'human',
    'pay, stay',
    '1, 3',
    'yesterday',
    'March',
    '+79161234567',
  ),
  fc.string({ maxLength: 30 }),
)
const file = fc.record({
  id: fc.string(),
  kind: fc.constantFrom('photo' as const, 'voice' as const, 'document' as const),
  mime: fc.string(),
  bytes: fc.nat(),
})
const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: said.map((text): Input => ({ kind: 'text', text })) },
  fc.string({ maxLength: 80 }).map((data): Input => ({ kind: 'button', data })),
  fc
    .constantFrom('go:menu', 'go:human', 'go:report', 'go:place', 'back', 'cancel', 'to:menu:pick', 'a:1:!skip')
    .map((data): Input => ({ kind: 'button', data })),
  fc.array(file, { maxLength: 3 }).map((files): Input => ({ kind: 'files', files })),
  fc.tuple(fc.double(), fc.double()).map(([latitude, longitude]): Input => ({ kind: 'location', latitude, longitude })),
  fc.string().map((phone): Input => ({ kind: 'phone', phone })),
)
const name = fc.constantFrom(...FLOWS)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.nat().map((nth): Act => ({ act: 'press', nth })) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(input, fc.string({ maxLength: 5 }))
      .map(([given, messageKey]): Act => ({ act: 'event', event: { kind: 'input', input: given, messageKey } })),
  },
  fc.tuple(fc.nat(), said).map(([nth, text]): Act => ({ act: 'edit', nth, text })),
  fc.nat().map((nth): Act => ({ act: 'clock', nth })),
  name.map((flow): Act => ({ act: 'event', event: { kind: 'start', flow } })),
  name.map((flow): Act => ({ act: 'event', event: { kind: 'interrupt', flow } })),
  fc.constant<Act>({ act: 'event', event: { kind: 'resume' } }),
)

type Step = { before: Position | null; event: Event; result: Advanced }

/** Lives through the acts as `conversation/` would; gives every call of the engine. */
function live(acts: readonly Act[]): Step[] {
  const steps: Step[] = []
  const buttons: string[] = []
  const clocks: { key: string; turn: number }[] = []
  const messages: string[] = []
  let position: Position | null = null
  for (const each of acts) {
    let event = eventOf(each, buttons, clocks, messages)
    if (event?.kind === 'input' && event.messageKey !== undefined) messages.push(event.messageKey)
    while (event) {
      const result: Advanced = advance(library, position, event, context)
      steps.push({ before: position, event, result })
      position = result.position
      event = undefined
      for (const effect of result.effects) {
        if (effect.kind === 'say') buttons.push(...(effect.say.buttons ?? []).map(({ data }) => data))
        if (effect.kind === 'timer') clocks.push(effect)
        if (effect.kind === 'do') event = outcome(effect)
      }
    }
  }
  return steps
}

function eventOf(
  each: Act,
  buttons: string[],
  clocks: { key: string; turn: number }[],
  messages: string[],
): Event | undefined {
  const from = <T>(list: readonly T[], nth: number): T | undefined => list.at(-1 - (nth % Math.max(1, list.length)))
  switch (each.act) {
    case 'event':
      return each.event
    case 'press': {
      const data = from(buttons, each.nth % 12)
      return data === undefined ? undefined : { kind: 'input', input: { kind: 'button', data } }
    }
    case 'edit': {
      const messageKey = from(messages, each.nth)
      return messageKey === undefined
        ? undefined
        : { kind: 'edit', messageKey, input: { kind: 'text', text: each.text } }
    }
    case 'clock': {
      const clock = from(clocks, each.nth)
      return clock && { kind: 'timer', key: clock.key, turn: clock.turn }
    }
  }
}

const outcome = ({ action, input: given }: Extract<Effect, { kind: 'do' }>): Event => {
  if (action === 'knowledge.answer' && given.text === '') return { kind: 'failed', code: 'nothing' }
  return { kind: 'done', output: actions[action]?.run?.(given) ?? null }
}

const conversation = fc.array(act, { minLength: 1, maxLength: 40 })
const RUNS = { numRuns: 300, seed: 20261123 }

describe('any conversation', () => {
  it('never makes a fault, and its turns are bounded', () => {
    fc.assert(
      fc.property(conversation, (acts) => {
        for (const { result, event } of live(acts)) {
          expect(result.fault, JSON.stringify(event)).toBe(undefined)
          expect(isPosition(result.position)).toBe(true)
          expect(result.effects.length).toBeLessThanOrEqual(MAX_STEPS + 10)
          expect(result.position.frames.length).toBeLessThanOrEqual(MAX_DEPTH)
          const does = result.effects.filter(({ kind }) => kind === 'do')
          expect(does.length).toBeLessThanOrEqual(1)
          if (does.length > 0) expect(result.effects.at(-1)?.kind).toBe('do')
        }
      }),
      RUNS,
    )
  })

  it('never falls silent: words are always answered', () => {
    fc.assert(
      fc.property(conversation, (acts) => {
        let answered = true
        let quiet = false
        for (const { result, event } of live(acts)) {
          if (event.kind !== 'done' && event.kind !== 'failed') {
            expect(answered).toBe(true)
            // A human took over in this turn, or nothing needed an answer
            answered = event.kind !== 'input' || event.input.kind === 'button'
            quiet = false
          }
          if (event.kind === 'done') quiet = true
          answered ||= quiet || result.effects.some(({ kind }) => kind === 'say')
        }
      }),
      RUNS,
    )
  })

  it('is the same again when it is played again, and changes nothing it was given', () => {
    fc.assert(
      fc.property(conversation, (acts) => {
        for (const { before, event, result } of live(acts)) {
          const frozen = deepFreeze(structuredClone(before))
          expect(advance(library, frozen, deepFreeze(structuredClone(event)), context)).toEqual(result)
        }
      }),
      { ...RUNS, numRuns: 100 },
    )
  })

  it('survives being stored', () => {
    fc.assert(
      fc.property(conversation, (acts) => {
        for (const { before, event, result } of live(acts)) {
          const stored = JSON.parse(JSON.stringify(before)) as Position | null
          expect(plain(advance(library, stored, event, context))).toEqual(plain(result))
        }
      }),
      { ...RUNS, numRuns: 100 },
    )
  })

  it('stays small', () => {
    const long = fc.array(act, { minLength: 60, maxLength: 80 })
    fc.assert(
      fc.property(long, (acts) => {
        const last = live(acts).at(-1)
        const own = (last?.result.position.frames ?? []).map(({ answers: _, input: __, said: ___, ...frame }) => frame)
        expect(JSON.stringify(own).length).toBeLessThan(700 * MAX_DEPTH)
      }),
      { ...RUNS, numRuns: 60 },
    )
  })

  it('keeps buttons within 64 bytes', () => {
    fc.assert(
      fc.property(conversation, (acts) => {
        for (const { result } of live(acts))
          for (const effect of result.effects)
            if (effect.kind === 'say')
              for (const { data } of effect.say.buttons ?? []) expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
      }),
      RUNS,
    )
  })

  it('comes back to the same question after an answer and “back”', () => {
    fc.assert(
      fc.property(conversation, said, (acts, text) => {
        const before = live(acts).at(-1)?.result.position
        const top = before?.frames.at(-1)
        fc.pre(before !== undefined && top?.open !== undefined && top.ahead === undefined)
        // The words that opened the conversation may answer the next question too
        fc.pre(top?.said === undefined)
        const given = live([...acts, { act: 'event', event: { kind: 'input', input: { kind: 'text', text } } }])
        const after = given.at(-1)?.result.position
        // Only where the words were an answer: the question is closed and stands in the trail
        fc.pre(before !== undefined && after?.just === top?.open?.turn && after?.frames.length === before.frames.length)
        fc.pre(after?.frames.at(-1)?.flow === top?.flow)
        const back: Act = { act: 'event', event: { kind: 'input', input: { kind: 'button', data: 'back' } } }
        const returned = live([
          ...acts,
          { act: 'event', event: { kind: 'input', input: { kind: 'text', text } } },
          back,
        ])
        const now = returned.at(-1)?.result.position.frames.at(-1)
        expect({ flow: now?.flow, at: now?.at }).toEqual({ flow: top?.flow, at: top?.at })
      }),
      { ...RUNS, numRuns: 400 },
    )
  })
})

describe('whatever is stored', () => {
  const json = fc.jsonValue().map((value) => value as Json)

  it('nothing throws', () => {
    fc.assert(
      fc.property(json, input, (stored, given) => {
        const { position, effects } = advance(library, stored as never, { kind: 'input', input: given }, context)
        expect(isPosition(position)).toBe(true)
        expect(effects.length).toBeGreaterThan(0)
      }),
      RUNS,
    )
  })

  it('not even a position that was gnawed at', () => {
    fc.assert(
      fc.property(conversation, fc.nat(), json, fc.boolean(), input, (acts, nth, value, remove, given) => {
        const whole = structuredClone(live(acts).at(-1)?.result.position ?? null)
        fc.pre(whole !== null)
        gnaw(whole as unknown as Json, nth, remove ? undefined : value)
        const position = plain(whole) as Position
        const events: Event[] = [{ kind: 'input', input: given }, { kind: 'resume' }, { kind: 'done', output: value }]
        for (const event of events) expect(isPosition(advance(library, position, event, context).position)).toBe(true)
      }),
      { ...RUNS, numRuns: 1000 },
    )
  })

  it('nor whatever an action gives', () => {
    fc.assert(
      fc.property(conversation, json, (acts, output) => {
        for (const { result } of live(acts))
          if (result.position.waits) advance(library, result.position, { kind: 'done', output }, context)
      }),
      { ...RUNS, numRuns: 100 },
    )
  })
})

describe('moves', () => {
  const renamed = flowFile('hotline')
    .replace('  helped:', '  useful:')
    .replaceAll('answers.helped', 'answers.useful')
    .replace(/^ {2}country:.*\n/m, '')
    .replace('with: { country: answers.country }', 'with: { country: person.country }')
  const before = library.newest('hotline')
  const newer = libraryOf(
    [`${renamed}moves:\n  ${before?.version}: { helped: useful, country: null }\n`, ...FLOWS.slice(1).map(flowFile)],
    actions,
  )
  newer.addVersion('stored', flowFile('hotline'))

  it('carry every stored position to the newest version', () => {
    expect(gapsInMoves(newer)).toEqual([])
    fc.assert(
      fc.property(conversation, input, (acts, given) => {
        for (const { result } of live(acts)) {
          if (result.position.waits) continue
          const moved = advance(newer, result.position, { kind: 'input', input: given }, context)
          expect(moved.fault).toBe(undefined)
          expect(moved.effects.filter((effect) => effect.kind === 'end' && effect.outcome === 'lost')).toEqual([])
          for (const { flow, version } of moved.position.frames) expect(newer.newest(flow)?.version).toBe(version)
        }
      }),
      { ...RUNS, numRuns: 150 },
    )
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Replaces or removes the nth thing in a JSON value. */
function gnaw(root: Json, nth: number, value: Json | undefined): void {
  const places: [Values, string][] = []
  const visit = (node: Json) => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, inner] of Object.entries(node)) {
      places.push([node as Values, key])
      visit(inner)
    }
  }
  visit(root)
  const [parent, key] = places[nth % Math.max(1, places.length)] ?? []
  if (!parent || key === undefined) return
  if (value === undefined) delete parent[key]
  else parent[key] = value
}
