/** Databases for tests: a fresh PostgreSQL database where a server answers, and an embedded one; both are dropped at the end. */
import { createHash, randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, it } from 'vitest'
import { beginHead, LETS_AUDIT_GO } from '../../bot/store/audit-ends.js'
import { readMigrations } from '../../bot/store/migrate.js'
import { MIGRATIONS_FOLDER, openStore, type Store } from '../../bot/store/store.js'

export const KEY = Buffer.from('MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=', 'base64')

const SERVER = process.env.TEST_DATABASE_URL ?? 'postgresql://root@127.0.0.1:5432/postgres'

/** Whether a PostgreSQL server answers. In CI it must: there, a missing server is a failure, not a skipped test. */
const serverAnswers = async (): Promise<boolean> => {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch (error) {
    if (process.env.CI)
      throw new Error('In CI the tests on PostgreSQL must run, and no server answers', { cause: error })
    return false
  }
}
export const SERVED = await serverAnswers()

const onServer = async (statement: string) => {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const urlOf = (name: string): string => {
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return url.href
}

export type Database = { store: Store; url?: string; dataDir: string; reopen(): Promise<Store>; drop(): Promise<void> }

/**
 * A folder with a migrated, empty database, made once for each state of the migrations (initdb takes seconds) and copied from then on.
 * Two workers may make it at once: each makes its own and renames it, and the second finds the place taken.
 */
async function template(): Promise<string> {
  const version = readFileSync(
    createRequire(import.meta.url)
      .resolve('@electric-sql/pglite')
      .replace(/dist.*$/, 'package.json'),
  )
  const hash = createHash('sha256')
    .update(JSON.stringify(readMigrations(MIGRATIONS_FOLDER)))
    .update(version)
    .update(KEY)
  const folder = join(tmpdir(), `rahnamo-template-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  const fresh = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  await (await openStore({ dataDir: fresh, key: KEY })).close()
  try {
    renameSync(fresh, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    rmSync(fresh, { recursive: true, force: true })
  }
  return folder
}

/** A data folder with a migrated, empty embedded database in it. The caller removes it. */
export async function embeddedFolder(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  cpSync(await template(), dataDir, { recursive: true })
  return dataDir
}

/** A migrated, empty store in a folder of its own. */
export async function embeddedDatabase(): Promise<Database> {
  const dataDir = await embeddedFolder()
  const database: Database = {
    dataDir,
    store: await openStore({ dataDir, key: KEY }),
    async reopen() {
      await database.store.close()
      database.store = await openStore({ dataDir, key: KEY })
      return database.store
    },
    async drop() {
      await database.store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return database
}

type Served = { url: string; drop(): Promise<void> }

async function madeOnServer(from = 'template1'): Promise<Served> {
  const name = `rahnamo_test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name} template ${from}`)
  // Whether a power cut loses the last words is the server's own matter, and waiting for its disk is most of a story's time
  await onServer(`alter database ${name} set synchronous_commit = off`)
  return { url: urlOf(name), drop: () => onServer(`drop database ${name} with (force)`) }
}

/** A database of its own on the server, with nothing in it. */
export const emptyServedDatabase = (): Promise<Served> => madeOnServer()

/** Whoever makes it holds this lock; the number is nobody else's. */
const TEMPLATE_LOCK = 4_700_123

/** The template of one run of the suite, which all its workers share; `tests/end.ts` drops it. */
export const templateOf = (run: number): string => `rahnamo_template_${run}`

/** Migrating takes a second, copying what was migrated a tenth of it. */
async function servedTemplate(): Promise<string> {
  const name = templateOf(process.ppid)
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  try {
    await client.query(`select pg_advisory_lock(${TEMPLATE_LOCK})`)
    const { rows } = await client.query('select datistemplate from pg_database where datname = $1', [name])
    if (rows[0]?.datistemplate) return name
    // Half made by somebody who was stopped
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
    const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    await (await openStore({ dataDir, databaseUrl: urlOf(name), key: KEY })).close()
    rmSync(dataDir, { recursive: true, force: true })
    await client.query(`alter database ${name} is_template true`)
    return name
  } finally {
    await client.end()
  }
}

export async function dropTemplate(run: number): Promise<void> {
  if (!SERVED) return
  const name = templateOf(run)
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (!rowCount) return
    await client.query(`alter database ${name} is_template false`)
    await client.query(`drop database ${name} with (force)`)
  } finally {
    await client.end()
  }
}

/** A migrated, empty store in a database of its own on the server. */
export async function servedDatabase(): Promise<Database & { url: string }> {
  const { url, drop } = await madeOnServer(await servedTemplate())
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  const open = () => openStore({ dataDir, databaseUrl: url, key: KEY })
  const database: Database & { url: string } = {
    dataDir,
    url,
    store: await open(),
    async reopen() {
      await database.store.close()
      database.store = await open()
      return database.store
    },
    async drop() {
      await database.store.close()
      await drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return database
}

/** For stories that are not about the database: the one that is there and quicker. */
export const quickDatabase: () => Promise<Database & { url?: string }> = SERVED ? servedDatabase : embeddedDatabase

/** Most stories are told on one database: on the server where one answers. `BOTH_DATABASES=1 npm test` tells them on both. */
export const tellsOnBoth = !SERVED || process.env.BOTH_DATABASES === '1'

/** Tells the same stories on both databases. `open` gives an empty store; `isAboutIt`: always on both. */
export function withDatabases(
  name: string,
  stories: (open: () => Promise<Store>) => void,
  { isAboutIt = false } = {},
): void {
  describe.each([
    ['embedded', tellsOnBoth || isAboutIt, embeddedDatabase],
    ['PostgreSQL', SERVED, servedDatabase],
  ] as const)(`${name} (%s)`, (_, there, make) => {
    if (!there) {
      it.skip('not told on this database now', () => undefined)
      return
    }
    let database: Database | undefined
    stories(async () => {
      database ??= await make()
      return database.store
    })
    // One database for all stories of a block, emptied after each: making one takes seconds.
    afterEach(async () => {
      if (database) await emptied(database.store)
    })
    afterAll(async () => {
      await database?.drop()
    })
  })
}

const EMPTY = `truncate person, receipt, staff, invitation, session, audit, article, contact, flow_version, counter, setting, erased restart identity cascade`

/** As a first start leaves it. */
export async function emptied(store: Store, statement = EMPTY): Promise<void> {
  await store.atOneTime(async (sql) => {
    await sql(`select ${LETS_AUDIT_GO}`)
    await sql(statement)
    await sql(`delete from setting where name like 'audit.%'`)
    await beginHead(sql, store.vault, { learns: true })
  })
}

/** Changes the audit as somebody does who owns the database: its own guards do not stop them. */
export async function past(store: Store, statement: string, values: unknown[] = []): Promise<void> {
  await store.atOneTime(async (sql) => {
    await sql('alter table audit disable trigger user')
    await sql(statement, values)
    await sql('alter table audit enable trigger user')
  })
}
