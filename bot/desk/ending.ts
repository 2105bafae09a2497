/** How a case ends, whoever ends it. */
import type { Turn } from '../conversation/turn.js'
import { LIFETIMES } from '../store/lifetimes.js'
import type { Signals } from '../store/signals.js'
import type { Tx } from '../store/store.js'
import { timedOf } from './centres.js'
import { filterOf, NOBODY_WAITS } from './goals-of-case.js'
import { isOpen } from './hours/opening.js'

/** The words stand in `console:outcomes.*`. `withdrawn` is the client's own; `merged` goes on in another case (`merge.ts`). */
export const OUTCOMES = ['answered', 'referred', 'met', 'unreachable', 'withdrawn', 'merged'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Those that a consultant can choose. */
export const STAFF_OUTCOMES = OUTCOMES.filter((each) => each !== 'withdrawn' && each !== 'merged')

/** How the help was given, for statistics; the words stand in `console:contact.*`. */
export const CONTACT_KINDS = ['chat', 'phone', 'meeting', 'outreach', 'mobile'] as const
export type ContactKind = (typeof CONTACT_KINDS)[number]

export const isContactKind = (value: unknown): value is ContactKind => CONTACT_KINDS.some((each) => each === value)

export const isStaffOutcome = (value: unknown): value is Outcome => STAFF_OUTCOMES.some((each) => each === value)

/** Nothing happens to a case that is closed already. What it was is counted without it (S12). Its places on the messengers are taken away after a day (S14). */
export async function endCase(
  tx: Tx,
  caseId: string,
  outcome: Outcome,
  now: Date,
  contactKind?: ContactKind,
): Promise<void> {
  const { count } = await tx.case.updateMany({
    where: { id: caseId, state: { not: 'closed' } },
    data: {
      state: 'closed',
      outcome,
      contactKind: contactKind ?? null,
      closedAt: now,
      ...NOBODY_WAITS,
      rungAt: null,
      revision: { increment: 1 },
    },
  })
  if (count === 0) return
  // What goes on in another case is counted when that one ends, or one person would be answered twice.
  if (outcome !== 'merged') await countEngagement(tx, caseId, now)
  await tx.offer.updateMany({
    where: { caseId, state: { in: ['asked', 'offered'] } },
    data: { state: 'withdrawn', endedAt: now },
  })
  await tx.place.updateMany({
    where: { caseId },
    data: { endsAt: new Date(now.getTime() + LIFETIMES.place.ms), menu: null },
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

/** One row for the figures: no case, no person, no word, and the day instead of the time. */
async function countEngagement(tx: Tx, caseId: string, now: Date): Promise<void> {
  const found = await tx.case.findUniqueOrThrow({ where: { id: caseId }, include: { centre: true } })
  const conversation = await tx.conversation.findUnique({
    where: { id: found.conversationId },
    include: { address: true },
  })
  const { hours, zone } = timedOf(found.centre)
  await tx.engagement.create({
    data: {
      day: new Date(now.toISOString().slice(0, 10)),
      country: found.country,
      centreId: found.centreId,
      topic: found.topic,
      language: found.language,
      channel: conversation?.address.channel ?? 'web',
      urgency: found.urgency,
      inHours: isOpen(hours, zone, found.openedAt.getTime(), filterOf(found)),
      firstReplyS: found.firstReplyAt
        ? Math.round((found.firstReplyAt.getTime() - found.openedAt.getTime()) / 1000)
        : null,
      outcome: found.outcome ?? 'answered',
      contactKind: found.contactKind,
    },
  })
}
