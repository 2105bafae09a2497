/** Whether the master key is the one that this database was begun with: another would make new persons whom the old key cannot read. */
import { SetupError } from '../errors.js'
import type { Sql } from './store.js'
import { SealError, type Vault } from './vault.js'

/** Known only to who has the key, and the same each time. */
export const proofOf = (vault: Vault) => vault.hash('the key of this database')

/**
 * Keeps a proof of the key at the first start, and compares it at each later one.
 * @throws SetupError KEY_WRONG
 */
export async function checkKey(sql: Sql, vault: Vault): Promise<void> {
  const proof = proofOf(vault)
  const kept = await sql<{ hash: Uint8Array }>('select hash from key_check')
  if (kept.some(({ hash }) => Buffer.from(hash).equals(proof))) return
  if (kept.length > 0 || !(await opensSomebody(sql, vault)))
    throw new SetupError(
      'KEY_WRONG',
      'This database was begun with another key. Put back the RAHNAMO_KEY, or the file "key" of DATA_DIR, that it was begun with; without it nothing personal in it can be read.',
    )
  await sql('insert into key_check (hash) values ($1)', [proof])
}

/** A database from before there was a proof: its persons are the proof. */
async function opensSomebody(sql: Sql, vault: Vault): Promise<boolean> {
  const [somebody] = await sql<{ id: string; key: Uint8Array }>(
    'select id, wrapped_key as key from person where wrapped_key is not null limit 1',
  )
  try {
    if (somebody) vault.drawer(somebody.id, somebody.key)
    return true
  } catch (error) {
    if (error instanceof SealError) return false
    throw error
  }
}
