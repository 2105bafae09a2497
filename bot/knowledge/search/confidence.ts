import type { Lexicon } from './lexicon.js'
import { type Rank, strengthOf, type Weights, weightOf } from './rank.js'
import type { Slot } from './read.js'

/** The least share of a question that an article must be about to answer it. */
const ENOUGH = 0.5
/** The least score of an answer: it covers every word of "документы", and yet is no answer to it. */
const LEAST_SCORE = 0.3
/** A question about something outside the knowledge wants an article about just that, not one that mentions it. */
const IN_PASSING = 0.5

/** Whether a human should answer, because even the best article is about something else. */
export function isUnanswered(slots: Slot[], best: Rank | undefined, weights: Weights, lexicon: Lexicon): boolean {
  if (!best || best.score < LEAST_SCORE) return true
  let total = 0
  let covered = 0
  for (const slot of slots) {
    const weight = weightOf(slot, weights)
    const strength = strengthOf(slot, best.document.strength, lexicon)
    const outside = slot.terms.size > 0 && [...slot.terms.keys()].every((term) => lexicon.concepts.get(term)?.outside)
    if (outside && strength <= IN_PASSING) return true
    total += weight
    covered += weight * strength
  }
  return covered < total * ENOUGH
}
