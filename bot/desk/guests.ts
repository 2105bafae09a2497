/** A second consultant in a case: reads, notes and answers, while the owner keeps it. */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case, Staff } from '../store/generated/client.js'
import type { Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'
import { STRICT_NEEDS } from './targets.js'
import { tell } from './tell.js'

/**
 * Invites a colleague of the same centre; another centre takes a case over, with the client's word, or not at all (S04). The client is
 * told when a second person joins, not of each further one. False when they are there already.
 * @throws UserError notClaimed, caseTaken, caseClosed, noTarget, notTrained
 */
export async function inviteGuest(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  guestId: string,
): Promise<boolean> {
  return act(house, { code, staff, action: 'case.invite' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    const guest = await guestFor(tx, found, guestId)
    const before = await tx.guest.findMany({ where: { caseId: found.id } })
    if (before.some(({ staffId }) => staffId === guest.id)) return false
    await tx.guest.create({ data: { caseId: found.id, staffId: guest.id, at: house.clock() } })
    await touch(tx, found.id)
    await tell(house, tx, guest, 'tell.guest', { code })
    if (before.length === 0)
      await inConversation(house, tx, found.conversationId, async (turn) =>
        turn.say({ text: { key: 'desk:secondJoined' } }),
      )
    return true
  })
}

/**
 * Ends it: the owner sends a guest away, or the guest goes.
 * @throws UserError notClaimed, caseTaken, caseClosed
 */
export async function dismissGuest(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  guestId: string,
): Promise<boolean> {
  return act(house, { code, staff, action: 'case.invite' }, async (found, tx) => {
    if (guestId !== staff.id) await mustOwn(tx, found, staff)
    if (!UUID.test(guestId)) return false
    const { count } = await tx.guest.deleteMany({ where: { caseId: found.id, staffId: guestId } })
    if (count > 0) await touch(tx, found.id)
    return count > 0
  })
}

const UUID = /^[0-9a-f-]{36}$/

async function guestFor(tx: Tx, found: Case, id: string): Promise<Staff> {
  const guest = UUID.test(id) ? await tx.staff.findUnique({ where: { id } }) : null
  const works = guest && !guest.disabledAt && ['consultant', 'supervisor'].includes(guest.role)
  const here = guest?.centreId === null || guest?.centreId === found.centreId
  if (!works || !here || guest.id === found.ownerId || found.avoid.includes(guest.id)) throw new UserError('noTarget')
  if (STRICT_NEEDS.includes(found.need) && !guest.skills.includes(found.need)) throw new UserError('notTrained')
  return guest
}

const touch = (tx: Tx, id: string) => tx.case.update({ where: { id }, data: { revision: { increment: 1 } } })
