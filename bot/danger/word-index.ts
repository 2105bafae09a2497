import type { Language } from '../text/languages.js'
import { looseKey, soundKey, uzbekToLatin } from '../text/scripts.js'

/** A word of a lexicon: the whole, its beginning, its ending, or a number. Errors are never forgiven in an exact one. */
export type WordPattern =
  | { kind: 'word' | 'beginning' | 'ending'; text: string; exact: boolean; forgiving: boolean }
  | { kind: 'number'; from: number; to: number }

/** A typed word: normalised, with its own letters and apostrophes (`raw`), and in its loose form. */
export type TypedWord = { raw: string; loose: string }

/** Which patterns (by their index) a typed word stands for. */
export type WordIndex = { find(word: TypedWord): readonly number[] }

type Script = 'cyrillic' | 'latin'
/** How a language is read in one script: a lexicon's word, and a typed one, as the keys under which they meet. */
type Reading = { entry(text: string, exact: boolean): string[]; typed(word: TypedWord): string[] }

const asTyped: Reading = { entry: (text) => [looseKey(text)], typed: ({ loose }) => [loose] }

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

/** What people confuse in Uzbek: oʻ and u, gʻ and g, x and h, q and k, yo and ye (ё loses its dots). */
const uzbekKey = (text: string) =>
  text.replace(/o['ʻ]/g, 'u').replace(/['ʻʼ]/g, '').replace(/y[oe]/g, 'e').replaceAll('x', 'h').replaceAll('q', 'k')
/** oʻ is also typed as o; not in an exact entry: "oʻlmoq" is to die, "olmoq" to take. */
const uzbekEntry = (text: string, exact: boolean) =>
  exact ? [uzbekKey(text)] : [...new Set([uzbekKey(text), uzbekKey(text.replace(/o['ʻ]/g, 'o'))])]

const READINGS: Record<Language, Partial<Record<Script, Reading>>> = {
  en: { latin: asTyped },
  cs: { latin: asTyped },
  uk: { cyrillic: asTyped },
  uz: {
    latin: { entry: uzbekEntry, typed: ({ raw }) => [uzbekKey(raw)] },
    cyrillic: { entry: uzbekEntry, typed: ({ raw }) => [uzbekKey(uzbekToLatin(raw))] },
  },
  ru: { cyrillic: asTyped, latin: bySound },
  tg: { cyrillic: asTyped, latin: bySound },
  ky: { cyrillic: asTyped, latin: bySound },
  kk: { cyrillic: asTyped, latin: bySound },
}

const CYRILLIC = /\p{Script=Cyrillic}/u
const NUMBER = /^\d{1,4}$/

export function indexWords(language: Language, patterns: readonly WordPattern[]): WordIndex {
  const tables = new Map(
    (['cyrillic', 'latin'] as const).flatMap((script) => {
      const reading = READINGS[language][script]
      return reading ? [[script, { reading, table: tableOf(patterns, reading) }] as const] : []
    }),
  )
  const numbers = rangesOf(patterns)
  return {
    find(word) {
      if (NUMBER.test(word.loose)) return numbers(Number(word.loose))
      const script = tables.get(CYRILLIC.test(word.loose) ? 'cyrillic' : 'latin')
      if (!script) return []
      const keys = script.reading.typed(word)
      const same = keys.flatMap((key) => script.table.same(key))
      return same.length ? same : keys.flatMap((key) => script.table.near(key))
    },
  }
}

function rangesOf(patterns: readonly WordPattern[]): (value: number) => number[] {
  const ranges = patterns.flatMap((pattern, id) => (pattern.kind === 'number' ? [{ ...pattern, id }] : []))
  return (value) => ranges.filter(({ from, to }) => from <= value && value <= to).map(({ id }) => id)
}

/** Longer words survive more typing errors; in short ones another letter is another word ("бить", "быть"). */
const FORGIVES_ONE = 6
const FORGIVES_TWO = 11

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

/** Whether `typed` from `i` becomes `key` from `j` (or begins with it) by at most `edits` changed, lost, added or swapped letters. */
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
  return next(1, 1) || next(1, 0) || next(0, 1) || (swapped && next(2, 2))
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
