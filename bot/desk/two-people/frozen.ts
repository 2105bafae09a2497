/** While a breach is looked into nothing leaves the house: no export, no identity, and nobody can ask for them (S47). */
import { UserError } from '../../errors.js'
import type { Sql } from '../../store/store.js'

/** Any number, the same in every process: the name of the lock between the button and what it stops. */
const FREEZE_LOCK = 7_240_002

/**
 * To be asked in the transaction of what would leave the house, before anything is read: whoever presses the button waits for those
 * that began before, and none begins after.
 * @throws UserError frozen
 */
export async function mustNotBeFrozen(sql: Sql): Promise<void> {
  await sql('select pg_advisory_xact_lock_shared($1::int)::text as locked', [FREEZE_LOCK])
  const [open] = await sql('select 1 from breach where lifted_at is null limit 1')
  if (open) throw new UserError('frozen')
}

export const stopWhatLeaves = (sql: Sql) => sql('select pg_advisory_xact_lock($1::int)::text as locked', [FREEZE_LOCK])
