import type { Language } from '../text/languages.js'
import { looseKey, normalise } from '../text/scripts.js'
import { CALMING, type Lexicon, type Phrase } from './lexicon.js'
import type { TypedWord } from './readings.js'

/** A word as typed, and where it stands; a new sentence stands a little apart from the last. */
export type Token = TypedWord & { place: number }

/** A concept that a text speaks of: the tokens that say so, and the places from the first to the last of them. */
export type Mention = {
  language: Language
  concept: string
  entry: string
  tokens: readonly number[]
  from: number
  to: number
}

const SENTENCE_END = /[.!?…;\n]+/
const SENTENCE_GAP = 2
const WORD = /[\p{L}\p{M}\p{N}']+/gu
/** "помогитеееее" is "помогите". */
const STRETCHED = /(\p{L})\1{2,}/gu
/** "15лет", "40гр" */
const NUMBER_AND_WORD = /(\d{2})(?=\p{L})/gu

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let place = 0
  for (const sentence of text.split(SENTENCE_END)) {
    const plain = normalise(sentence).replace(NUMBER_AND_WORD, '$1 ').replace(STRETCHED, '$1')
    const words = (plain.match(WORD) ?? []).map((raw) => ({ raw, loose: looseKey(raw) })).filter(({ loose }) => loose)
    for (const word of words) tokens.push({ ...word, place: place++ })
    if (words.length) place += SENTENCE_GAP
  }
  return tokens
}

/** All that the text speaks of in the words of one language, except what the word before denies. */
export function findMentions(tokens: readonly Token[], lexicon: Lexicon): Mention[] {
  const hits = tokens.map((token) => lexicon.words.find(token))
  const found = hits.flatMap((ids, start) =>
    [...new Set(ids.flatMap((id) => lexicon.phrasesFrom.get(id) ?? []))].flatMap((phrase) => {
      const places = follow(phrase, hits, start)
      return places ? [mention(lexicon.language, phrase, places, tokens)] : []
    }),
  )
  return withoutDenied(found)
}

/** The tokens of a phrase that begins at `start`, each step at the nearest word that fits; undefined when it does not go on. */
function follow({ steps }: Phrase, hits: readonly (readonly number[])[], start: number): number[] | undefined {
  const places = [start]
  let at = start
  for (const { patterns, gap } of steps.slice(1)) {
    const next = hits.findIndex(
      (ids, index) => index > at && index <= at + 1 + gap && ids.some((id) => patterns.includes(id)),
    )
    if (next < 0) return undefined
    places.push(next)
    at = next
  }
  return places
}

function mention(language: Language, { concept, entry }: Phrase, places: number[], tokens: readonly Token[]): Mention {
  const from = tokens[places[0] ?? 0]?.place ?? 0
  const to = tokens[places.at(-1) ?? 0]?.place ?? from
  return { language, concept, entry, tokens: places, from, to }
}

/** "не бьет", "nobody beats me": denied by the word right before. A phrase that says "не" itself ("не отпускает") begins with it. */
function withoutDenied(mentions: readonly Mention[]): Mention[] {
  const denials = new Set(mentions.filter(({ concept }) => concept === 'not').flatMap(({ tokens }) => tokens))
  return mentions.filter(({ tokens: [first = 0] }) => !denials.has(first - 1))
}

/**
 * The mentions that count: without those that a phrase of danger holds whole ("не хочу жить" speaks louder than "хочу жить"), and
 * without the words of harmless phrases, in whichever language these are harmless.
 */
export function outspoken(mentions: readonly Mention[]): Mention[] {
  const danger = mentions.filter(({ concept, tokens }) => tokens.length > 1 && !CALMING.has(concept))
  const standing = mentions.filter(
    ({ concept, tokens }) =>
      !CALMING.has(concept) || !danger.some((phrase) => tokens.every((token) => phrase.tokens.includes(token))),
  )
  const harmless = new Set(standing.filter(({ concept }) => concept === 'harmless').flatMap(({ tokens }) => tokens))
  return standing.filter(({ tokens }) => !tokens.some((token) => harmless.has(token)))
}
