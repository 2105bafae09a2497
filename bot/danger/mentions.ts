import { looseKey, normalise } from '../text/scripts.js'
import type { Lexicon, Phrase } from './lexicon.js'
import type { TypedWord } from './word-index.js'

/** A word as typed, and where it stands; a new sentence stands a little apart from the last. */
export type Token = TypedWord & { place: number }

/** A concept that a text speaks of: the tokens that say so, and the places from the first to the last of them. */
export type Mention = { concept: string; tokens: readonly number[]; from: number; to: number }

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
      return places ? [mention(phrase.concept, places, tokens)] : []
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

function mention(concept: string, places: readonly number[], tokens: readonly Token[]): Mention {
  const from = tokens[places[0] ?? 0]?.place ?? 0
  const to = tokens[places.at(-1) ?? 0]?.place ?? from
  return { concept, tokens: places, from, to }
}

/** "не бьет", "nobody beats me": denied by the word right before. A phrase that says "не" itself ("не отпускает") begins with it. */
function withoutDenied(mentions: readonly Mention[]): Mention[] {
  const denials = new Set(mentions.filter(({ concept }) => concept === 'not').flatMap(({ tokens }) => tokens))
  return mentions.filter(({ tokens: [first = 0] }) => !denials.has(first - 1))
}

/**
 * The tokens of harmless phrases, which are not to be read in any language. A phrase of danger that holds all of a harmless one
 * speaks louder ("не хочу жить" than "хочу жить").
 */
export function harmlessTokens(mentions: readonly Mention[]): Set<number> {
  const loud = mentions.filter(({ concept }) => concept !== 'harmless')
  const harmless = mentions.filter(({ concept }) => concept === 'harmless')
  const standing = harmless.filter(
    ({ tokens }) => !loud.some((other) => tokens.every((token) => other.tokens.includes(token))),
  )
  return new Set(standing.flatMap(({ tokens }) => tokens))
}
