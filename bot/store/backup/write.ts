/** Makes a backup: one state of the database and the files that belong to it, with little in memory at any time. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { open, opendir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { SetupError } from '../../errors.js'
import { filesFolder, isFileId } from '../files.js'
import { keptRing } from '../key-ring.js'
import type { Sql, Store } from '../store.js'
import { writeWhole } from '../write-whole.js'
import { explained, FORMAT, type Header, lineOf, sealOf, VERSION } from './format.js'
import { newestMigration, quoted, sequencesOf, tablesOf } from './tables.js'

/** Rows that are in memory at once. */
const ROWS_AT_ONCE = 500

type Put = (chunk: Buffer) => Promise<void>

export type BackupOrder = {
  store: Pick<Store, 'atOneTime' | 'vault'>
  dataDir: string
  /** Where it is written; what stands there is replaced when the new one is whole. */
  path: string
  now: Date
  lifetimeMs: number
}

export type BackupMade = { rows: number; files: number; expiresAt: Date }

/** @throws SetupError DISK_FULL, BACKUP_FOLDER */
export async function makeBackup(order: BackupOrder): Promise<BackupMade> {
  let made: BackupMade | undefined
  try {
    await writeWhole(order.path, async (handle) => {
      // Sealed bytes do not get smaller; their hexadecimal form does, at the quickest level.
      const gzip = createGzip({ level: constants.Z_BEST_SPEED })
      // Not the handle's own stream: one that does not close the handle keeps it from ever being closed.
      const written = pipeline(gzip, async (pieces: AsyncIterable<Buffer>) => {
        for await (const piece of pieces) await handle.writeFile(piece)
      })
      written.catch(() => undefined) // told by whoever waits for it below
      const hash = createHash('sha256')
      const put: Put = async (chunk) => {
        hash.update(chunk)
        if (gzip.destroyed) await written
        if (!gzip.write(chunk)) await Promise.race([once(gzip, 'drain'), written])
      }
      try {
        const counts = await writeAll(order, put)
        const seal = sealOf(order.store.vault, hash.digest()).toString('base64')
        gzip.end(lineOf('E', { rows: counts.rows, files: counts.files, seal }))
        await written
        made = counts
      } catch (error) {
        gzip.destroy()
        await written.catch(() => undefined)
        throw error
      }
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'EISDIR')
      throw new SetupError(
        'BACKUP_FOLDER',
        `No backup can be written to ${order.path} (${code}). Name a file in a folder that you may write to.`,
      )
    throw explained(error, order.path)
  }
  if (!made) throw new Error('A backup that was written has counts.')
  return made
}

async function writeAll({ store, dataDir, now, lifetimeMs }: BackupOrder, put: Put): Promise<BackupMade> {
  const expiresAt = new Date(now.getTime() + lifetimeMs)
  const rows = await store.atOneTime(async (sql) => {
    const header: Header = {
      format: FORMAT,
      version: VERSION,
      schema: await newestMigration(sql),
      madeAt: now,
      expiresAt,
      ring: (await keptRing(sql)).map(({ name, wrapped }) => ({
        name,
        wrapped: Buffer.from(wrapped).toString('base64'),
      })),
    }
    await put(lineOf('H', header))
    let count = 0
    for (const { name, columns } of await tablesOf(sql)) {
      await put(lineOf('T', { table: name, columns }))
      count += await writeRows(sql, name, put)
    }
    for (const sequence of await sequencesOf(sql)) await put(lineOf('S', sequence))
    return count
  })
  // A file's bytes never change, so they need not be read in the transaction; one that is taken away meanwhile was meant to go.
  const files = await writeFiles(filesFolder(dataDir), put)
  return { rows, files, expiresAt }
}

/** A cursor reads a table piece by piece whatever its key is. */
async function writeRows(sql: Sql, table: string, put: Put): Promise<number> {
  let count = 0
  await sql(`declare backup_rows no scroll cursor for select row_to_json(t)::text as row from ${quoted(table)} t`)
  for (;;) {
    const rows = await sql<{ row: string }>(`fetch ${ROWS_AT_ONCE} from backup_rows`)
    if (rows.length === 0) break
    await put(Buffer.from(rows.map(({ row }) => `R${row}\n`).join('')))
    count += rows.length
  }
  await sql('close backup_rows')
  return count
}

async function writeFiles(folder: string, put: Put): Promise<number> {
  let count = 0
  for await (const shelf of entriesOf(folder)) {
    if (!shelf.isDirectory()) continue
    for await (const { name } of entriesOf(join(folder, shelf.name)))
      if (isFileId(name) && (await writeFile(join(folder, shelf.name, name), name, put))) count++
  }
  return count
}

async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function writeFile(path: string, id: string, put: Put): Promise<boolean> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined // taken away since it was listed
    throw error
  })
  if (!file) return false
  const { size } = await file.stat()
  await put(lineOf('F', { id, bytes: size }))
  let left = size
  for await (const chunk of file.createReadStream()) {
    left -= chunk.length
    await put(chunk)
  }
  if (left !== 0) throw new Error('A file changed while it was read.')
  return true
}
