/**
 * The report of what is over its time: how many rows of each kind went, or would go. Numbers only, no word and no name.
 *
 * Both ways run the same statements in one transaction; for show it is taken back at the end, so that the forecast cannot differ
 * from the deed, also in what hangs on a row and goes with it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../config.js'
import { readDataMap } from '../store/data-map.js'
import type { FileStore } from '../store/files.js'
import { spoken } from '../store/lifetimes.js'
import { readShortened } from '../store/shortened.js'
import { type Sql, type Store, sqlOf } from '../store/store.js'
import { endLifetimes } from './lifetimes.js'

const DAY_MS = 86_400_000

type Touched = { table: string; deleted: number; changed: number }

/** Ends the transaction of a dry run. */
class TakenBack extends Error {}

/** What this connection has deleted and changed so far, as PostgreSQL itself counts it. */
const touched = (sql: Sql) =>
  sql<Touched>(
    `select relname::text as table, n_tup_del::int as deleted, n_tup_upd::int as changed
       from pg_stat_xact_user_tables where schemaname = current_schema() order by relname`,
  )

/** The folder as the transaction sees it: what is to be taken away is noted, and done once the rows are gone for good. */
function putOff(files: FileStore) {
  const doomed = new Map<string, () => Promise<void>>()
  const later: FileStore = {
    ...files,
    remove: async (id) => void doomed.set(id, () => files.remove(id)),
    // A stray of this name was noted already when its row went a moment ago.
    discard: async (file) => void doomed.set(file.id ?? file.path, () => files.discard(file)),
  }
  return { doomed, later }
}

export type Retention = { rows: Touched[]; files: number }

/** Ends what is over its time at `now`; in a dry run nothing is changed. */
export async function retire(store: Store, files: FileStore, now: Date, { dryRun = false } = {}): Promise<Retention> {
  let result: Retention = { rows: [], files: 0 }
  let { doomed, later } = putOff(files)
  const work = store.transaction(async (tx) => {
    const sql = sqlOf(tx)
    ;({ doomed, later } = putOff(files)) // it may be run again after a lost race
    // Earlier transactions of the same connection may not be counted off yet: only the difference is ours.
    const before = new Map((await touched(sql)).map((row) => [row.table, row]))
    await endLifetimes({ sql, vault: store.vault }, later, now)
    const rows = (await touched(sql)).map(({ table, deleted, changed }) => ({
      table,
      deleted: deleted - (before.get(table)?.deleted ?? 0),
      changed: changed - (before.get(table)?.changed ?? 0),
    }))
    result = { rows, files: doomed.size }
    if (dryRun) throw new TakenBack()
  })
  await work.catch((error) => {
    if (!(error instanceof TakenBack)) throw error
  })
  if (!dryRun) for (const take of doomed.values()) await take()
  return result
}

/** The report in lines, one per model that has anything to say. */
export async function retention(store: Store, files: FileStore, now: Date, { dryRun = false } = {}): Promise<string> {
  const { models } = readDataMap(readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8'))
  const { rows, files: gone } = await retire(store, files, now, { dryRun })
  const lines = models.flatMap(({ name, table }) => {
    const row = rows.find((each) => each.table === table)
    if (!row || row.deleted + row.changed === 0) return []
    return [`  ${name.padEnd(14)} ${`${row.deleted}`.padStart(7)} deleted ${`${row.changed}`.padStart(7)} changed`]
  })
  if (gone > 0) lines.push(`  ${'(files)'.padEnd(14)} ${`${gone}`.padStart(7)} deleted`)
  const shorter = Object.entries(await readShortened(store.sql)).map(
    ([name, days]) => `Kept shorter here, by the word of two people: ${name} ${spoken(days * DAY_MS)}.`,
  )
  if (lines.length === 0) return [...shorter, 'Nothing is over its time.'].join('\n')
  return [
    ...shorter,
    dryRun ? 'Over its time, and would go now (nothing was changed):' : 'Over its time, and gone:',
    ...lines,
  ].join('\n')
}
