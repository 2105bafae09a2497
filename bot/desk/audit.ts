/**
 * Who did what to which object, never its content. Rows are only added, and each seals the one before it with a key that is not in
 * the database: whoever changes or removes a row there breaks the chain (S30).
 */
import { overBefore } from '../store/lifetimes.js'
import { type Sql, type Store, sqlOf, type Tx } from '../store/store.js'
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
  'shared.shown',
  'quick-answer.change',
  'group.connect',
  'account.connect',
  'account.forget',
  'group.forget',
  'group.dismiss',
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

/** The largest number of a row. */
const LAST_ID = '9223372036854775807'

/** The setting that says where the chain begins, once its oldest rows are over their time. */
const BEGINS = 'audit.begins'

/** Any number, the same in every process: the name of the lock. */
const CHAIN_LOCK = 7_240_001

const seal = (vault: Vault, previous: Uint8Array, { staffId, action, object, at }: AuditEntry) =>
  vault.hash('audit', Buffer.from(previous).toString('hex'), at.toISOString(), staffId ?? '', action, object)

const same = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(b)

const sealOfBeginning = (vault: Vault, begins: string) => Buffer.from(vault.hash(BEGINS, begins)).toString('hex')

/** What the first row must name as the one before it. A setting that we did not seal says nothing, so the chain is found broken. */
async function beginning(sql: Sql, vault: Vault): Promise<Uint8Array> {
  const [row] = await sql<{ value: string }>('select value from setting where name = $1', [BEGINS])
  const [begins = '', sealed] = row?.value.split(' ') ?? []
  return sealed === sealOfBeginning(vault, begins) ? Buffer.from(begins, 'hex') : FIRST_PREVIOUS
}

/** Adds a row in the transaction of the act itself, as its last statement: all who write wait for each other here. */
export async function audit(tx: Tx, vault: Vault, entry: AuditEntry): Promise<void> {
  const sql = sqlOf(tx)
  // Two writers that read the same last row would fork the chain.
  await sql('select pg_advisory_xact_lock($1::int)::text as locked', [CHAIN_LOCK])
  const [last] = await sql<{ hash: Uint8Array }>('select hash from audit order by id desc limit 1')
  const previous = new Uint8Array(last?.hash ?? (await beginning(sql, vault)))
  const hash = seal(vault, previous, entry)
  await tx.audit.create({ data: { ...entry, previous, hash: new Uint8Array(hash) } })
}

const PAGE = 1000

type Reader = Pick<Store, 'sql' | 'vault'>

/** Follows the chain from its beginning. Returns the id of the first row that does not fit, or `undefined` when all do. */
export async function brokenLink({ sql, vault }: Reader, upTo = LAST_ID): Promise<string | undefined> {
  let previous = await beginning(sql, vault)
  for (let after = '0'; ; ) {
    const rows = await sql<Link>(
      `select id::text as id, staff_id as "staffId", action, object, at, previous, hash
         from audit where id > $1::bigint and id <= $3::bigint order by audit.id limit $2::int`,
      [after, PAGE, upTo],
    )
    for (const row of rows) {
      const fits = same(row.previous, previous) && same(row.hash, seal(vault, previous, row))
      if (!fits) return row.id
      previous = row.hash
      after = row.id
    }
    if (rows.length < PAGE) return undefined
  }
}

/**
 * Takes away the rows that are over their time, and writes down, sealed, where the chain begins now. One that is broken stays as it is:
 * to shorten it would hide who broke it.
 */
export async function endAudit({ sql, vault }: Reader, now: Date): Promise<number> {
  const [last] = await sql<{ id: string; hash: Uint8Array }>(
    `select id::text as id, hash from audit
      where id < coalesce((select min(id) from audit where at >= $1), $2::bigint) order by audit.id desc limit 1`,
    [overBefore('audit', now), LAST_ID],
  )
  if (!last || (await brokenLink({ sql, vault }, last.id)) !== undefined) return 0
  const begins = Buffer.from(last.hash).toString('hex')
  // Of two processes only the one that takes this very row away may say that the chain begins behind it.
  const rows = await sql<{ n: number }>(
    `with gone as (delete from audit where id <= $1::bigint returning id),
          begun as (insert into setting (name, value) select $2, $3 where exists (select 1 from gone where id = $1::bigint)
                    on conflict (name) do update set value = excluded.value)
     select count(*)::int as n from gone`,
    [last.id, BEGINS, `${begins} ${sealOfBeginning(vault, begins)}`],
  )
  return rows[0]?.n ?? 0
}
