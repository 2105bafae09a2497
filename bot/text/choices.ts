/** Which of some options a person means who types instead of pressing a button. */
import { distance } from 'fastest-levenshtein'
import type { Language } from './languages.js'
import { readNumber } from './numbers.js'
import { looseKey, normalise, soundKey, uzbekToLatin } from './scripts.js'

export type Option = { id: string; label: string; synonyms?: readonly string[] }

/** `unsure`: ask "did you mean …?" with these; one alone is a guess too. */
export type Choice = { kind: 'one'; id: string } | { kind: 'unsure'; ids: string[] }

/** Longer than this it is a story, not one of the options. */
const CHOICE_MAX = 200

/** Shorter words are in too many labels to name one of them. */
const PART_MIN = 3

/**
 * Reads a label, a synonym, its number in the list ("2", "2)"), either of them in the other script, a part of one label, or with a
 * few typing errors. Never guesses between options that are near each other: those come back as `unsure`.
 */
export function readChoice(text: string, options: readonly Option[], language: Language): Choice | undefined {
  if (text.length > CHOICE_MAX) return undefined
  const typed = keysOf(text, language)
  if (!typed.loose) return undefined
  const candidates = options.map((option) => ({
    id: option.id,
    names: [option.label, ...(option.synonyms ?? [])]
      .map((name) => keysOf(name, language))
      .filter(({ loose }) => loose),
  }))
  const having = (fits: (name: Keys) => boolean) =>
    candidates.filter(({ names }) => names.some(fits)).map(({ id }) => id)
  return (
    oneOf(having((name) => name.loose === typed.loose)) ??
    byNumber(text, options, candidates, language) ??
    oneOf(having((name) => name.sound === typed.sound)) ??
    oneOf(having((name) => typed.loose.length >= PART_MIN && containsWords(name.loose, typed.loose))) ??
    byDistance(typed, candidates) ??
    within(typed, candidates)
  )
}

/**
 * The ids of several options separated by commas, "and", new lines or (for numbers, or one-word labels) spaces: "1,3", "врач и школа".
 * `undefined` unless every part is certain.
 */
export function readMany(text: string, options: readonly Option[], language: Language): string[] | undefined {
  const whole = readChoice(text, options, language)
  if (whole?.kind === 'one') return [whole.id]
  for (const separator of [SEPARATORS, SEPARATORS_AND_SPACES]) {
    const parts = normalise(text.replace(/[\n\r]+/g, ';'))
      .split(separator)
      .filter((part) => looseKey(part))
    // Nobody lists more than there are, but people repeat themselves
    if (parts.length < 2 || parts.length > options.length * 2) continue
    const choices = parts.map((part) => readChoice(part, options, language))
    const ids = choices.flatMap((choice) => (choice?.kind === 'one' ? [choice.id] : []))
    if (ids.length === parts.length) return [...new Set(ids)]
  }
  return undefined
}

/** "and" in every language; a Tajik "у" or a Czech "i" alone between spaces is one too. */
const AND = '(?:and|и|та|й|і|va|ва|менен|жана|және|мен|a|i|у|plus|плюс)'
const SEPARATORS = new RegExp(`\\s*(?:[,;/&+]|\\s${AND}(?=\\s))\\s*`, 'u')
const SEPARATORS_AND_SPACES = new RegExp(`${SEPARATORS.source}|\\s+`, 'u')

type Keys = { loose: string; sound: string }
type Candidate = { id: string; names: Keys[] }

const keysOf = (text: string, language: Language): Keys => {
  const loose = looseKey(text)
  return { loose, sound: soundKey(language === 'uz' ? uzbekToLatin(normalise(text)) : text) }
}

const oneOf = (ids: string[]): Choice | undefined => {
  const [id] = ids
  if (id === undefined) return undefined
  return ids.length === 1 ? { kind: 'one', id } : { kind: 'unsure', ids }
}

const containsWords = (text: string, part: string) => ` ${text} `.includes(` ${part} `)

/** The place in the list; when a label itself begins with that number ("2 года" in the third place), both are possible. */
function byNumber(text: string, options: readonly Option[], candidates: Candidate[], language: Language) {
  const read = readNumber(text, language)
  if (!read || read.rest !== undefined) return undefined
  const placed = options[read.number - 1]?.id
  const named = candidates
    .filter(({ names }) => names.some(({ loose }) => loose.startsWith(`${read.number} `)))
    .map(({ id }) => id)
  return oneOf([...new Set(placed === undefined ? named : [placed, ...named])])
}

/** How many wrong, missing or swapped letters a text of this length may have. */
const typosAllowed = (length: number) => (length < 4 ? 0 : length < 6 ? 1 : length < 12 ? 2 : 3)

function byDistance(typed: Keys, candidates: Candidate[]): Choice | undefined {
  const near = candidates
    .map(({ id, names }) => ({ id, typos: Math.min(...names.map((name) => typosBetween(typed, name))) }))
    .filter(({ typos }) => Number.isFinite(typos))
    .sort((a, b) => a.typos - b.typos)
  const [best] = near
  if (!best) return undefined
  return oneOf(near.filter(({ typos }) => typos <= best.typos + 1).map(({ id }) => id))
}

/** Infinite when there are more than may be forgiven. A different figure is no slip: "18–25" is not "18–35". */
function typosBetween(typed: Keys, name: Keys): number {
  if (figures(typed.loose) !== figures(name.loose)) return Number.POSITIVE_INFINITY
  return Math.min(
    bounded(distance(typed.loose, name.loose), Math.min(typed.loose.length, name.loose.length)),
    bounded(distance(typed.sound, name.sound), Math.min(typed.sound.length, name.sound.length)),
  )
}

const figures = (text: string) => text.replace(/\D+/g, ' ').trim()

const bounded = (typos: number, length: number) => (typos <= typosAllowed(length) ? typos : Number.POSITIVE_INFINITY)

/** A label inside a longer text is only a guess: the other words may turn it round ("вообще не помогло"). */
function within(typed: Keys, candidates: Candidate[]): Choice | undefined {
  const found = candidates.flatMap(({ id, names }) =>
    names
      .filter(({ loose }) => loose.length >= PART_MIN && containsWords(typed.loose, loose))
      .map(({ loose }) => ({ id, loose })),
  )
  // "не помогло" also contains "помогло"
  const longest = found.filter(
    ({ loose }) => !found.some((other) => other.loose !== loose && containsWords(other.loose, loose)),
  )
  const ids = [...new Set(longest.map(({ id }) => id))]
  return ids.length > 0 ? { kind: 'unsure', ids } : undefined
}
