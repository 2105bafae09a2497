/** PostgreSQL in a folder (PGlite), as durable as a server: every commit is on the disk before it is confirmed. */
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { SetupError } from '../errors.js'

type EmscriptenStream = { nfd?: number }
type EmscriptenModule = { NODEFS: { stream_ops: { fsync?: (stream: EmscriptenStream) => number } } }

/** PGlite's own file system, with a real fsync: as shipped, the sync of a WAL segment does nothing. */
class SyncedFolder extends NodeFS {
  constructor(
    folder: string,
    private readonly onSync: () => void,
  ) {
    super(folder)
  }

  override async init(...args: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(...args)
    const giveSync = (module: unknown) => {
      const { NODEFS } = module as EmscriptenModule
      NODEFS.stream_ops.fsync = (stream) => {
        if (stream.nfd !== undefined) {
          fdatasyncSync(stream.nfd)
          this.onSync()
        }
        return 0
      }
    }
    result.emscriptenOpts.preRun = [
      result.emscriptenOpts.preRun ?? [],
      giveSync,
    ].flat() as typeof result.emscriptenOpts.preRun & {}
    return result
  }
}

const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), // -F is "no fsync"
  '-c',
  'wal_sync_method=fsync', // Emscripten's fdatasync is a stub
]

/**
 * Makes the folder in a child process: initdb takes 800 MB that only the child then has used. It is made beside and renamed,
 * so that a start cut off in the middle leaves nothing half made.
 */
function makeFolder(folder: string): void {
  const fresh = `${folder}.new-${process.pid}`
  sweep(folder)
  const script = `import { PGlite } from ${JSON.stringify(import.meta.resolve('@electric-sql/pglite'))}
    const db = new PGlite(${JSON.stringify(fresh)}); await db.waitReady; await db.close()`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  if (child.status !== 0)
    throw new SetupError(
      'DATABASE_NOT_MADE',
      `The database could not be made in ${folder}. Is the disk full, or the folder read-only? ${child.stderr.split('\n').at(-2) ?? ''}`,
    )
  syncFiles(fresh)
  renameSync(fresh, folder)
}

/** What starts left that were cut off. The child of a killed one may still be writing: its folder goes at a later start. */
function sweep(folder: string): void {
  for (const name of readdirSync(dirname(folder)).filter((each) => each.startsWith(`${basename(folder)}.new`)))
    try {
      rmSync(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 3, retryDelay: 100 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
    }
}

/** Onto the disk before the folder gets its name: after a power cut there must be no database of empty files. */
function syncFiles(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = openSync(join(entry.parentPath, entry.name), 'r+')
    fsyncSync(handle)
    closeSync(handle)
  }
}

/** Opens (and at first makes) the embedded database under `dataDir`. `onSync` is called once for each sync of the disk. */
export async function openEmbedded(dataDir: string, onSync: () => void = () => undefined): Promise<PGlite> {
  const folder = join(dataDir, 'postgres')
  if (!existsSync(folder)) makeFolder(folder)
  const db = new PGlite({ fs: new SyncedFolder(folder, onSync), startParams: START_PARAMETERS })
  try {
    await db.waitReady
  } catch (cause) {
    throw new SetupError(
      'DATABASE_NOT_OPENED',
      `The database in ${folder} does not open: ${cause instanceof Error ? cause.message : String(cause)}. Put back a backup of the folder, or start with another DATA_DIR.`,
    )
  }
  return db
}
