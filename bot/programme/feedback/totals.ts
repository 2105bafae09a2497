/**
 * Sums of answers. Only those of every full five are shown: whoever looked before and after one more answer came would read it off the
 * difference.
 */
import { FEWEST } from '../../desk/house/figures.js'
import { type Answers, CHOICES, type Choice, QUESTIONS, type Question } from './questions.js'

export type Sums = Record<Question, Record<Choice, number>>
export type Shown = { answers: number; sums: Sums }
export type Totals = { sums: Sums; shown: Shown | null }

const over = (value: (question: Question, choice: Choice) => number): Sums =>
  Object.fromEntries(
    QUESTIONS.map((question) => [
      question,
      Object.fromEntries(CHOICES.map((choice) => [choice, value(question, choice)])),
    ]),
  ) as Sums

export const noTotals = (): Totals => ({ sums: over(() => 0), shown: null })

/** One more answer; `answers` counts it already. */
export function withAnswer({ sums, shown }: Totals, given: Answers, answers: number): Totals {
  const next = over((question, choice) => sums[question][choice] + (given[question] === choice ? 1 : 0))
  return { sums: next, shown: answers % FEWEST === 0 ? { answers, sums: next } : shown }
}

/** Several together; null when there is none. */
export function together(all: readonly (Shown | null)[]): Shown | null {
  const parts = all.filter((each) => each !== null)
  if (parts.length === 0) return null
  return {
    answers: parts.reduce((n, { answers }) => n + answers, 0),
    sums: over((question, choice) => parts.reduce((n, { sums }) => n + sums[question][choice], 0)),
  }
}

export type Counted = { answers: number; shown: Shown | null }

/**
 * What is shown of a group beside its workers: never so much that what is left, when the shown workers are taken away from it, is of
 * fewer than five answers, or of workers who have fewer than five together. Then it is the shown workers' alone.
 */
export function ofGroup(group: Counted, workers: readonly Counted[]): Shown | null {
  const told = workers.filter(({ shown }) => shown !== null)
  const theirs = together(told.map(({ shown }) => shown))
  const rest = (group.shown?.answers ?? 0) - (theirs?.answers ?? 0)
  const hidden = group.answers - told.reduce((n, { answers }) => n + answers, 0)
  return rest >= FEWEST && (hidden === 0 || hidden >= FEWEST) ? group.shown : theirs
}
