/** The one door to the database, embedded or served. */
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { SetupError } from '../errors.js'
import { openEmbedded } from './embedded.js'
import { lockFolder } from './folder-lock.js'
import { type Prisma, PrismaClient } from './generated/client.js'
import { migrate } from './migrate.js'
import { localSignals, type Signals, servedSignals } from './signals.js'
import { createVault, type Vault } from './vault.js'

/** Runs one statement; outside of a transaction it is one by itself. Values are bound, never pasted. */
export type Sql = <Row>(text: string, values?: unknown[]) => Promise<Row[]>

export type Tx = Prisma.TransactionClient

export type Store = {
  db: PrismaClient
  /** Raw SQL in the fewest round trips. Never inside `transaction`: on the embedded database it would wait for itself. */
  sql: Sql
  /** Everything in `work` is committed together or not at all; it may be run again after a lost race, so it must do nothing outside. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  vault: Vault
  signals: Signals
  /** Whether the database answers. */
  alive(): Promise<boolean>
  close(): Promise<void>
}

export const MIGRATIONS_FOLDER = join(import.meta.dirname, '../../prisma/migrations').replace('/dist/prisma', '/prisma')

const TRANSACTION_LIMITS = { maxWait: 10_000, timeout: 20_000 }

/** The raw SQL door of a transaction. */
export const sqlOf =
  (tx: Tx): Sql =>
  (text, values = []) =>
    tx.$queryRawUnsafe(text, ...values)

type Driver = { sql: Sql; adapter: SqlMigrationAwareDriverAdapterFactory; signals: Signals; close(): Promise<void> }

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
    const factory = new PrismaPGlite(db)
    const signals = localSignals()
    return {
      sql: async <Row>(text: string, values: unknown[] = []) => (await db.query<Row>(text, values)).rows,
      adapter: withWholeScripts(
        { provider: 'postgres', adapterName: 'pglite', connect: () => factory.connect() },
        async (script) => void (await db.exec(script)),
      ),
      signals,
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

async function servedDriver(url: string): Promise<Driver> {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, query_timeout: 30_000 })
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
  return {
    sql: async <Row>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as Row[],
    adapter: withWholeScripts(new PrismaPg(pool), async (script) => void (await pool.query(script))),
    signals,
    async close() {
      await signals.close()
      await pool.end()
    },
  }
}

/** Serialisation failure, deadlock, and Prisma's word for both: the work may be tried again. */
const isLostRace = (error: unknown): boolean => {
  const { code, meta } = error as { code?: string; meta?: { code?: string } }
  return code === 'P2034' || [code, meta?.code].some((each) => each === '40001' || each === '40P01')
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
  onSync?: () => void
}): Promise<Store> {
  const driver = options.databaseUrl
    ? await servedDriver(options.databaseUrl)
    : await embeddedDriver(options.dataDir, options.onSync)
  try {
    await migrate(MIGRATIONS_FOLDER, driver.sql, driver.adapter)
  } catch (error) {
    await driver.close()
    throw error
  }
  const db = new PrismaClient({ adapter: driver.adapter, transactionOptions: TRANSACTION_LIMITS })
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
    vault: createVault(options.key),
    signals: driver.signals,
    async alive() {
      try {
        await driver.sql('select 1')
        return true
      } catch {
        return false
      }
    },
    async close() {
      await db.$disconnect()
      await driver.close()
    },
  }
}
