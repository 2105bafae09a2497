/** From one word to what it may mean: its longest known stem, in the language that most of the text seems to be in. */
import { distance } from 'fastest-levenshtein'
import type { Language } from '../../text/languages.js'
import { keyOf, wordsOf } from './key.js'
import type { Lexicon, Meaning, Phrase, Stem } from './lexicon.js'

/** `stem` is how many letters of the key the meanings stand for. */
export type Word = { key: string; cyrillic: boolean; stem: number; meanings: Meaning[] }

/** How many letters a word may have after its stem: Turkic languages and Tajik hang many endings on a word. */
const LONGEST_ENDING: Record<Language, number> = { en: 4, ru: 6, uk: 6, cs: 5, tg: 9, uz: 12, ky: 12, kk: 12 }
const SHORTEST_STEM = 2
/** A meaning in another language than the text's is dropped when its language has less than this share of the best one's votes. */
const MINORITY = 0.5

/** Splits a text and gives each word the meanings that fit its script and the language of the words around it. */
export function readWords(text: string, lexicon: Lexicon, language?: Language): Word[] {
  const words = wordsOf(text).flatMap((word): Word[] => {
    const key = keyOf(word)
    if (key === '') return []
    const cyrillic = /\p{Script=Cyrillic}/u.test(word)
    return [{ key, cyrillic, ...longestStem(key, cyrillic, lexicon) }]
  })
  const votes = new Map<Language | undefined, number>(language ? [[language, 1]] : [])
  for (const { meanings } of words) {
    const languages = new Set(meanings.map((meaning) => meaning.language))
    for (const each of languages) votes.set(each, (votes.get(each) ?? 0) + 1 / languages.size)
  }
  const voteOf = ({ language }: Meaning) => (language ? (votes.get(language) ?? 0) : Number.POSITIVE_INFINITY)
  return words.map((word) => {
    const best = Math.max(0, ...word.meanings.map(voteOf).filter(Number.isFinite))
    return { ...word, meanings: word.meanings.filter((meaning) => voteOf(meaning) >= best * MINORITY) }
  })
}

function longestStem(key: string, cyrillic: boolean, lexicon: Lexicon): { stem: number; meanings: Meaning[] } {
  for (let length = key.length; length >= SHORTEST_STEM || length === key.length; length--) {
    const ending = key.length - length
    const meanings = (lexicon.words.get(key.slice(0, length)) ?? []).filter(
      ({ language, exact }) => inScript(language, cyrillic) && ending <= longestEnding(language, exact),
    )
    if (meanings.length > 0) return { stem: length, meanings }
  }
  return { stem: 0, meanings: [] }
}

const inScript = (language: Language | undefined, cyrillic: boolean) =>
  !cyrillic || (language !== 'en' && language !== 'cs')

const longestEnding = (language: Language | undefined, exact: boolean) => (exact ? 0 : LONGEST_ENDING[language ?? 'uz'])

/** The longest phrase that begins at this word, one other word allowed between two of its own, and the words it takes. */
export function phraseAt(
  words: readonly Word[],
  at: number,
  lexicon: Lexicon,
): { phrase: Phrase; taken: number[] } | undefined {
  const first = words[at]
  if (!first) return undefined
  let best: { phrase: Phrase; taken: number[] } | undefined
  for (let length = first.key.length; length >= 1; length--) {
    for (const phrase of lexicon.phrases.get(first.key.slice(0, length)) ?? []) {
      if (phrase.stems.length <= (best?.phrase.stems.length ?? 0)) continue
      const taken = follow(words, at, phrase)
      if (taken) best = { phrase, taken }
    }
  }
  return best
}

function follow(words: readonly Word[], at: number, { stems, meaning }: Phrase): number[] | undefined {
  const taken: number[] = []
  let next = at
  for (const stem of stems) {
    const found = [next, ...(taken.length > 0 ? [next + 1] : [])].find((index) => {
      const word = words[index]
      return word && inScript(meaning.language, word.cyrillic) && fits(word.key, stem, meaning.language)
    })
    if (found === undefined) return undefined
    taken.push(found)
    next = found + 1
  }
  return taken
}

const fits = (key: string, { key: stem, exact }: Stem, language: Language | undefined) =>
  key.startsWith(stem) && key.length - stem.length <= longestEnding(language, exact)

/** The shortest word that may be a typo of another, and how many letters may differ from this length and from twice this on. */
const SHORTEST_TYPO = 5
const LONG = 8
/** A stem shorter than this, or than this share of the word, is near the beginning of many words by chance. */
const SHORTEST_STEM_OF_TYPO = 6
const LEAST_OF_TYPO = 0.6

/** @returns the keys among `known` that a mistyped key was probably meant to begin with, the nearest only */
export function guess(key: string, known: Known): string[] {
  if (key.length < SHORTEST_TYPO) return []
  let nearest = key.length >= LONG ? 2 : 1
  let found: string[] = []
  for (const candidate of known.startingWith(key[0] ?? '')) {
    if (candidate.length > key.length + 1 || candidate.length < key.length * LEAST_OF_TYPO) continue
    const allowed = candidate.length >= LONG ? nearest : Math.min(nearest, 1)
    const apart =
      candidate.length < SHORTEST_STEM_OF_TYPO ? distance(key, candidate) : distanceFromStart(key, candidate)
    if (apart > allowed) continue
    const longer = candidate.length > (found[0]?.length ?? 0)
    if (apart < nearest || longer) found = [candidate]
    else if (candidate.length === found[0]?.length) found.push(candidate)
    nearest = apart
  }
  return found
}

function distanceFromStart(key: string, stem: string): number {
  const lengths = [stem.length - 1, stem.length, stem.length + 1]
  return Math.min(...lengths.map((length) => distance(key.slice(0, length), stem)))
}

/** Keys that typos are compared with, by their first letter: people seldom mistype that one. */
export type Known = { startingWith: (letter: string) => readonly string[] }

export function knownKeys(keys: Iterable<string>): Known {
  const byLetter = new Map<string, string[]>()
  for (const key of keys) {
    if (key.length < SHORTEST_TYPO) continue
    const letter = key[0] ?? ''
    const keys = byLetter.get(letter)
    if (keys) keys.push(key)
    else byLetter.set(letter, [key])
  }
  return { startingWith: (letter) => byLetter.get(letter) ?? [] }
}
