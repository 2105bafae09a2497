/** What a consultant does with a case: claim, answer, note, give back to the queue, close. Every act checks who may. */
import { giveBack, type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'

export type StaffMember = { id: string; alias: string; role: string }

/** How a case may end; the words stand in `desk:outcomes.*`. */
export const OUTCOMES = ['answered', 'referred', 'met', 'unreachable', 'withdrawn'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Reads the case with its row locked, so that two who act at once act one after the other. */
async function lockCase(tx: Tx, code: string): Promise<Case> {
  await tx.$queryRawUnsafe('select id from case_file where code = $1 for update', code)
  const found = await tx.case.findUnique({ where: { code } })
  if (!found) throw new UserError('noCase')
  return found
}

const mine = (found: Case, staff: StaffMember): Case => {
  if (found.state === 'closed') throw new UserError('caseClosed')
  if (found.ownerId !== staff.id) throw new UserError('notYours')
  return found
}

/**
 * Takes a case that nobody has: compare-and-set, so that of many who press at once one has it.
 * @throws UserError caseTaken (with the alias of who has it), caseClosed, noCase
 */
export async function claim(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  const { store } = house
  const id = await store.transaction(async (tx) => {
    const found = await lockCase(tx, code)
    if (found.state === 'closed') throw new UserError('caseClosed')
    if (found.ownerId === staff.id) return found.id
    if (found.ownerId) {
      const owner = await tx.staff.findUnique({ where: { id: found.ownerId } })
      throw new UserError('caseTaken', { alias: owner?.alias ?? '' })
    }
    await tx.case.update({
      where: { id: found.id },
      data: { state: 'claimed', ownerId: staff.id, claimedAt: house.clock(), revision: { increment: 1 } },
    })
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.owner = 'human'
      turn.say({ text: { key: 'desk:joined' } })
    })
    return found.id
  })
  announce(house, id)
}

/** Puts the case back into the queue; the client is told that somebody else will answer. */
export async function release(house: InsideHouse, code: string, staff: StaffMember): Promise<void> {
  const id = await house.store.transaction(async (tx) => {
    const found = mine(await lockCase(tx, code), staff)
    await tx.case.update({
      where: { id: found.id },
      data: { state: 'queued', ownerId: null, revision: { increment: 1 }, waitingSince: house.clock() },
    })
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.owner = 'queue'
      turn.say({ text: { key: 'desk:released' } })
    })
    return found.id
  })
  announce(house, id)
}

/**
 * Sends a consultant's words or file to the client. This is the only way from staff to a client.
 * @throws UserError notYours, caseClosed, emptyReply
 */
export async function reply(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  words: { text: string; fileId?: string | undefined },
): Promise<void> {
  const text = words.text.trim()
  if (!text && !words.fileId) throw new UserError('emptyReply')
  const id = await house.store.transaction(async (tx) => {
    const found = mine(await lockCase(tx, code), staff)
    const now = house.clock()
    await tx.case.update({
      where: { id: found.id },
      data: { waitingSince: null, firstReplyAt: found.firstReplyAt ?? now, revision: { increment: 1 } },
    })
    await inConversation(house, tx, found.conversationId, async (turn) => {
      turn.sayText(text, { author: 'staff', staffId: staff.id, ...(words.fileId ? { fileId: words.fileId } : {}) })
    })
    return found.id
  })
  announce(house, id)
}

/** A note stays with the case; it is another type than a message, and nothing sends it. */
export async function addNote(house: InsideHouse, code: string, staff: StaffMember, text: string): Promise<void> {
  const words = text.trim()
  if (!words) throw new UserError('emptyReply')
  const id = await house.store.transaction(async (tx) => {
    const found = await lockCase(tx, code)
    const person = await tx.person.findUnique({ where: { id: found.personId } })
    if (!person?.wrappedKey) throw new UserError('noCase')
    const body = house.store.vault.drawer(person.id, person.wrappedKey).seal('note.body', words)
    await tx.note.create({ data: { caseId: found.id, staffId: staff.id, body, at: house.clock() } })
    return found.id
  })
  announce(house, id)
}

/** Ends a case: the client may rate it, and the bot goes on at the question where it had left. */
export async function close(house: InsideHouse, code: string, staff: StaffMember, outcome: Outcome): Promise<void> {
  const id = await house.store.transaction(async (tx) => {
    const found = mine(await lockCase(tx, code), staff)
    await endCase(house, tx, found, outcome)
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
    return found.id
  })
  announce(house, id)
}

/** The case's own end, whoever ends it. */
export async function endCase(house: Pick<InsideHouse, 'clock'>, tx: Tx, found: Pick<Case, 'id'>, outcome: Outcome) {
  await tx.case.update({
    where: { id: found.id },
    data: {
      state: 'closed',
      outcome,
      closedAt: house.clock(),
      waitingSince: null,
      revision: { increment: 1 },
    },
  })
}

const announce = (house: InsideHouse, caseId: string) => {
  house.store.signals.emit('outbox')
  house.store.signals.emit('case', caseId)
}
