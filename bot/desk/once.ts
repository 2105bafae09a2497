/** A request of a staff page that comes twice (a double click, a retry over a poor line) acts once. */
import { UserError } from '../errors.js'
import { sqlOf, type Tx } from '../store/store.js'
import type { StaffMember } from './access.js'

const REQUEST_ID = /^[0-9a-f-]{32,36}$/

/**
 * True for the first transaction that commits with this id. A second one waits for the first, then gets false and has nothing to do.
 * The page made the id; it is kept among the receipts, as the ids of the channels' updates are.
 * @throws UserError badRequest when it is no such id
 */
export async function firstTime(tx: Tx, staff: StaffMember, requestId: string, now: Date): Promise<boolean> {
  if (!REQUEST_ID.test(requestId)) throw new UserError('badRequest')
  const rows = await sqlOf(tx)<{ taken: string }>(
    `insert into receipt (channel, update_key, at) values ('desk', $1, $2) on conflict do nothing returning update_key as taken`,
    [`${staff.id}/${requestId}`, now],
  )
  return rows.length > 0
}
