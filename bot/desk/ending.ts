/** How a case ends, whoever ends it. */
import type { Turn } from '../conversation/turn.js'
import type { Signals } from '../store/signals.js'
import type { Tx } from '../store/store.js'

/** The words stand in `console:outcomes.*`. `withdrawn` is the client's own. */
export const OUTCOMES = ['answered', 'referred', 'met', 'unreachable', 'withdrawn'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const isOutcome = (value: unknown): value is Outcome => OUTCOMES.some((each) => each === value)

/** Nothing happens to a case that is closed already. */
export async function endCase(tx: Tx, caseId: string, outcome: Outcome, now: Date): Promise<void> {
  await tx.case.updateMany({
    where: { id: caseId, state: { not: 'closed' } },
    data: { state: 'closed', outcome, closedAt: now, waitingSince: null, revision: { increment: 1 } },
  })
}

/** The client wants no human any more: their case ends, and the conversation is the bot's again. */
export async function withdrawCase(turn: Turn, tx: Tx, signals: Signals): Promise<void> {
  const { caseId } = turn
  if (caseId) {
    await endCase(tx, caseId, 'withdrawn', turn.now)
    turn.afterwards.push(() => signals.emit('case', caseId))
  }
  turn.owner = 'bot'
  turn.caseId = null
}
