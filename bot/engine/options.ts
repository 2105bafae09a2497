/** What can be chosen, in the person's words. */
import { normalise } from '../text/scripts.js'
import type { Ask } from './model.js'
import type { Choice, Frame } from './position.js'
import type { Option, Scene } from './questions/question.js'
import { remember } from './remember.js'
import { placeTag, tagOf } from './tokens.js'
import type { Turn } from './turn.js'
import type { Context, Json } from './types.js'
import { isValues } from './values.js'

/** More than this is not a choice any more; the rest is left out. */
const MAX_OPTIONS = 100

type Words = Context['words']
type Known = { options: readonly Option[]; byWords: ReadonlyMap<string, string>; tags: readonly string[] }

const NONE: Known = { options: [], byWords: new Map(), tags: [] }

/**
 * Labels of fixed options never change while the program runs, so they are put together once for each `words` function; a caller that
 * keeps one function for each language gets its answers faster.
 */
const known = new WeakMap<Words, WeakMap<Ask, Known>>()

export function optionsOf(turn: Turn, frame: Frame, step: Ask): Known {
  const { words } = turn.context
  switch (step.source?.kind) {
    case undefined:
      return NONE
    case 'ids': {
      const found = known.get(words)?.get(step)
      if (found) return found
      const { ids, texts } = step.source
      const steps = remember(known, words, () => new WeakMap())
      return remember(steps, step, () => indexed(ids.map((id) => labelled(id, texts, words))))
    }
    case 'answers': {
      const { step: from, field, texts } = step.source
      const answer = frame.answers[from]
      const list = field === undefined ? answer : fieldOf(answer, field)
      const called = (choice: Choice) => frame.labels?.[from]?.find(({ id }) => id === choice.id) ?? choice
      return indexed(readChoices(list ?? null).map((choice) => withWords(called(choice), texts, words)))
    }
    case 'action':
      // What an action offers may be telling (a topic): its buttons carry no names (S21). One that gives ids alone leaves the words to us.
      return indexed(
        ((frame.at === step.id ? frame.open?.options : undefined) ?? frame.labels?.[step.id] ?? []).map((choice) =>
          withWords(choice, step.key, words),
        ),
        true,
      )
  }
}

const fieldOf = (value: Json | undefined, field: string): Json => (isValues(value) ? (value[field] ?? null) : null)

const withWords = (choice: Choice, texts: string | undefined, words: Words): Option =>
  texts !== undefined && choice.label === choice.id ? labelled(choice.id, texts, words) : choice

function labelled(id: string, texts: string, words: Words): Option {
  const label = words(`${texts}.options.${id}`) ?? id
  const synonyms = words(`${texts}.synonyms.${id}`)
  return synonyms === undefined
    ? { id, label }
    : { id, label, synonyms: synonyms.split('|').map((each) => each.trim()) }
}

function indexed(options: readonly Option[], opaque = false): Known {
  const byWords = new Map<string, string>()
  const twice = new Set<string>()
  const add = (words: string, id: string) => {
    const key = normalise(words)
    if (key && (byWords.get(key) ?? id) !== id) twice.add(key)
    else if (key) byWords.set(key, id)
  }
  for (const { id, label, synonyms = [] } of options) for (const word of [label, ...synonyms]) add(word, id)
  // What could mean two of them has to be asked
  for (const key of twice) byWords.delete(key)
  return { options, byWords, tags: options.map(({ id }, place) => (opaque ? placeTag(place) : tagOf(id, place))) }
}

/** The options in what an action gave: ids, or `{ id, label }`. Whatever else is in the list is left out. */
export function readChoices(output: Json): Choice[] {
  if (!Array.isArray(output)) return []
  const choices: Choice[] = []
  for (const item of output.slice(0, MAX_OPTIONS)) {
    if (typeof item === 'string' || typeof item === 'number') choices.push({ id: String(item), label: String(item) })
    else if (isValues(item) && typeof item.id === 'string')
      choices.push({ id: item.id, label: typeof item.label === 'string' ? item.label : item.id })
  }
  return choices
}

export function sceneOf(turn: Turn, frame: Frame, step: Ask): Scene {
  const { context } = turn
  const { options, byWords } = optionsOf(turn, frame, step)
  const { country } = context.person
  return {
    language: context.language,
    words: context.words,
    today: () => dayOf(context.now, context.timeZone),
    country: typeof country === 'string' ? country : '',
    options,
    byWords,
  }
}

const calendars = new Map<string, { format: Intl.DateTimeFormat; slot: number; day: string }>()

/** Time zones differ by quarters of an hour; within one the day cannot change. */
const QUARTER_MS = 900_000

/** YYYY-MM-DD in that time zone; in UTC when nobody knows the zone. */
function dayOf(now: number, timeZone: string): string {
  const safe = Number.isFinite(now) && Math.abs(now) < 8.64e15 ? now : 0
  const calendar = remember(calendars, timeZone, () => {
    const known = timeZone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(timeZone)
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: known ? timeZone : 'UTC', dateStyle: 'short' })
    return { format, slot: Number.NaN, day: '' }
  })
  const slot = Math.floor(safe / QUARTER_MS)
  if (calendar.slot !== slot) {
    calendar.slot = slot
    calendar.day = calendar.format.format(safe)
  }
  return calendar.day
}
