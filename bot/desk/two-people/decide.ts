/** The second of two people: agrees or refuses. Never whoever asked. */
import type { InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Approval } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { may, permit, type StaffMember } from '../access.js'
import { audit } from '../audit.js'
import { tell } from '../tell.js'
import { liftBreach } from './breach.js'
import { decidersOf } from './deciders.js'
import { mustNotBeFrozen } from './frozen.js'
import { APPROVAL_LIVES_MS, kindOf } from './kinds.js'
import { changeLifetime } from './lifetimes.js'

/** What is done at once when two people agree; the rest the asker does. */
async function carryOut(house: InsideHouse, tx: Tx, staff: StaffMember, { kind, object }: Approval): Promise<void> {
  if (kind === 'lifetimes') await changeLifetime(house, tx, staff, object)
  if (kind === 'unfreeze') await liftBreach(house, tx, staff, object)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The row under a lock: two who decide at once decide one after the other. */
export async function lockApproval(tx: Tx, id: string): Promise<Approval | null> {
  if (!UUID.test(id)) return null
  await sqlOf(tx)('select id from approval where id = $1::uuid for update', [id])
  return tx.approval.findUnique({ where: { id } })
}

/** @throws UserError notAllowed, ownRequest, approvalOver, frozen */
export async function decide(house: InsideHouse, staff: StaffMember, id: string, verdict: 'approve' | 'refuse') {
  permit(staff, 'approval.decide')
  const { store } = house
  await store.transaction(async (tx) => {
    const now = house.clock()
    const found = await lockApproval(tx, id)
    if (!found) throw new UserError('approvalOver')
    if (found.askedById === staff.id) throw new UserError('ownRequest')
    if (found.state !== 'asked' || found.expiresAt <= now) throw new UserError('approvalOver')
    const deciders = await decidersOf(tx, found.askedById, found.caseId ?? undefined)
    if (!deciders.some((each) => each.id === staff.id)) throw new UserError('approvalOver')
    const kind = kindOf(found.kind)
    const asker = await tx.staff.findUnique({ where: { id: found.askedById } })
    // Somebody who left, or may not ask any more, gets nothing on the word of before.
    if (verdict === 'approve' && (!asker || asker.disabledAt || !may(asker, kind.ask)))
      throw new UserError('approvalOver')
    if (verdict === 'approve' && kind.freezes) await mustNotBeFrozen(sqlOf(tx))
    await tx.approval.update({
      where: { id },
      data: {
        decidedById: staff.id,
        decidedAt: now,
        ...(verdict === 'refuse'
          ? { state: 'refused', expiresAt: now }
          : kind.atOnce
            ? { state: 'used', usedAt: now, expiresAt: now }
            : { state: 'approved', expiresAt: new Date(now.getTime() + APPROVAL_LIVES_MS) }),
      },
    })
    const values = { alias: staff.alias, object: found.object }
    if (asker)
      await tell(house, tx, asker, `tell.${verdict === 'approve' ? 'approved' : 'refused'}.${found.kind}`, values)
    if (verdict === 'approve') await carryOut(house, tx, staff, found)
    const object = `${found.kind} ${found.object}`
    await audit(tx, store.vault, { staffId: staff.id, action: `approval.${verdict}`, object, at: now })
  })
  store.signals.emit('outbox')
  store.signals.emit('case')
}
