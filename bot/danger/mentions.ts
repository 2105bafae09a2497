import { looseWords } from '../text/scripts.js'
import type { Lexicon, Phrase } from './lexicon.js'

/** A word as typed, in its loose form, and where it stands; a new sentence stands a little apart from the last. */
export type Token = { word: string; place: number }

/** A concept that a text speaks of: the tokens that say so, and the places from the first to the last of them. */
export type Mention = { concept: string; tokens: readonly number[]; from: number; to: number }

const SENTENCE_END = /[.!?…;\n]+/
const SENTENCE_GAP = 2
/** "помогитеееее" is "помогите". */
const STRETCHED = /(\p{L})\1{2,}/gu
/** "15лет", "40гр" */
const NUMBER_AND_WORD = /(\d{2})(?=\p{L})/gu

export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let place = 0
  for (const sentence of text.split(SENTENCE_END)) {
    const words = looseWords(sentence.replace(NUMBER_AND_WORD, '$1 ').replace(STRETCHED, '$1'))
    for (const word of words) tokens.push({ word, place: place++ })
    if (words.length) place += SENTENCE_GAP
  }
  return tokens
}

/** What the text speaks of in the words of one language, without what is denied and what is a harmless phrase. */
export function findMentions(tokens: readonly Token[], lexicon: Lexicon): Mention[] {
  const hits = tokens.map(({ word }) => lexicon.words.find(word))
  const found = hits.flatMap((ids, start) =>
    [...new Set(ids.flatMap((id) => lexicon.phrasesFrom.get(id) ?? []))].flatMap((phrase) => {
      const places = follow(phrase, hits, start)
      return places ? [mention(phrase.concept, places, tokens)] : []
    }),
  )
  return withoutDenied(withoutHarmless(found))
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

/** A longer phrase of danger wins over a harmless one within it ("не хочу жить" over "хочу жить"). */
function withoutHarmless(mentions: readonly Mention[]): Mention[] {
  const [harmless, rest] = [mentions.filter(isHarmless), mentions.filter((mention) => !isHarmless(mention))]
  const standing = harmless.filter((calm) => !rest.some((other) => covers(other, calm)))
  const silent = new Set(standing.flatMap(({ tokens }) => tokens))
  return rest.filter(({ tokens }) => !tokens.some((token) => silent.has(token)))
}

const isHarmless = ({ concept }: Mention) => concept === 'harmless'
const covers = (one: Mention, other: Mention) =>
  one.tokens.length > other.tokens.length && other.tokens.every((token) => one.tokens.includes(token))

/** "не бьет", "nobody beats me": the word right before denies a single word; a phrase has its own "не" inside. */
function withoutDenied(mentions: readonly Mention[]): Mention[] {
  const denials = new Set(mentions.filter(({ concept }) => concept === 'not').flatMap(({ tokens }) => tokens))
  return mentions.filter(
    ({ concept, tokens: [first = 0, ...more] }) => concept === 'not' || more.length || !denials.has(first - 1),
  )
}
