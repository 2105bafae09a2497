/**
 * The keys that a database is opened with. The master key wraps the house's own keys and each person's; a new master key wraps them
 * all anew in one statement, and the old one opens nothing from then on (S27, S28).
 */
import { SetupError } from '../errors.js'
import { checkKey } from './key-check.js'
import type { Sql } from './store.js'
import { createVault, createWrapper, newRing, RING, type Ring, ringOf, SealError, type Vault } from './vault.js'

/** `previous` is given while the master key changes; it may open the database once more, to be replaced. */
export type MasterKeys = { key: Uint8Array; previous?: Uint8Array | undefined }

/**
 * The vault of this database; begins its ring at the first start, and completes a change of the master key.
 * @throws SetupError KEY_WRONG
 */
export async function openVault(sql: Sql, { key, previous }: MasterKeys): Promise<Vault> {
  const kept = await keptRing(sql)
  if (kept.length === 0) return beginRing(sql, previous ?? key).then(() => openVault(sql, { key, previous }))
  const ring = openRing(kept, key)
  if (ring) return createVault(key, ring)
  const before = previous && openRing(kept, previous)
  if (!before || !previous)
    throw new SetupError(
      'KEY_WRONG',
      'This database was begun with another key. Put back the RAHNAMO_KEY, or the file "key" of DATA_DIR, that it was begun with; without it nothing personal in it can be read.',
    )
  await wrapAnew(sql, previous, key, before)
  return createVault(key, before)
}

/** The house's own keys as they are kept, and as a backup carries them. */
export type KeptRing = readonly { name: string; wrapped: Uint8Array }[]

export const keptRing = (sql: Sql): Promise<KeptRing> =>
  sql<{ name: string; wrapped: Uint8Array }>('select name, wrapped from house_key')

/** Undefined under another master key. */
export function openRing(kept: KeptRing, master: Uint8Array): Ring | undefined {
  const { unwrap } = createWrapper(master)
  const keyOf = (name: string) =>
    unwrap(`house/${name}`, kept.find((row) => row.name === name)?.wrapped ?? new Uint8Array())
  try {
    return { hashing: keyOf('hashing'), house: keyOf('house') }
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

/** A database that was begun before there were rings goes on with the keys that were made of its master key. */
async function beginRing(sql: Sql, master: Uint8Array): Promise<void> {
  const [used] = await sql('select 1 from key_check union all select 1 from person limit 1')
  if (used) await checkKey(sql, createVault(master))
  const ring = used ? ringOf(master) : newRing()
  const { wrap } = createWrapper(master)
  await sql('insert into house_key (name, wrapped) select * from unnest($1::text[], $2::bytea[])', [
    RING,
    RING.map((name) => wrap(`house/${name}`, ring[name])),
  ])
}

/** One statement: a crash leaves either all under the old key or all under the new one. About a hundred bytes for each person. */
async function wrapAnew(sql: Sql, from: Uint8Array, to: Uint8Array, ring: Ring): Promise<void> {
  const { unwrap } = createWrapper(from)
  const { wrap } = createWrapper(to)
  const people = await sql<{ id: string; key: Uint8Array }>(
    'select id, wrapped_key as key from person where wrapped_key is not null',
  )
  const renewed = people.map(({ id, key }) => wrap(`person/${id}`, unwrap(`person/${id}`, key)))
  await sql(
    `with people as (update person p set wrapped_key = n.wrapped
        from unnest($1::uuid[], $2::bytea[]) as n (id, wrapped) where p.id = n.id)
      update house_key h set wrapped = n.wrapped from unnest($3::text[], $4::bytea[]) as n (name, wrapped) where h.name = n.name`,
    [people.map(({ id }) => id), renewed, RING, RING.map((name) => wrap(`house/${name}`, ring[name]))],
  )
}
