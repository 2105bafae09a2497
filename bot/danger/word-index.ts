import type { Language } from '../text/languages.js'
import { once } from './once.js'
import { canBeOf } from './readable.js'
import { DELIBERATE, isSpelt, READINGS, type Reading, type TypedWord } from './readings.js'
import { isNear, type Near } from './typing-errors.js'

/** A word of a lexicon: the whole, its beginning, its ending, or a number. Errors are never forgiven in an exact one. */
export type WordPattern =
  | { kind: 'word' | 'beginning' | 'ending'; text: string; exact: boolean; forgiving: boolean }
  | { kind: 'number'; from: number; to: number }

export type WordIndex = {
  /** Which patterns (by their index) a typed word stands for. */
  find(word: TypedWord): readonly number[]
  /** Those that it stands for only if it is misspelt. */
  findMisspelt(word: TypedWord): readonly number[]
}

const CYRILLIC = /\p{Script=Cyrillic}/u
const NUMBER = /^\d{1,4}$/

/** `isOrdinary` names the words that are not misspelt, however near they are to one of the patterns. */
export function indexWords(
  language: Language,
  patterns: readonly WordPattern[],
  isOrdinary: (word: TypedWord) => boolean,
): WordIndex {
  // few people type Kyrgyz in Latin letters: a table is not made before it is needed
  const tables = new Map(
    (['cyrillic', 'latin'] as const).flatMap((script) => {
      const reading = READINGS[language][script]
      return reading ? [[script, once(() => readPatterns(patterns, reading))] as const] : []
    }),
  )
  const numbers = rangesOf(patterns)
  const scriptOf = ({ raw, loose }: TypedWord) =>
    canBeOf(language, raw) ? tables.get(CYRILLIC.test(loose) ? 'cyrillic' : 'latin')?.() : undefined
  const findExact = (word: TypedWord) => {
    const script = scriptOf(word)
    if (!script) return []
    const { reading, spelt, table } = script
    const letters = reading.spell?.typed(word) ?? ''
    const found = reading.typed(word).flatMap((key) => table.same(key))
    return DELIBERATE.test(letters) ? found.filter((id) => isSpelt(letters, spelt[id] ?? '')) : found
  }
  const findMisspelt = (word: TypedWord) => {
    const script = isOrdinary(word) ? undefined : scriptOf(word)
    if (!script || findExact(word).length) return []
    return script.reading.typed(word).flatMap((key) => script.table.near(key))
  }
  return {
    findMisspelt,
    find(word) {
      if (NUMBER.test(word.loose)) return numbers(Number(word.loose))
      const exact = findExact(word)
      return exact.length ? exact : findMisspelt(word)
    },
  }
}

const readPatterns = (patterns: readonly WordPattern[], reading: Reading) => ({
  reading,
  table: tableOf(patterns, reading),
  spelt: patterns.map((pattern) =>
    pattern.kind === 'number' || pattern.kind === 'ending' ? '' : (reading.spell?.entry(pattern.text) ?? ''),
  ),
})

function rangesOf(patterns: readonly WordPattern[]): (value: number) => number[] {
  const ranges = patterns.flatMap((pattern, id) => (pattern.kind === 'number' ? [{ ...pattern, id }] : []))
  return (value) => ranges.filter(({ from, to }) => from <= value && value <= to).map(({ id }) => id)
}

/** Longer words survive more typing errors; in short ones another letter is another word ("бить", "быть"). */
const FORGIVES_ONE = 7
const FORGIVES_TWO = 12

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

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
