/** A contact card or a place that the client shared: masked until whoever has the case asks to see it, and each look is recorded (S07). */
import type { InsideHouse } from '../conversation/inside.js'
import type { Body } from '../conversation/render.js'
import { UserError } from '../errors.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'

export type Shared = { id: number; what: NonNullable<Body['shared']>; value: string }

/** @throws UserError nothingShared, notClaimed, caseTaken, noCase */
export async function showShared(
  house: InsideHouse,
  code: string,
  staff: StaffMember,
  messageId: string,
): Promise<Shared> {
  let shown: Shared | undefined
  await act(house, { code, staff, action: 'case.call', recordedAs: 'shared.shown' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    const id = /^\d{1,18}$/.test(messageId) ? BigInt(messageId) : undefined
    const message = id === undefined ? null : await tx.message.findFirst({ where: { id, caseId: found.id } })
    const person = await tx.person.findUnique({ where: { id: found.personId } })
    if (!message?.body || !person?.wrappedKey) throw new UserError('nothingShared')
    const drawer = house.store.vault.drawer(person.id, person.wrappedKey)
    const { shared, value } = drawer.openJson<Body>('message.body', message.body)
    if (!shared || !value) throw new UserError('nothingShared')
    shown = { id: Number(message.id), what: shared, value }
    return true
  })
  if (!shown) throw new UserError('nothingShared')
  return shown
}
