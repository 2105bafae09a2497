/** The audit's sealed end, where it begins: in a database, and in a backup, from before there was one (S30). */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { restoreFrom } from '../../bot/cli/backup.js'
import { readConfig } from '../../bot/config.js'
import { audit, brokenLink, END_MISSING } from '../../bot/desk/audit.js'
import { HEAD_SINCE } from '../../bot/store/audit-ends.js'
import { makeBackup } from '../../bot/store/backup/write.js'
import { openStore, type Store } from '../../bot/store/store.js'
import { embeddedFolder, KEY, past } from './databases.js'

const NOW = new Date('2026-11-20T12:00:00Z')

const folders: string[] = []
afterEach(() => {
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
})
async function emptyFolder(): Promise<string> {
  const dataDir = await embeddedFolder()
  folders.push(dataDir)
  return dataDir
}
const open = (dataDir: string) => openStore({ dataDir, key: KEY })

/** What the migration brought, taken back: making a database of before takes half a minute. */
const UNDONE = [
  'drop trigger audit_keeps_rows on audit',
  'drop trigger audit_keeps_all on audit',
  'drop function audit_only_grows',
  'drop table approval',
  'drop table breach',
  `delete from _prisma_migrations where migration_name = '${HEAD_SINCE}'`,
  `delete from setting where name = 'audit.head'`,
]

/** A house of before, with one act in its audit. */
async function older(dataDir: string): Promise<Store> {
  const store = await open(dataDir)
  for (const statement of UNDONE) await store.sql(statement)
  await act(store)
  return store
}

const act = (store: Store) =>
  store.transaction((tx) => audit(tx, store.vault, { staffId: null, action: 'stranger', object: 'x', at: NOW }))

it('S30 is sealed when a house of before learns of it, and not once more by a later start', async () => {
  const dataDir = await emptyFolder()
  await (await older(dataDir)).close()
  let store = await open(dataDir)
  try {
    expect(await brokenLink(store)).toBeUndefined()
    await act(store)
    expect(await brokenLink(store)).toBeUndefined()
    await past(store, 'delete from audit where id = 2')
    await store.db.setting.deleteMany({ where: { name: 'audit.head' } })
    await store.close()
    store = await open(dataDir)
    expect(await brokenLink(store)).toBe(END_MISSING)
  } finally {
    await store.close()
  }
})

it('S30 is sealed after a backup of before was restored', async () => {
  const [from, to] = [await emptyFolder(), await emptyFolder()]
  const before = await older(from)
  const path = join(to, 'backup')
  // A house of then had none of what came later
  await before.sql(`update _prisma_migrations set migration_name = '0' || migration_name where migration_name > $1`, [
    HEAD_SINCE,
  ])
  await makeBackup({ store: before, dataDir: from, path, now: NOW, lifetimeMs: 86_400_000 })
  await before.close()
  const config = readConfig({ DATA_DIR: to, RAHNAMO_KEY: KEY.toString('base64') })
  await restoreFrom({ config, path, now: NOW })
  const store = await open(to)
  try {
    expect(await store.db.audit.count()).toBe(1)
    expect(await brokenLink(store)).toBeUndefined()
    await past(store, 'delete from audit')
    expect(await brokenLink(store)).toBe(END_MISSING)
  } finally {
    await store.close()
  }
})
