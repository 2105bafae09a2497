/** After a restore: who must not come back, and what must not begin again by itself (S17). */
import type { Sql } from '../store/store.js'
import type { Erasure } from './erase-list.js'

/** More than a transaction lasts and clocks of two machines differ: an older erasure is surely in the backup. */
const MARGIN_MS = 24 * 3_600_000

/**
 * Whom the backup still holds although they were erased. Erased in the backup already, and come back since then as a stranger, they
 * stay; so the backup's own list is asked first, and the time only where that list has ended.
 */
export function toEraseAgain(given: {
  madeAt: Date
  inside: readonly Erasure[]
  outside: readonly Erasure[]
}): string[] {
  const known = new Map<string, number>()
  for (const { personId, at } of given.inside) known.set(personId, Math.max(known.get(personId) ?? 0, at.getTime()))
  const late = given.outside.filter(
    ({ personId, at }) =>
      at.getTime() > given.madeAt.getTime() - MARGIN_MS &&
      at.getTime() > (known.get(personId) ?? Number.NEGATIVE_INFINITY),
  )
  return [...new Set(late.map(({ personId }) => personId))]
}

export async function forgetPersons(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql('delete from complaint where person_id = any($1::uuid[])', [ids])
  await sql('delete from block where person_id = any($1::uuid[])', [ids])
  // Addresses, conversations, messages, cases, files, consents and drafts hang on the person.
  await sql('delete from person where id = any($1::uuid[])', [ids])
}

/** The list goes on in the restored database. */
export async function keepErasures(sql: Sql, erasures: readonly Erasure[]): Promise<void> {
  await sql(
    'insert into erased (person_id, at) select * from unnest($1::uuid[], $2::timestamptz[]) on conflict do nothing',
    [erasures.map(({ personId }) => personId), erasures.map(({ at }) => at.toISOString())],
  )
}

/**
 * What was true then and may not be now: a browser that was signed out since stays out, and what waited to be sent was sent long ago,
 * or its reader has cleared the chat since and must not be written to first (S22).
 */
export async function endWhatIsOver(sql: Sql): Promise<void> {
  for (const table of ['session', 'invitation', 'worker_invitation', 'pairing']) await sql(`delete from ${table}`)
  await sql(
    `update message set state = 'dropped', error = 'RESTORED', lease_until = null where state in ('due', 'sending')`,
  )
}
