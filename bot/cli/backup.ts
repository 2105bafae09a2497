/** `backup FILE` and `restore FILE`: the same on the embedded and on a served database. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.js'
import { audit } from '../desk/audit.js'
import { SetupError } from '../errors.js'
import { createEraseList, ERASE_LIST_NAME, type Erasure, erasedRows, readEraseList } from '../people/erase-list.js'
import { endLifetimes } from '../people/lifetimes.js'
import { endWhatIsOver, forgetPersons, keepErasures, toEraseAgain } from '../people/replay.js'
import { beginHead, HEAD_SINCE } from '../store/audit-ends.js'
import { type Checked, checkBackup } from '../store/backup/read.js'
import { loadBackup } from '../store/backup/restore.js'
import { makeBackup } from '../store/backup/write.js'
import { createFileStore } from '../store/files.js'
import { masterKeys } from '../store/keys.js'
import { LIFETIMES, overBefore } from '../store/lifetimes.js'
import { MIGRATIONS_FOLDER, openStore, type Store } from '../store/store.js'
import type { CommandHouse } from './commands.js'
import { askControl } from './control.js'

const day = (at: Date) => at.toISOString().slice(0, 10)

/** Answered by the process that holds the database. */
export async function backupTo({ store, config, clock }: CommandHouse, path: string): Promise<string> {
  // Before it is written: what cannot be traced is not taken away.
  await store.transaction((tx) =>
    audit(tx, store.vault, { staffId: null, action: 'backup', object: 'database', at: clock() }),
  )
  const order = { store, dataDir: config.dataDir, path, now: clock(), lifetimeMs: LIFETIMES.backup.ms }
  const { rows, files, expiresAt } = await makeBackup(order)
  return [
    `Written: ${path} (${rows} rows, ${files} files). It can be restored until ${day(expiresAt)}; delete it then.`,
    'Without the key it is unreadable for ever. Keep a copy of the key elsewhere, never beside the backup.',
  ].join('\n')
}

export type RestoreAsked = { config: Config; path: string; now: Date; eraseList?: string | undefined }

/** @throws SetupError that names the remedy; then nothing was changed */
export async function restoreFrom(asked: RestoreAsked): Promise<string> {
  const { config, path, now } = asked
  if ((await askControl(config.dataDir, 'running', {})) !== undefined)
    throw new SetupError('RESTORE_RUNNING', `Rahnamo is running on ${config.dataDir}. Stop it first.`)
  const keys = keysThatAreThere(config)
  const checked = await checkBackup({ path, key: keys.key, now, migrations: MIGRATIONS_FOLDER, find: 'erased' })
  const lists = erasuresBeside(asked)
  const opened = () => openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, ...keys })
  const again = await within(await opened(), (store) => load(store, asked, checked, lists.flat()))
  // Opened anew, with the house's own keys that came with the backup. What outlived its time since then goes before anybody sees it.
  await within(await opened(), async (store) => {
    // It was made before the newest row was sealed; that nobody changed it since, its own seal says.
    if (checked.header.schema < HEAD_SINCE) await beginHead(store.sql, store.vault, { learns: true })
    await endLifetimes(store, createFileStore(config.dataDir), now)
    await createEraseList(config.dataDir).tend(store.sql, overBefore('erasure', now))
  })
  return [
    `Restored: the state of ${checked.header.madeAt.toISOString()} (${checked.rows} rows, ${checked.files} files).`,
    `${again} persons who were erased since then were erased again.`,
    ...(lists.length > 0 ? [] : [noList(config.dataDir)]),
    'Everybody at the desk signs in anew: npm run rahnamo -- invite … makes a link.',
  ].join('\n')
}

async function within<T>(store: Store, work: (store: Store) => Promise<T>): Promise<T> {
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

async function load(store: Store, asked: RestoreAsked, checked: Checked, listed: Erasure[]): Promise<number> {
  const { config, path } = asked
  const inside = checked.found.map((row) => ({ personId: String(row.person_id), at: new Date(String(row.at)) }))
  const outside = [...listed, ...(await erasedRows(store.sql))]
  const gone = toEraseAgain({ madeAt: checked.header.madeAt, inside, outside })
  await loadBackup({
    store,
    dataDir: config.dataDir,
    path,
    gone,
    async settle(sql) {
      await forgetPersons(sql, gone)
      await keepErasures(sql, outside)
      await endWhatIsOver(sql)
    },
  })
  return gone.length
}

/** A key made now could open nothing, and the database that is made with it would take no other. */
function keysThatAreThere(config: Config): ReturnType<typeof masterKeys> {
  const { key, dataDir } = config
  if (!key && !existsSync(join(dataDir, 'key')))
    throw new SetupError(
      'KEY_MISSING',
      `A restore needs the key of the backup: put your copy of the file "key" into ${dataDir} (chmod 600), or set RAHNAMO_KEY.`,
    )
  return masterKeys(config)
}

/** @throws SetupError ERASE_LIST_MISSING when the one that was named is not there */
function erasuresBeside({ config, eraseList }: RestoreAsked): Erasure[][] {
  const given = eraseList === undefined ? undefined : readEraseList(eraseList)
  if (eraseList !== undefined && !given)
    throw new SetupError(
      'ERASE_LIST_MISSING',
      `There is no ${eraseList}. Name the copy of ${ERASE_LIST_NAME} that you kept.`,
    )
  return [given, readEraseList(join(config.dataDir, ERASE_LIST_NAME))].filter((list) => list !== undefined)
}

const noList = (dataDir: string) =>
  `No ${ERASE_LIST_NAME} was found: whoever was erased after the backup was made is back. If you have a copy, restore once more into a new DATA_DIR with --erased FILE. (It would have been looked for in ${dataDir}.)`
