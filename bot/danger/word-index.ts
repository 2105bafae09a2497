import type { Language } from '../text/languages.js'
import { looseKey, normalise, soundKey, uzbekToLatin } from '../text/scripts.js'
import { canBeOf } from './readable.js'

/** A word of a lexicon: the whole, its beginning, its ending, or a number. Errors are never forgiven in an exact one. */
export type WordPattern =
  | { kind: 'word' | 'beginning' | 'ending'; text: string; exact: boolean; forgiving: boolean }
  | { kind: 'number'; from: number; to: number }

/** A typed word: normalised, with its own letters and apostrophes (`raw`), and in its loose form. */
export type TypedWord = { raw: string; loose: string }

/** Which patterns (by their index) a typed word stands for. */
export type WordIndex = { find(word: TypedWord): readonly number[] }

type Script = 'cyrillic' | 'latin'
/**
 * How a language is read in one script: a lexicon's word, and a typed one, as the keys under which they meet. `spell` gives the
 * letters of both before special ones are folded: who types "қ" means it, who types "к" may only lack the key.
 */
type Reading = {
  entry(text: string, exact: boolean): string[]
  typed(word: TypedWord): string[]
  spell?: { entry(text: string): string; typed(word: TypedWord): string }
}

const SILENT = /[ьъ'\p{M}]/gu
const withoutSilent = (text: string) => normalise(text).replace(SILENT, '')
const asTyped: Reading = { entry: (text) => [looseKey(text)], typed: ({ loose }) => [loose] }
const withOwnLetters: Reading = {
  ...asTyped,
  spell: { entry: withoutSilent, typed: ({ raw }) => raw.replace(SILENT, '') },
}

/** Russian, Tajik … typed in Latin letters. j is both й ("moj") and ж ("muj"); one vowel alone ("a") says nothing. */
const bySound: Reading = {
  entry: (text) => [soundKey(text)],
  typed: ({ loose }) =>
    /^[aeiouy]$/.test(loose)
      ? []
      : loose.includes('j')
        ? [soundKey(loose), soundKey(loose.replaceAll('j', 'zh'))]
        : [soundKey(loose)],
}

/** One letter for each of oʻ and gʻ; x and h, yo and ye are confused too often to tell (ё loses its dots). */
const uzbekLetters = (text: string) =>
  text.replace(/o['ʻ]/g, 'ö').replace(/g['ʻ]/g, 'ğ').replace(/['ʻʼ]/g, '').replace(/y[oe]/g, 'e').replaceAll('x', 'h')
/** What people confuse in Uzbek: oʻ and u, gʻ and g, q and k. */
const uzbekKey = (text: string) => uzbekLetters(text).replaceAll('ö', 'u').replaceAll('ğ', 'g').replaceAll('q', 'k')
/** oʻ is also typed as o; not in an exact entry: "oʻlmoq" is to die, "olmoq" to take. */
const uzbekEntry = (text: string, exact: boolean) =>
  exact ? [uzbekKey(text)] : [...new Set([uzbekKey(text), uzbekKey(text.replace(/o['ʻ]/g, 'o'))])]
const uzbek = (toLatin: (raw: string) => string): Reading => ({
  entry: uzbekEntry,
  typed: ({ raw }) => [uzbekKey(toLatin(raw))],
  spell: { entry: uzbekLetters, typed: ({ raw }) => uzbekLetters(toLatin(raw)) },
})

const READINGS: Record<Language, Partial<Record<Script, Reading>>> = {
  en: { latin: asTyped },
  cs: { latin: asTyped },
  uk: { cyrillic: withOwnLetters },
  uz: { latin: uzbek((raw) => raw), cyrillic: uzbek(uzbekToLatin) },
  ru: { cyrillic: asTyped, latin: bySound },
  tg: { cyrillic: withOwnLetters, latin: bySound },
  ky: { cyrillic: withOwnLetters, latin: bySound },
  kk: { cyrillic: withOwnLetters, latin: bySound },
}

/** Letters that nobody types by mistake. */
const DELIBERATE = /[әғқңөұүһіїєґӣӯҳҷўöğq]/

/** Whether each special letter of a typed word stands in the lexicon's word too; not in its last letters, which a beginning leaves open. */
function isSpelt(typed: string, entry: string): boolean {
  for (let i = 0; i < typed.length && i < entry.length; i++) {
    const letter = typed.charAt(i)
    if (letter !== entry[i] && DELIBERATE.test(letter)) return false
  }
  return true
}

const CYRILLIC = /\p{Script=Cyrillic}/u
const NUMBER = /^\d{1,4}$/

/** `isOrdinary` names the words that are not misspelt, however near they are to one of the patterns. */
export function indexWords(
  language: Language,
  patterns: readonly WordPattern[],
  isOrdinary: (word: TypedWord) => boolean,
): WordIndex {
  const tables = new Map(
    (['cyrillic', 'latin'] as const).flatMap((script) => {
      const reading = READINGS[language][script]
      if (!reading) return []
      const spelt = patterns.map((pattern) =>
        pattern.kind === 'number' || pattern.kind === 'ending' ? '' : (reading.spell?.entry(pattern.text) ?? ''),
      )
      return [[script, { reading, spelt, table: tableOf(patterns, reading) }] as const]
    }),
  )
  const numbers = rangesOf(patterns)
  return {
    find(word) {
      if (NUMBER.test(word.loose)) return numbers(Number(word.loose))
      if (!canBeOf(language, word.raw)) return []
      const script = tables.get(CYRILLIC.test(word.loose) ? 'cyrillic' : 'latin')
      if (!script) return []
      const { typed, spell } = script.reading
      const keys = typed(word)
      const letters = spell?.typed(word) ?? ''
      const isMeant = (id: number) => isSpelt(letters, script.spelt[id] ?? '')
      const found = keys.flatMap((key) => script.table.same(key))
      const same = DELIBERATE.test(letters) ? found.filter(isMeant) : found
      return same.length || isOrdinary(word) ? same : keys.flatMap((key) => script.table.near(key))
    },
  }
}

function rangesOf(patterns: readonly WordPattern[]): (value: number) => number[] {
  const ranges = patterns.flatMap((pattern, id) => (pattern.kind === 'number' ? [{ ...pattern, id }] : []))
  return (value) => ranges.filter(({ from, to }) => from <= value && value <= to).map(({ id }) => id)
}

/** Longer words survive more typing errors; in short ones another letter is another word ("бить", "быть"). */
const FORGIVES_ONE = 7
const FORGIVES_TWO = 12

type Near = { id: number; key: string; beginning: boolean; edits: number }

function tableOf(patterns: readonly WordPattern[], { entry }: Reading) {
  const words = new Map<string, number[]>()
  const beginnings = new Map<string, number[]>()
  const endings: [string, number][] = []
  const byFirstLetter = new Map<string, Near[]>()
  patterns.forEach((pattern, id) => {
    if (pattern.kind === 'number') return
    for (const key of entry(pattern.text, pattern.exact)) {
      if (pattern.kind === 'ending') endings.push([key, id])
      else push(pattern.kind === 'word' ? words : beginnings, key, id)
      const edits = key.length >= FORGIVES_TWO ? 2 : key.length >= FORGIVES_ONE ? 1 : 0
      if (edits === 0 || !pattern.forgiving || pattern.kind === 'ending') continue
      push(byFirstLetter, key.charAt(0), { id, key, beginning: pattern.kind === 'beginning', edits })
    }
  })
  return {
    same(key: string): number[] {
      const found = [...(words.get(key) ?? [])]
      for (let end = 1; end <= key.length; end++) found.push(...(beginnings.get(key.slice(0, end)) ?? []))
      for (const [ending, id] of endings) if (key.endsWith(ending)) found.push(id)
      return found
    },
    near(key: string): number[] {
      const candidates = byFirstLetter.get(key.charAt(0)) ?? []
      return candidates.filter((near) => isNear(key, near)).map(({ id }) => id)
    },
  }
}

function isNear(typed: string, { key, beginning, edits }: Near): boolean {
  const longer = typed.length - key.length
  if (longer < -edits || (!beginning && longer > edits)) return false
  return within(typed, 1, key, 1, edits, beginning)
}

/** Letters that are heard alike, hence written for each other; other letters are rarely mistaken, and then make another word. */
const ALIKE = ['aeiouyаеиоуыэюяіөүұә', 'bpбп', 'dtдт', 'gkqгкқғ', 'zsзсцcž', 'vfwвф', 'шщжčšч', 'mnмн', 'hxхгh']
const isAlike = (one: string, other: string) => ALIKE.some((group) => group.includes(one) && group.includes(other))

/**
 * Whether `typed` from `i` becomes `key` from `j` (or begins with it) by at most `edits` letters lost, added, swapped or written
 * as they sound.
 */
function within(typed: string, i: number, key: string, j: number, edits: number, beginning: boolean): boolean {
  while (i < typed.length && j < key.length && typed[i] === key[j]) {
    i++
    j++
  }
  if (j === key.length) return beginning || typed.length - i <= edits
  if (edits === 0) return false
  if (i === typed.length) return key.length - j <= edits
  const next = (di: number, dj: number) => within(typed, i + di, key, j + dj, edits - 1, beginning)
  const swapped = typed[i] === key[j + 1] && typed[i + 1] === key[j]
  const alike = isAlike(typed.charAt(i), key.charAt(j))
  return next(1, 0) || next(0, 1) || (alike && next(1, 1)) || (swapped && next(2, 2))
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
