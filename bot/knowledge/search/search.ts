import type { Country } from '../../text/countries.js'
import type { Language } from '../../text/languages.js'
import type { Article, Contact } from '../article.js'
import { ENOUGH_FOR_ANSWER, ENOUGH_FOR_CONTACT, isAnswered } from './confidence.js'
import { articleDocument, contactDocument, type Document } from './document.js'
import { type Lexicon, readLexicon } from './lexicon.js'
import { type Rank, rank, weightsOf } from './rank.js'
import { readSlots, type Slot, type Spelling } from './read.js'
import { knownKeys } from './words.js'

/** Everything but `limit` is what the conversation knows; places that the question itself names go before it. */
export type SearchOptions = {
  country?: Country | undefined
  city?: string | undefined
  topic?: string | undefined
  language?: Language | undefined
  limit?: number | undefined
}

/** `score` is between 0 and about 1. */
export type SearchResult = { id: string; facts: string[]; score: number }

/** `contacts` are the ids of those that were asked for by name; `escalate`: nothing here answers this, a human should. */
export type Found = { results: SearchResult[]; contacts: string[]; escalate: boolean }

export type Search = (question: string, options?: SearchOptions) => Found

const RESULTS = 3
/** More letters than anybody's question has; the rest is not read. */
const LONGEST_QUESTION = 1000
/** An article with less than this, or with less than this share of the best one's score, is not even a third answer. */
const LOWEST_SCORE = 0.08
const LOWEST_SHARE = 0.35

/**
 * Builds the index in memory and returns the search. It is pure: the same question has the same answer. It never throws.
 */
export function createSearch(articles: Article[], contacts: Contact[] = [], lexicon: Lexicon = readLexicon()): Search {
  const documents = articles.map((article) => articleDocument(article, lexicon))
  const places = contacts.map((contact) => contactDocument(contact, lexicon))
  const facts = new Map(articles.map((article) => [article.id, article.facts]))
  const weights = weightsOf(documents, lexicon)
  const spelling = spellingOf([...documents, ...places], lexicon)

  return (question, { limit = RESULTS, language, ...setting } = {}) => {
    const slots = readSlots(question.slice(0, LONGEST_QUESTION), lexicon, spelling, language)
    const ranks = rank(slots, setting, documents, weights, lexicon)
    const answered = (best: Rank | undefined, enough: number) => isAnswered(slots, best, weights, lexicon, enough)
    const meant = rank(slots, setting, places, weights, lexicon).filter(
      (contact) => contact.score >= (ranks[0]?.score ?? 0) * LOWEST_SHARE && isNamed(slots, contact),
    )
    return {
      results: best(ranks, limit).map(({ document: { id }, score }) => ({
        id,
        facts: facts.get(id) ?? [],
        score: round(score),
      })),
      contacts: best(meant, limit).map(({ document: { id } }) => id),
      escalate: !answered(ranks[0], ENOUGH_FOR_ANSWER) && !answered(meant[0], ENOUGH_FOR_CONTACT),
    }
  }
}

function best(ranks: Rank[], limit: number): Rank[] {
  const lowest = Math.max(LOWEST_SCORE, LOWEST_SHARE * (ranks[0]?.score ?? 0))
  // another country's rule beside one of their own would only confuse people
  const wanted = ranks[0]?.here ? ranks.filter(({ here }) => here) : ranks
  return wanted.slice(0, limit).filter(({ score }) => score >= lowest)
}

/** A word that no lexicon has ("Родник", "Темиртау") is a name. */
const isNamed = (slots: Slot[], { document }: Rank) =>
  slots.some(({ terms }) => [...terms.keys()].some((term) => term.startsWith('word:') && document.strength.has(term)))

const round = (score: number) => Math.round(score * 1000) / 1000

function spellingOf(documents: Document[], lexicon: Lexicon): Spelling {
  const terms = documents.flatMap((document) => [...document.strength.keys()])
  const words = new Set(terms.filter((term) => term.startsWith('word:')))
  return {
    words,
    lexicon: knownKeys(lexicon.words.keys()),
    articles: knownKeys([...words].map((term) => term.slice('word:'.length))),
  }
}
