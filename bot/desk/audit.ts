/**
 * Who did what to which object, never its content. Rows are only added, and each seals the one before it with a key that is not in
 * the database: whoever changes or removes a row there breaks the chain (S30).
 */
import { type Store, sqlOf, type Tx } from '../store/store.js'
import type { Vault } from '../store/vault.js'

const AUDITED = [
  'sign-in',
  'sign-out',
  'invite',
  'case.read',
  'case.claim',
  'case.reply',
  'case.note',
  'case.release',
  'case.releaseOthers',
  'case.close',
  'case.transfer',
  'case.invite',
  'case.call',
  'case.appoint',
  'case.block',
  'case.reopen',
  'case.merge',
  'phone.shown',
  'quick-answer.change',
  'group.connect',
  'account.connect',
  'account.forget',
  'group.forget',
  'centre.change',
  'staff.change',
  'staff.disable',
  'complaint.read',
  'complaint.take',
  'complaint.close',
  'stranger',
] as const
export type Audited = (typeof AUDITED)[number]

/** `object` is a case's code, a staff alias, a centre, or the number of a complaint. */
export type AuditEntry = { staffId: string | null; action: Audited; object: string; at: Date }

type Link = AuditEntry & { id: string; previous: Uint8Array; hash: Uint8Array }

const FIRST_PREVIOUS = new Uint8Array(32)

/** Any number, the same in every process: the name of the lock. */
const CHAIN_LOCK = 7_240_001

const seal = (vault: Vault, previous: Uint8Array, { staffId, action, object, at }: AuditEntry) =>
  vault.hash('audit', Buffer.from(previous).toString('hex'), at.toISOString(), staffId ?? '', action, object)

const same = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(b)

/** Adds a row in the transaction of the act itself, as its last statement: all who write wait for each other here. */
export async function audit(tx: Tx, vault: Vault, entry: AuditEntry): Promise<void> {
  const sql = sqlOf(tx)
  // Two writers that read the same last row would fork the chain.
  await sql('select pg_advisory_xact_lock($1::int)::text as locked', [CHAIN_LOCK])
  const [last] = await sql<{ hash: Uint8Array }>('select hash from audit order by id desc limit 1')
  const previous = new Uint8Array(last?.hash ?? FIRST_PREVIOUS)
  const hash = seal(vault, previous, entry)
  await tx.audit.create({ data: { ...entry, previous, hash: new Uint8Array(hash) } })
}

const PAGE = 1000

/** Follows the chain from its beginning. Returns the id of the first row that does not fit, or `undefined` when all do. */
export async function brokenLink(store: Store): Promise<string | undefined> {
  let previous: Uint8Array = FIRST_PREVIOUS
  for (let after = '0'; ; ) {
    const rows = await store.sql<Link>(
      `select id::text as id, staff_id as "staffId", action, object, at, previous, hash
         from audit where id > $1::bigint order by audit.id limit $2::int`,
      [after, PAGE],
    )
    for (const row of rows) {
      const fits = same(row.previous, previous) && same(row.hash, seal(store.vault, previous, row))
      if (!fits) return row.id
      previous = row.hash
      after = row.id
    }
    if (rows.length < PAGE) return undefined
  }
}
