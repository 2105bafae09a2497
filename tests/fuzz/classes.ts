/** The three classes of what is thrown: as the platform sends it, with something of it wrong, and with everything meant to hurt. */
import fc from 'fast-check'
import { harmful, strange } from './words.js'

export const CLASSES = ['valid', 'half-valid', 'hostile'] as const
export type Class = (typeof CLASSES)[number]
export type Shot<What> = { class: Class; what: What }

/** One of what is there when it is asked for: people, buttons on a screen, messages. What is thrown follows what is seen. */
export const oneOf = <T>(list: () => readonly T[], otherwise: T): fc.Arbitrary<T> =>
  fc.nat().map((place) => {
    const now = list()
    return now[place % Math.max(1, now.length)] ?? otherwise
  })

type Holder = Record<string, unknown>
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

/** Every place in the value, as who holds it and by which key. */
function placesIn(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (isHolder(value))
    for (const key of Object.keys(value)) {
      found.push([value, key])
      placesIn(value[key], found)
    }
  return found
}

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null')

type Spoiling = { place: number; how: 'drop' | 'swap' | 'twice' | 'deeper' | 'other'; value: unknown }

function spoil(value: unknown, { place, how, value: odd }: Spoiling, others: readonly unknown[]): unknown {
  // Its own copy: what is put in here may be spoiled itself, and the same one is thrown again later
  const next = structuredClone(odd)
  const places = placesIn(value)
  const [holder, key] = places[place % Math.max(1, places.length)] ?? []
  if (!holder || key === undefined) return next
  if (how === 'drop') delete holder[key]
  if (how === 'swap') holder[key] = next
  if (how === 'twice') holder[key] = [holder[key], holder[key]]
  if (how === 'deeper') holder[key] = { [key]: holder[key] }
  // Somebody else's id, message or button
  if (how === 'other') holder[key] = others[place % Math.max(1, others.length)] ?? null
  return value
}

/** A valid one with one to three things of it gone, of another type, doubled, nested, or somebody else's. */
export const halfValid = (valid: fc.Arbitrary<unknown>, others: () => readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      valid,
      fc.array(
        fc.record<Spoiling>({
          place: fc.nat(),
          how: fc.constantFrom<Spoiling['how']>('drop', 'swap', 'twice', 'deeper', 'other', 'other'),
          value: strange,
        }),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([value, spoilings]) => spoilings.reduce((spoiled, each) => spoil(spoiled, each, others()), copy(value)))

/** Those names stay as they are, or nothing would come further than the first look. */
const STRUCTURE = ['type', 'command', 'status', 'callback_id', 'subtype']

/** A valid one whose texts are harmful ones, with strange values in between and a poisoned key at the end. */
export const hostile = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .record({
      value: valid,
      texts: fc.array(harmful, { minLength: 1, maxLength: 3 }),
      which: fc.nat(),
      odd: fc.option(fc.record({ place: fc.nat(), value: strange }), { freq: 3 }),
      isPoisoned: fc.boolean(),
    })
    .map(({ value, texts, which, odd, isPoisoned }) => {
      const whole = copy(value)
      const places = placesIn(whole).filter(
        ([holder, key]) => typeof holder[key] === 'string' && !STRUCTURE.includes(key) && !/(^|_)id$/.test(key),
      )
      for (const [nth, text] of texts.entries()) {
        const [holder, key] = places[(which + nth) % Math.max(1, places.length)] ?? []
        if (holder && key) holder[key] = text
      }
      const spoiled = odd ? spoil(whole, { ...odd, how: 'swap' }, []) : whole
      if (isPoisoned && isHolder(spoiled) && !Array.isArray(spoiled))
        Object.defineProperty(spoiled, '__proto__', { value: { isAdmin: true }, enumerable: true })
      return spoiled
    })

/** Of every ten: four as they should be, three half, three hostile. */
export const classes = (valid: fc.Arbitrary<unknown>, others: () => readonly unknown[]): fc.Arbitrary<Shot<unknown>> =>
  fc.oneof(
    { weight: 4, arbitrary: valid.map((what): Shot<unknown> => ({ class: 'valid', what })) },
    { weight: 3, arbitrary: halfValid(valid, others).map((what): Shot<unknown> => ({ class: 'half-valid', what })) },
    { weight: 3, arbitrary: hostile(valid).map((what): Shot<unknown> => ({ class: 'hostile', what })) },
  )
