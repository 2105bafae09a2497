/** The one door to the database, embedded or served. */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { ROOT } from '../config.js'
import { SetupError } from '../errors.js'
import { beginHead, HEAD_SINCE } from './audit-ends.js'
import { openEmbedded } from './embedded.js'
import { lockFolder } from './folder-lock.js'
import { type Prisma, PrismaClient } from './generated/client.js'
import { honestCommits } from './honest-commits.js'
import { openVault } from './key-ring.js'
import { migrate } from './migrate.js'
import { oneAtATime } from './one-at-a-time.js'
import { localSignals, type Signals, servedSignals } from './signals.js'
import { isLostRace } from './trouble.js'
import type { Vault } from './vault.js'

/** Runs one statement; outside of a transaction it is one by itself. Values are bound, never pasted. */
export type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>

export type Tx = Prisma.TransactionClient

export type Store = {
  db: PrismaClient
  /** Raw SQL in the fewest round trips. Never inside `transaction`: on the embedded database it would wait for itself. */
  sql: Sql
  /** Everything in `work` is committed together or not at all; it may be run again after a lost race, so it must do nothing outside. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A long transaction of raw SQL that sees the database as it stood when it began, for a backup or a restore.
   * On the embedded database, which has one connection, everybody else waits meanwhile.
   */
  atOneTime<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  vault: Vault
  signals: Signals
  /** Whether the database answers. */
  alive(): Promise<boolean>
  /** May be called again. */
  close(): Promise<void>
}

export const MIGRATIONS_FOLDER = join(ROOT, 'prisma/migrations')

const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 20_000 }

/** The raw SQL door of a transaction. */
export const sqlOf =
  (tx: Tx): Sql =>
  (text, values = []) =>
    tx.$queryRawUnsafe(text, ...values)

type Driver = {
  sql: Sql
  atOneTime: Store['atOneTime']
  adapter: SqlMigrationAwareDriverAdapterFactory
  signals: Signals
  /** Nobody else who starts on this database runs `work` at the same time. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  alive(): Promise<unknown>
  close(): Promise<void>
}

/** The first statement of a transaction. */
const AS_IT_STANDS = 'set transaction isolation level repeatable read'

type Factory = Pick<SqlMigrationAwareDriverAdapterFactory, 'provider' | 'adapterName' | 'connect'>

/**
 * As shipped, neither adapter runs a script well: one cuts it at every semicolon, also inside a comment, the other drops its
 * errors. So a script goes to the database whole.
 */
function withWholeScripts(
  factory: Factory,
  run: (script: string) => Promise<void>,
): SqlMigrationAwareDriverAdapterFactory {
  const connect = async () => Object.assign(await factory.connect(), { executeScript: run })
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect,
    connectToShadowDb: () =>
      Promise.reject(new SetupError('NO_SHADOW', 'Migrations are written without a shadow database.')),
  }
}

async function embeddedDriver(dataDir: string, onSync?: () => void): Promise<Driver> {
  const unlock = lockFolder(dataDir)
  try {
    const db = await openEmbedded(dataDir, onSync)
    await db.query(`set timezone to 'UTC'`)
    const signals = localSignals()
    return {
      sql: async <Row>(text: string, values: unknown[] = []) => (await db.query<Row>(text, values)).rows,
      atOneTime: (work) =>
        db.transaction(async (tx) => {
          await tx.query(AS_IT_STANDS)
          return work(async <Row>(text: string, values: unknown[] = []) => (await tx.query<Row>(text, values)).rows)
        }),
      adapter: withWholeScripts(
        { provider: 'postgres', adapterName: 'pglite', connect: () => honestCommits(db) },
        async (script) => void (await db.exec(script)),
      ),
      signals,
      exclusively: (work) => work(),
      alive: () => db.query('select 1'),
      async close() {
        await signals.close()
        await db.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Any number, the same in every process: the name of the lock that one who starts takes. */
const START_LOCK = 7_240_000
const START_LOCK_LOOK_MS = 200

/** Whoever asks whether the service is well does not wait longer. */
const ALIVE_WITHIN_MS = 3000

/** A migration may rewrite a large table. */
const MIGRATION_WITHIN_MS = 3_600_000

async function servedDriver(url: string): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    // Also how long one waits for a free connection, when hundreds write at once on a slow machine
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
    // Prisma's adapters write and read times without their zone: on a server that lives in Almaty they would move by hours.
    options: '-c TimeZone=UTC',
  })
  // An idle connection that breaks is replaced at the next query, which reports for itself.
  pool.on('error', () => undefined)
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    const said = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw new SetupError(
      'DATABASE_AWAY',
      `PostgreSQL does not answer at DATABASE_URL (${said}). Is it running, and is the address right?`,
    )
  }
  const signals = servedSignals(url, pool)
  const prisma = new PrismaPg(pool)
  return {
    sql: async <Row>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as Row[],
    async atOneTime(work) {
      const client = await pool.connect()
      let broken = true
      try {
        await client.query('begin')
        await client.query(AS_IT_STANDS)
        const done = await work(async (text, values = []) => (await client.query(text, values)).rows)
        await client.query('commit')
        broken = false
        return done
      } finally {
        client.release(broken) // a closed connection rolls back what it began
      }
    },
    adapter: withWholeScripts(
      {
        provider: 'postgres',
        adapterName: prisma.adapterName,
        connect: async () => oneAtATime(await prisma.connect()),
      },
      async (script) => void (await pool.query({ text: script, query_timeout: MIGRATION_WITHIN_MS } as pg.QueryConfig)),
    ),
    signals,
    async exclusively(work) {
      const holder = await pool.connect()
      try {
        const lock = 'select pg_try_advisory_lock($1) as got'
        while (!(await holder.query<{ got: boolean }>(lock, [START_LOCK])).rows[0]?.got)
          await setTimeout(START_LOCK_LOOK_MS)
        return await work()
      } finally {
        holder.release(true) // the lock goes with its connection
      }
    },
    alive: () => pool.query({ text: 'select 1', query_timeout: ALIVE_WITHIN_MS } as pg.QueryConfig),
    async close() {
      await signals.close()
      await pool.end()
    },
  }
}

const MAX_TRIES = 3

/**
 * Opens the store and brings it to the newest schema.
 * @throws SetupError with the remedy, for whoever installs
 */
export async function openStore(options: {
  dataDir: string
  databaseUrl?: string | undefined
  key: Uint8Array
  /** The master key that `key` takes the place of; only while it does. */
  previousKey?: Uint8Array | undefined
  onSync?: () => void
  /** The folder of migrations; ours when it is left out. */
  migrations?: string
}): Promise<Store> {
  const driver = options.databaseUrl
    ? await servedDriver(options.databaseUrl)
    : await embeddedDriver(options.dataDir, options.onSync)
  let vault: Vault
  try {
    vault = await driver.exclusively(async () => {
      const migrated = await migrate(options.migrations ?? MIGRATIONS_FOLDER, driver.sql, driver.adapter)
      const opened = await openVault(driver.sql, { key: options.key, previous: options.previousKey })
      await beginHead(driver.sql, opened, { learns: migrated.includes(HEAD_SINCE) })
      return opened
    })
  } catch (error) {
    await driver.close()
    throw error
  }
  const db = new PrismaClient({ adapter: driver.adapter, transactionOptions: TRANSACTION_LIMITS })
  let closing: Promise<void> | undefined
  return {
    db,
    sql: driver.sql,
    async transaction(work) {
      for (let tries = 1; ; tries++) {
        try {
          return await db.$transaction(work)
        } catch (error) {
          if (tries >= MAX_TRIES || !isLostRace(error)) throw error
        }
      }
    },
    atOneTime: driver.atOneTime,
    vault,
    signals: driver.signals,
    async alive() {
      try {
        await driver.alive()
        return true
      } catch {
        return false
      }
    },
    close() {
      closing ??= db.$disconnect().then(() => driver.close())
      return closing
    },
  }
}
