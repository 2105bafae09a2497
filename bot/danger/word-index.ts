import type { Language } from '../text/languages.js'
import { soundKey, uzbekToLatin } from '../text/scripts.js'

/** A word of a lexicon, in its loose form (`looseKey`). */
export type WordPattern =
  | { kind: 'word'; text: string; exact: boolean }
  | { kind: 'beginning'; text: string }
  | { kind: 'number'; from: number; to: number }

/** Which patterns (by their index) a typed word, in its loose form, stands for. */
export type WordIndex = { find(word: string): readonly number[] }

type Script = 'cyrillic' | 'latin'
/** How one script is read by a language: its own entries as keys, and a typed word as one or more keys to look for. */
type Reading = { entry(text: string): string; typed(word: string): string[] }

const asIs: Reading = { entry: (text) => text, typed: (word) => [word] }
/** Russian, Tajik … typed in Latin letters; j is both й ("moj") and ж ("muj"). */
const bySound: Reading = {
  entry: soundKey,
  typed: (word) => (word.includes('j') ? [soundKey(word), soundKey(word.replaceAll('j', 'zh'))] : [soundKey(word)]),
}
/** What people confuse when they write Uzbek without its own letters: x and h, q and k, oʻ and u. */
const uzbekKey = (text: string) => text.replaceAll('x', 'h').replaceAll('q', 'k').replaceAll('u', 'o')

const READINGS: Record<Language, Partial<Record<Script, Reading>>> = {
  en: { latin: asIs },
  cs: { latin: asIs },
  uz: {
    latin: { entry: uzbekKey, typed: (word) => [uzbekKey(word)] },
    cyrillic: { entry: uzbekKey, typed: (word) => [uzbekKey(uzbekToLatin(word))] },
  },
  ru: { cyrillic: asIs, latin: bySound },
  uk: { cyrillic: asIs, latin: bySound },
  tg: { cyrillic: asIs, latin: bySound },
  ky: { cyrillic: asIs, latin: bySound },
  kk: { cyrillic: asIs, latin: bySound },
}

const CYRILLIC = /\p{Script=Cyrillic}/u
const NUMBER = /^\d{1,4}$/

/** Longer words survive more typing errors; in short ones another letter is another word ("бить", "быть"). */
const FORGIVES_ONE = { word: 5, beginning: 6 }
const FORGIVES_TWO = 9

export function indexWords(language: Language, patterns: readonly WordPattern[]): WordIndex {
  const tables = new Map(
    (['cyrillic', 'latin'] as const).flatMap((script) => {
      const reading = READINGS[language][script]
      return reading ? [[script, { reading, table: tableOf(patterns, reading.entry) }] as const] : []
    }),
  )
  return {
    find(word) {
      if (NUMBER.test(word)) return inRange(patterns, Number(word))
      const entry = tables.get(CYRILLIC.test(word) ? 'cyrillic' : 'latin')
      if (!entry) return []
      const keys = entry.reading.typed(word)
      const exact = keys.flatMap((key) => entry.table.exact(key))
      return exact.length ? exact : keys.flatMap((key) => entry.table.near(key))
    },
  }
}

function inRange(patterns: readonly WordPattern[], value: number): number[] {
  return patterns.flatMap((pattern, id) =>
    pattern.kind === 'number' && pattern.from <= value && value <= pattern.to ? [id] : [],
  )
}

type Near = { id: number; key: string; beginning: boolean; edits: number }

function tableOf(patterns: readonly WordPattern[], entry: (text: string) => string) {
  const words = new Map<string, number[]>()
  const beginnings = new Map<string, number[]>()
  const byFirstLetter = new Map<string, Near[]>()
  patterns.forEach((pattern, id) => {
    if (pattern.kind === 'number') return
    const key = entry(pattern.text)
    push(pattern.kind === 'word' ? words : beginnings, key, id)
    const edits = key.length >= FORGIVES_TWO ? 2 : key.length >= FORGIVES_ONE[pattern.kind] ? 1 : 0
    if (edits === 0 || (pattern.kind === 'word' && pattern.exact)) return
    push(byFirstLetter, key.charAt(0), { id, key, beginning: pattern.kind === 'beginning', edits })
  })
  return {
    exact(key: string): number[] {
      const found = [...(words.get(key) ?? [])]
      for (let end = 1; end <= key.length; end++) {
        const ids = beginnings.get(key.slice(0, end))
        if (ids) found.push(...ids)
      }
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
