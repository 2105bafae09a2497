/** One change of the house: allowed, committed as a whole, recorded, and told to whoever watches. */
import { ConversationGone, type InsideHouse } from '../../conversation/inside.js'
import { UserError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { type DeskAction, permit, type StaffMember } from '../access.js'
import { type Audited, audit } from '../audit.js'

export type Change = {
  action?: DeskAction
  recordedAs: Audited
  /** What the audit names: a centre, a colleague. Never a word of anybody. */
  object: string
}

/**
 * False when `work` found nothing to change; then nothing is recorded.
 * @throws UserError notAllowed, and what `work` throws
 */
export async function change(
  { store, clock }: InsideHouse,
  staff: StaffMember,
  { action = 'house.change', recordedAs, object }: Change,
  work: (tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  permit(staff, action)
  const changed = await store
    .transaction(async (tx) => {
      if (!(await work(tx))) return false
      await audit(tx, store.vault, { staffId: staff.id, action: recordedAs, object, at: clock() })
      return true
    })
    .catch((error: unknown) => {
      throw error instanceof ConversationGone ? new UserError('noCase') : error
    })
  if (changed) {
    store.signals.emit('outbox')
    store.signals.emit('case')
  }
  return changed
}
