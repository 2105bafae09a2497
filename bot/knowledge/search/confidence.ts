/** The search itself: pure, in memory, from words to ranked answers. This file says whether the best of them is one. */
import type { Lexicon } from './lexicon.js'
import { type Rank, strengthOf, type Weights, weightOf } from './rank.js'
import type { Slot } from './read.js'

/** The least share of a question that an article, or a contact, must be about to answer it. */
export const ENOUGH_FOR_ANSWER = 0.5
export const ENOUGH_FOR_CONTACT = 0.6
/** The least score of an answer: an article may cover every word of "документы", and yet is no answer to it. */
const LEAST_SCORE = 0.27
/** In Dushanbe people ask about the patent and mean Russia: another country's article must fit almost word for word. */
const LEAST_SCORE_ELSEWHERE = 0.42
/** People tell a story around their question: unknown words together count no more than this. */
const UNKNOWN_AT_MOST = 0.8
/** Words lighter than this ("where", "how much") do not make a subject. */
const LIGHT = 0.3
/** How much of a subject a question with unknown words must share with the article; a town and "where is" are none. */
const LEAST_SUBJECT = 0.35

/** Whether the best document answers the question; otherwise it is only the least unlike it. */
export function isAnswered(
  slots: Slot[],
  best: Rank | undefined,
  weights: Weights,
  lexicon: Lexicon,
  enough: number,
): boolean {
  if (!best || best.score < (best.here ? LEAST_SCORE : LEAST_SCORE_ELSEWHERE)) return false
  let known = 0
  let unknown = 0
  let covered = 0
  let subject = 0
  for (const slot of slots) {
    const weight = weightOf(slot, weights)
    const strength = strengthOf(slot, best.document.strength, lexicon)
    const terms = [...slot.terms.keys()]
    if (terms.length === 0) unknown += weight
    else known += weight
    covered += weight * strength
    if (weight > LIGHT && !terms.some(isPlace)) subject += weight * strength
  }
  if (unknown > 0 && subject < LEAST_SUBJECT) return false
  return covered >= (known + Math.min(unknown, UNKNOWN_AT_MOST)) * enough
}

const isPlace = (term: string) => /^(in|from|city):/.test(term)
