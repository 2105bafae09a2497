/** Databases for tests: a fresh PostgreSQL database where a server answers, and an embedded one; both are dropped at the end. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, it } from 'vitest'
import { openStore, type Store } from '../../bot/store/store.js'

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
  await client.query(statement)
  await client.end()
}

export type Database = { store: Store; url?: string; dataDir: string; reopen(): Promise<Store>; drop(): Promise<void> }

/** A migrated, empty store in a folder of its own. */
export async function embeddedDatabase(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
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

/** A migrated, empty store in a database of its own on the server. */
export async function servedDatabase(): Promise<Database & { url: string }> {
  const name = `rahnamo_test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name}`)
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
  const open = () => openStore({ dataDir, databaseUrl: url.href, key: KEY })
  const database: Database & { url: string } = {
    dataDir,
    url: url.href,
    store: await open(),
    async reopen() {
      await database.store.close()
      database.store = await open()
      return database.store
    },
    async drop() {
      await database.store.close()
      await onServer(`drop database ${name} with (force)`)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return database
}

/** Tells the same stories on both databases. `open` gives an empty store. */
export function withDatabases(name: string, stories: (open: () => Promise<Store>) => void): void {
  describe.each([
    ['embedded', true, embeddedDatabase],
    ['PostgreSQL', SERVED, servedDatabase],
  ] as const)(`${name} (%s)`, (_, there, make) => {
    if (!there) {
      it.skip('no PostgreSQL server answers here', () => undefined)
      return
    }
    let database: Database | undefined
    stories(async () => {
      database ??= await make()
      return database.store
    })
    // One database for all stories of a block, emptied after each: making one takes seconds.
    afterEach(async () => {
      await database?.store.sql(EMPTY)
    })
    afterAll(async () => {
      await database?.drop()
    })
  })
}

const EMPTY = `truncate person, receipt, staff, invitation, session, audit, article, contact, flow_version, counter restart identity cascade`
