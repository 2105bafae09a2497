/**
 * What a consultant does with a case that they have: note, give back to the queue, close. Each act checks who may, is one
 * transaction with the client's conversation, and leaves a row in the audit.
 */
import { giveBack, type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import { may, type StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'
import { type ContactKind, endCase, type Outcome } from './ending.js'
import { firstTime } from './once.js'
import type { Linked } from './replies.js'
import { cleanWords } from './words.js'

/** Puts the case back into the queue, in the place of its waiting time; the client is told that somebody else will answer. */
export async function release(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  await act(house, { code, staff, action: 'case.release' }, async (found, tx) => {
    if (found.state === 'queued') return false
    const others = found.state === 'claimed' && may(staff, 'case.releaseOthers')
    if (!others) await mustOwn(tx, found, staff)
    await backToQueue(house, tx, found)
    return true
  })
}

/** Inside an open transaction that holds the case: nobody has it any more, and what was offered of it is not. */
export async function backToQueue(house: InsideHouse, tx: Tx, found: Case): Promise<void> {
  const now = house.clock()
  await tx.case.update({
    where: { id: found.id },
    data: {
      state: 'queued',
      ownerId: null,
      revision: { increment: 1 },
      waitingSince: found.waitingSince ?? now,
      ...(found.urgency === 'urgent' ? { rungAt: now, urgentAt: now, rungsDone: [] } : {}),
    },
  })
  await withdrawOffers(tx, found.id, now)
  await inConversation(house, tx, found.conversationId, async (turn) => {
    turn.owner = 'queue'
    turn.say({ text: { key: 'desk:released' } })
  })
}

/** What was offered of a case is not any more. */
export const withdrawOffers = (tx: Tx, caseId: string, now: Date) =>
  tx.offer.updateMany({
    where: { caseId, state: { in: ['asked', 'offered'] } },
    data: { state: 'withdrawn', endedAt: now },
  })

/**
 * A note stays with the case; it is another type than a message, and nothing sends it. False when this request was carried out before.
 * @throws UserError emptyNote, tooLong, badRequest
 */
export async function addNote(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  note: { text: string; requestId: string },
  linked?: Linked,
): Promise<boolean> {
  const words = cleanWords(note.text)
  return act(house, { code, staff, action: 'case.note' }, async (found, tx) => {
    if (!(await firstTime(tx, staff, note.requestId, house.clock()))) return false
    if (!words) throw new UserError('emptyNote')
    const person = await tx.person.findUnique({ where: { id: found.personId } })
    if (!person?.wrappedKey) throw new UserError('noCase')
    const body = house.store.vault.drawer(person.id, person.wrappedKey).seal('note.body', words)
    const { id } = await tx.note.create({ data: { caseId: found.id, staffId: staff.id, body, at: house.clock() } })
    await linked?.(tx, String(id))
    return true
  })
}

/** Ends a case: the client may rate it, and the bot goes on at the question where it had left. */
export async function close(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  outcome: Outcome,
  contactKind?: ContactKind,
): Promise<void> {
  await act(house, { code, staff, action: 'case.close' }, async (found, tx) => {
    // A second click on the same button.
    if (found.state === 'closed' && found.ownerId === staff.id && found.outcome === outcome) return false
    await mustOwn(tx, found, staff)
    await endCase(tx, found.id, outcome, house.clock(), contactKind)
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.say({
        text: { key: 'desk:closed' },
        buttons: [1, 2, 3, 4, 5].map((stars) => ({
          data: `go:rate:${found.code}.${stars}`,
          label: '★'.repeat(stars),
        })),
      })
      await giveBack(house, tx, turn)
    })
    return true
  })
}
