/**
 * A call back (S07): the client is asked by a button, the number is kept apart and sealed, only the claimer sees it, each look is in the
 * audit, and after the call it is gone.
 */
import { type InsideHouse, inConversation } from '../conversation/inside.js'
import { think } from '../conversation/think.js'
import { UserError } from '../errors.js'
import type { Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'

/**
 * Asks the client whether somebody may call, and on which number. False when that was asked already.
 * @throws UserError noPhoneOfChildren (S42), caseClosed, notClaimed, caseTaken
 */
export async function askForCall(house: InsideHouse, code: string, staff: StaffMember): Promise<boolean> {
  return act(house, { code, staff, action: 'case.call' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    if (found.minor) throw new UserError('noPhoneOfChildren')
    if ((await tx.call.count({ where: { caseId: found.id, state: { in: ['asked', 'given'] } } })) > 0) return false
    await tx.call.create({ data: { caseId: found.id, askedById: staff.id, at: house.clock() } })
    await inConversation(house, tx, found.conversationId, (turn) =>
      think(turn, house.mind, { kind: 'interrupt', flow: 'callback' }, tx, 'aside'),
    )
    return true
  })
}

/** What the client said to it: a number, or null for "please do not call". */
export async function clientNumber(tx: Tx, caseId: string, phone: Uint8Array<ArrayBuffer> | null): Promise<boolean> {
  const { count } = await tx.call.updateMany({
    where: { caseId, state: 'asked' },
    data: phone ? { state: 'given', phone } : { state: 'refused' },
  })
  return count > 0
}

/**
 * The number, for whoever has the case. Leaves a row in the audit each time.
 * @throws UserError noNumber, notClaimed, caseTaken
 */
export async function showNumber(house: InsideHouse, code: string, staff: StaffMember): Promise<string> {
  let phone = ''
  await act(house, { code, staff, action: 'case.call', recordedAs: 'phone.shown' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    const call = await tx.call.findFirst({ where: { caseId: found.id, state: 'given' }, orderBy: { id: 'desc' } })
    const person = await tx.person.findUnique({ where: { id: found.personId } })
    if (!call?.phone || !person?.wrappedKey) throw new UserError('noNumber')
    phone = house.store.vault.drawer(person.id, person.wrappedKey).openText('call.phone', call.phone)
    return true
  })
  return phone
}

/** The call was made: the number is forgotten. */
export async function called(house: InsideHouse, code: string, staff: StaffMember): Promise<boolean> {
  return act(house, { code, staff, action: 'case.call' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    const { count } = await tx.call.updateMany({
      where: { caseId: found.id, state: 'given' },
      data: { state: 'called', phone: null, calledAt: house.clock() },
    })
    return count > 0
  })
}
