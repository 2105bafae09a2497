/** Which case is next for somebody who asks for one. */
import type { CaseFacts, Colleague } from './facts.js'
import { type CentreOfCase, mayTake } from './may-take.js'
import { byRanks } from './order.js'

export type WaitingCase = {
  id: string
  facts: CaseFacts
  /** The case's own; undefined when it has none yet. */
  centre: CentreOfCase | undefined
  urgent: boolean
  /** Epoch ms at which its goal is missed; undefined when it has none. */
  dueAt?: number | null | undefined
  /** Epoch ms. */
  waitingSince: number
}

/** After so many cries for help in a row somebody gets an ordinary case, if others are there for the cries. */
export const URGENT_IN_A_ROW_MAX = 2

export type Pace = {
  /** How many urgent ones this colleague took one after the other. */
  urgentInARow: number
  max?: number | undefined
  /** Whether somebody else who is there could take this case. */
  others: (waiting: WaitingCase) => boolean
}

/**
 * The cases that this colleague may take, the next one first: danger, missed goals, clients they know, then who waits longest. An urgent
 * case that is somebody else's turn comes last: with nothing else to do they may still take it.
 */
export function fittingNext<T extends WaitingCase>(
  cases: readonly T[],
  colleague: Colleague,
  now: number,
  pace?: Pace,
): T[] {
  const fitting = cases.filter(({ facts, centre }) => mayTake(colleague, facts, centre))
  const tired = pace !== undefined && pace.urgentInARow >= (pace.max ?? URGENT_IN_A_ROW_MAX)
  return byRanks(fitting, (waiting) => [
    tired && waiting.urgent && pace.others(waiting),
    !waiting.urgent,
    !(typeof waiting.dueAt === 'number' && waiting.dueAt <= now),
    waiting.facts.preferred !== colleague.id,
    waiting.waitingSince,
    waiting.id,
  ])
}
