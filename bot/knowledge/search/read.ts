/** From a text to what it is about: one slot for each word or phrase that says something. */
import type { Language } from '../../text/languages.js'
import { FILLER, type Lexicon, type Meaning } from './lexicon.js'
import { guess, type Known, phraseAt, readWords, type Word } from './words.js'

/**
 * One thing said. `terms` are what it may mean, each with how surely (0–1): concepts by name, `in:KZ`, `from:UZ`, `city:Brno`, or
 * `word:…` for a word that only the articles know. No terms at all: nobody knows the word.
 */
export type Slot = { terms: Map<string, number>; text: string }

/** What typos in a question may have been meant to be: stems of the lexicon and words of the articles. */
export type Spelling = { lexicon: Known; articles: Known; words: ReadonlySet<string> }

/** How surely a guessed word is the one that was meant, and a town's name says that its country is meant. */
const GUESSED = 0.8
const COUNTRY_OF_TOWN = 0.4
const GROUP_OF_COUNTRY = 0.8
/** Words outside the lexicon are compared by their beginning, since we have no grammar of eight languages. */
const WORD_STEM_LETTERS = 6

/** @param spelling left out when the articles themselves are read: they are spelt right */
export function readSlots(text: string, lexicon: Lexicon, spelling?: Spelling, language?: Language): Slot[] {
  const words = readWords(text, lexicon, language)
  const taken = new Set<number>()
  const slots: Slot[] = []
  words.forEach((word, at) => {
    if (taken.has(at)) return
    const found = phraseAt(words, at, lexicon)
    if (found) for (const index of found.taken) taken.add(index)
    const meanings = found ? [found.phrase.meaning] : word.meanings
    const slot =
      meanings.length > 0 ? slotOf(meanings, words, at, lexicon) : unknownSlot(word, words, at, lexicon, spelling)
    if (slot) slots.push({ ...slot, text: word.key })
  })
  return withoutDoubles(slots)
}

type Terms = { terms: Map<string, number> }

function slotOf(meanings: Meaning[], words: readonly Word[], at: number, lexicon: Lexicon): Terms | undefined {
  const terms = new Map<string, number>()
  for (const { term } of meanings) {
    if (term === FILLER) continue
    for (const [each, surely] of term.includes(':') ? placeTerms(term, words, at, lexicon) : [[term, 1] as const]) {
      terms.set(each, Math.max(surely, terms.get(each) ?? 0))
    }
  }
  return terms.size > 0 ? { terms } : undefined
}

function unknownSlot(
  word: Word,
  words: readonly Word[],
  at: number,
  lexicon: Lexicon,
  spelling?: Spelling,
): Terms | undefined {
  if (/^\d+$/.test(word.key) || word.key.length < 3) return undefined
  const stem = wordTerm(word.key)
  if (!spelling || spelling.words.has(stem)) return { terms: new Map([[stem, 1]]) }
  const meant = guess(word.key, spelling.lexicon)
  if (meant.length > 0) {
    const slot = slotOf(
      meant.flatMap((key) => lexicon.words.get(key) ?? []),
      words,
      at,
      lexicon,
    )
    return slot && { terms: new Map([...slot.terms].map(([term, surely]) => [term, surely * GUESSED])) }
  }
  return { terms: new Map(guess(word.key, spelling.articles).map((key) => [`word:${key}`, GUESSED])) }
}

const wordTerm = (key: string) => `word:${key.slice(0, WORD_STEM_LETTERS)}`

/** "in Kazakhstan" and "from Kazakhstan" are different questions; so are "из Москвы" and "в Москве". */
function placeTerms(term: string, words: readonly Word[], at: number, { places }: Lexicon): [string, number][] {
  const [kind = '', name = ''] = term.split(':')
  const country = kind === 'city' ? (places.countryOf.get(name) ?? '') : name
  if (kind === 'from' || isOrigin(words, at, places)) {
    const groups = places.groupsOf.get(country) ?? []
    return [[`from:${country}`, 1], ...groups.map((group): [string, number] => [group, GROUP_OF_COUNTRY])]
  }
  if (kind === 'in') return [[`in:${country}`, 1]]
  return [
    [term, 1],
    [`in:${country}`, COUNTRY_OF_TOWN],
  ]
}

function isOrigin(words: readonly Word[], at: number, { before, after, endings }: Lexicon['places']): boolean {
  const [previous, here, next] = [words[at - 1], words[at], words[at + 1]]
  if (previous && before.has(previous.key)) return true
  if (next && [...after].some((stem) => next.key.startsWith(stem))) return true
  const ending = here?.key.slice(here.stem) ?? ''
  return ending !== '' && endings.some((each) => ending.endsWith(each))
}

function withoutDoubles(slots: Slot[]): Slot[] {
  const seen = new Set<string>()
  return slots.filter(({ terms, text }) => {
    const name = terms.size > 0 ? [...terms.keys()].sort().join('|') : `?${text}`
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}
