import type { Country } from '../../text/countries.js'
import type { Language } from '../../text/languages.js'
import type { Article, Contact } from '../article.js'
import { isUnanswered } from './confidence.js'
import { documentOf } from './document.js'
import { type Lexicon, readLexicon } from './lexicon.js'
import { rank, weightsOf } from './rank.js'
import { readSlots, type Spelling } from './read.js'
import { knownKeys } from './words.js'

/** Everything but `limit` is what the conversation knows; the question itself goes before it. */
export type SearchOptions = {
  country?: Country | undefined
  city?: string | undefined
  topic?: string | undefined
  language?: Language | undefined
  limit?: number | undefined
}

export type SearchResult = { id: string; facts: string[]; score: number }

/** `escalate`: no article answers this well, a human should. */
export type Found = { results: SearchResult[]; escalate: boolean }

export type Search = (question: string, options?: SearchOptions) => Found

const RESULTS = 3
/** More letters than anybody's question has; the rest is not read. */
const LONGEST_QUESTION = 1000
/** An article that shares less than this with the question is not an answer, not even the third. */
const LOWEST_SCORE = 0.08

/**
 * Builds the index in memory (about a quarter of a second for 150 articles in eight languages) and returns the search. It is
 * pure: the same question has the same answer. It never throws.
 */
export function createSearch(articles: Article[], _contacts: Contact[] = [], lexicon: Lexicon = readLexicon()): Search {
  const documents = articles.map((article) => documentOf(article, lexicon))
  const weights = weightsOf(documents, lexicon)
  const spelling = spellingOf(
    documents.map((document) => document.strength),
    lexicon,
  )

  return (question, { limit = RESULTS, language, ...setting } = {}) => {
    const slots = readSlots(question.slice(0, LONGEST_QUESTION), lexicon, spelling, language)
    const ranks = rank(slots, setting, documents, weights, lexicon)
    const results = ranks
      .slice(0, limit)
      .filter(({ score }) => score >= LOWEST_SCORE)
      .map(({ document: { article }, score }) => ({
        id: article.id,
        facts: article.facts,
        score: Math.round(score * 1000) / 1000,
      }))
    return { results, escalate: isUnanswered(slots, ranks[0], weights, lexicon) }
  }
}

export function spellingOf(strengths: ReadonlyMap<string, number>[], lexicon: Lexicon): Spelling {
  const words = new Set(
    strengths.flatMap((strength) => [...strength.keys()]).filter((term) => term.startsWith('word:')),
  )
  return {
    words,
    lexicon: knownKeys(lexicon.words.keys()),
    articles: knownKeys([...words].map((term) => term.slice('word:'.length))),
  }
}
