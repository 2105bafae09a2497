/**
 * The two ends of the audit's chain, each sealed with a key that is not in the database: where it begins, once its oldest rows are over
 * their time, and its newest row, so that one that is taken away from the end is missed (S30).
 */
import type { Sql } from './store.js'
import type { Vault } from './vault.js'

/** The settings that hold them. */
export type AuditEnd = 'audit.begins' | 'audit.head'

export const FIRST_PREVIOUS = new Uint8Array(32)

/** The value of that setting: a row's hash, and our seal over it. */
export function sealedEnd(vault: Vault, end: AuditEnd, hash: Uint8Array): string {
  const hex = Buffer.from(hash).toString('hex')
  return `${hex} ${Buffer.from(vault.hash(end, hex)).toString('hex')}`
}

/** What the setting says; undefined when it is not there, or was not sealed by us. */
export async function readEnd(sql: Sql, vault: Vault, end: AuditEnd): Promise<Uint8Array | undefined> {
  const [row] = await sql<{ value: string }>('select value from setting where name = $1', [end])
  const hash = Buffer.from(row?.value.split(' ')[0] ?? '', 'hex')
  return row && row.value === sealedEnd(vault, end, hash) ? hash : undefined
}

/** The migration since when there is a sealed head. */
export const HEAD_SINCE = '20261130091356_two_people'

/**
 * Seals the newest row once: when the database learns of heads, or when there is neither a row nor anybody who could have made one
 * (a first start that was cut off). Never again: whoever takes the head away must not be helped by the next start.
 */
export async function beginHead(sql: Sql, vault: Vault, { learns }: { learns: boolean }): Promise<void> {
  const [somebody] = learns ? [] : await sql('select 1 from audit union all select 1 from staff limit 1')
  if (somebody) return
  const [last] = await sql<{ hash: Uint8Array }>('select hash from audit order by id desc limit 1')
  const hash = last?.hash ?? (await readEnd(sql, vault, 'audit.begins')) ?? FIRST_PREVIOUS
  await sql('insert into setting (name, value) values ($1, $2) on conflict do nothing', [
    'audit.head',
    sealedEnd(vault, 'audit.head', hash),
  ])
}

/** To be said in the transaction that takes rows of the audit away because their time is over, or to bring others back. */
export const LETS_AUDIT_GO = `set_config('rahnamo.retention', 'on', true)`
