/** One act of staff on one case: allowed, locked, seen, recorded, and told to whoever watches. */
import { ConversationGone, type InsideHouse } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { Case } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import { type DeskAction, permit, type StaffMember } from './access.js'
import { type Audited, audit } from './audit.js'
import { lockCase } from './case-lock.js'
import { mustSee } from './visible.js'

export type Act = {
  code: string
  staff: StaffMember
  /** What must be allowed. */
  action: DeskAction & Audited
  /** What the audit calls it, when that tells more. */
  recordedAs?: Audited
  /** The code of a second case that the work changes; whether it may be seen is for the work to ask. */
  beside?: string
}

/**
 * One act on one case, in one transaction with the client’s conversation. `work` returns false when there was nothing to do; then nothing
 * is recorded and nobody is woken, and so is what comes back.
 * @throws UserError notAllowed, noCase, and what `work` throws
 */
export async function act(
  house: InsideHouse,
  what: Act,
  work: (found: Case, tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  permit(what.staff, what.action)
  const changed = await house.store
    .transaction((tx) => actWithin(house, tx, what, work))
    .catch((error: unknown) => {
      throw error instanceof ConversationGone ? new UserError('noCase') : error
    })
  if (!changed) return false
  house.store.signals.emit('outbox')
  house.store.signals.emit('case', changed)
  return true
}

/** The same inside a transaction that is open already; whoever opened it wakes the others. Gives the case's id when something was done. */
export async function actWithin(
  house: InsideHouse,
  tx: Tx,
  { code, staff, action, recordedAs = action, beside }: Act,
  work: (found: Case, tx: Tx) => Promise<boolean>,
): Promise<string | undefined> {
  permit(staff, action)
  const found = await lockCase(tx, code, beside)
  await mustSee(sqlOf(tx), staff, code)
  if (!(await work(found, tx))) return undefined
  await audit(tx, house.store.vault, { staffId: staff.id, action: recordedAs, object: code, at: house.clock() })
  return found.id
}
