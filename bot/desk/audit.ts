/**
 * Who did what to which object, never its content. Rows are only added (the database refuses anything else), and each seals the one
 * before it with a key that is not in the database: whoever changes or removes a row there all the same breaks the chain (S30).
 */
import { FIRST_PREVIOUS, LETS_AUDIT_GO, readEnd, sealedEnd } from '../store/audit-ends.js'
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
  'case.minor',
  'phone.shown',
  'file.shown',
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
  /** What a client did in their own chat; the row names no colleague. */
  'client.panic',
  'client.stop',
  'client.erase',
  'client.mydata',
  /** Everything at once, by whoever holds the machine. */
  'backup',
  /** What two people do: one asks, another decides. */
  'reveal.ask',
  'export.ask',
  'lifetimes.ask',
  'unfreeze.ask',
  'approval.approve',
  'approval.refuse',
  'approval.lapse',
  'identity.shown',
  /** A day of training is over: from then on its attendance stands. */
  'session.close',
  'export.download',
  'lifetimes.change',
  'breach.report',
  'breach.plan',
  'breach.lift',
  'session.endOthers',
  /** Programmes, groups and their days; who is in them; that their names were looked at. */
  'programme.change',
  'programme.people',
  'programme.rules',
  'programme.form',
  'programme.materials',
  'programme.names',
  'worker.invite',
  /** What a worker did in their own chat; the row names no colleague. */
  'worker.join',
  'report.approve',
  'report.return',
  'report.extend',
  'report.lock',
  'report.unlock',
  'report.remind',
  'report.export',
  /** What clients said: the numbers taken along, the lines looked at. */
  'feedback.export',
  'feedback.lines',
  /** A worker's paper: issued, looked at again; the list of what organisations are paid. */
  'certificate.issue',
  'certificate.shown',
  'support.export',
] as const
export type Audited = (typeof AUDITED)[number]

/** `object` is a case's code, a staff alias, a centre, the number of a complaint, or what an approval is about. */
export type AuditEntry = { staffId: string | null; action: Audited; object: string; at: Date }

type Link = AuditEntry & { id: string; previous: Uint8Array; hash: Uint8Array }

/** The largest number of a row. */
const LAST_ID = '9223372036854775807'

/** Any number, the same in every process: the name of the lock. */
const CHAIN_LOCK = 7_240_001

const seal = (vault: Vault, previous: Uint8Array, { staffId, action, object, at }: AuditEntry) =>
  vault.hash('audit', Buffer.from(previous).toString('hex'), at.toISOString(), staffId ?? '', action, object)

const same = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(b)

/** What the first row must name as the one before it. A setting that we did not seal says nothing, so the chain is found broken. */
const beginning = async (sql: Sql, vault: Vault) => (await readEnd(sql, vault, 'audit.begins')) ?? FIRST_PREVIOUS

/** Adds a row in the transaction of the act itself, as its last statement: all who write wait for each other here. */
export async function audit(tx: Tx, vault: Vault, entry: AuditEntry): Promise<void> {
  const sql = sqlOf(tx)
  // Two writers that read the same last row would fork the chain.
  await sql('select pg_advisory_xact_lock($1::int)::text as locked', [CHAIN_LOCK])
  // After the head, not after the last row: where that was taken away the chain stays broken for good. A head that is gone is not made anew.
  const previous = new Uint8Array((await readEnd(sql, vault, 'audit.head')) ?? FIRST_PREVIOUS)
  const hash = new Uint8Array(seal(vault, previous, entry))
  await tx.audit.create({ data: { ...entry, previous, hash } })
  await sql(`update setting set value = $2 where name = $1 returning name`, [
    'audit.head',
    sealedEnd(vault, 'audit.head', hash),
  ])
}

const PAGE = 1000

type Reader = Pick<Store, 'sql' | 'vault'>

/** What is said of the chain's end instead of a row's number. */
export const END_MISSING = 'end'

/**
 * Follows the chain from its beginning to its sealed end. Returns the id of the first row that does not fit, `end` when the newest were
 * taken away, or `undefined` when all is there.
 */
export async function brokenLink(reader: Reader): Promise<string | undefined> {
  // Read first: what is added meanwhile comes after it.
  const head = await readEnd(reader.sql, reader.vault, 'audit.head')
  const { broken, passed } = await follow(reader, LAST_ID, head)
  return broken ?? (passed ? undefined : END_MISSING)
}

/** `passed`: the chain went through `head`. */
async function follow(
  { sql, vault }: Reader,
  upTo: string,
  head?: Uint8Array,
): Promise<{ broken?: string; passed: boolean }> {
  let passed = false
  let previous = await beginning(sql, vault)
  passed ||= head !== undefined && same(head, previous)
  for (let after = '0'; ; ) {
    const rows = await sql<Link>(
      `select id::text as id, staff_id as "staffId", action, object, at, previous, hash
         from audit where id > $1::bigint and id <= $3::bigint order by audit.id limit $2::int`,
      [after, PAGE, upTo],
    )
    for (const row of rows) {
      const fits = same(row.previous, previous) && same(row.hash, seal(vault, previous, row))
      if (!fits) return { broken: row.id, passed }
      previous = row.hash
      passed ||= head !== undefined && same(head, previous)
      after = row.id
    }
    if (rows.length < PAGE) return { passed }
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
  if (!last || (await follow({ sql, vault }, last.id)).broken !== undefined) return 0
  // Of two processes only the one that takes this very row away may say that the chain begins behind it.
  const rows = await sql<{ n: number }>(
    `with gone as (delete from audit where (select ${LETS_AUDIT_GO}) = 'on' and id <= $1::bigint returning id),
          begun as (insert into setting (name, value) select $2, $3 where exists (select 1 from gone where id = $1::bigint)
                    on conflict (name) do update set value = excluded.value)
     select count(*)::int as n from gone`,
    [last.id, 'audit.begins', sealedEnd(vault, 'audit.begins', last.hash)],
  )
  return rows[0]?.n ?? 0
}
