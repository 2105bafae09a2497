/**
 * Brings a database to the newest schema, with Prisma's own schema engine in its WebAssembly form (the native one cannot be
 * fetched everywhere). The table stays `_prisma_migrations`, so `prisma migrate deploy` goes on where this left off.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as Engine from '@prisma/schema-engine-wasm'
import { SetupError } from '../errors.js'
import type { Sql } from './store.js'

type Migration = { name: string; sql: string }

/** The migrations of a folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => ({ name: entry.name, sql: readFileSync(join(folder, entry.name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The part of the standard that we use; Node's own types leave it out. */
type WebAssemblyApi = { instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: object } }> }

/** Node 20 does not import WebAssembly as a module, so the engine's glue, which holds one instance, is given it by hand, once. */
async function instantiate(): Promise<typeof Engine> {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const glue = await import(path)
  const { WebAssembly: wasm } = globalThis as unknown as { WebAssembly: WebAssemblyApi }
  const { instance } = await wasm.instantiate(readFileSync(path.replace(/\.js$/, '.wasm')), {
    './schema_engine_bg.js': glue,
  })
  glue.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start } = instance.exports as { __wbindgen_start?: () => void }
  __wbindgen_start?.()
  return glue
}

let engine: Promise<typeof Engine> | undefined
const schemaEngine = () => {
  engine ??= instantiate()
  return engine
}

const ignore = { externalTables: [], externalEnums: [] }

const asList = (folder: string, migrations: Migration[]): Engine.MigrationList => ({
  baseDir: folder,
  lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})

const checksum = (sql: string) => createHash('sha256').update(sql).digest('hex')

/** What the database says it has; undefined when it has never been migrated. */
async function applied(sql: Sql): Promise<Map<string, { checksum: string; done: boolean }> | undefined> {
  const [row] = await sql<{ there: boolean }>(`select to_regclass('_prisma_migrations') is not null as there`)
  if (!row?.there) return undefined
  const rows = await sql<{ migration_name: string; checksum: string; done: boolean }>(
    'select migration_name, checksum, finished_at is not null as done from _prisma_migrations where rolled_back_at is null',
  )
  return new Map(rows.map((each) => [each.migration_name, each]))
}

/**
 * Applies what is missing; a database that is up to date costs two small queries.
 * @throws SetupError MIGRATION_EDITED, MIGRATION_BROKEN, DATABASE_NEWER
 */
export async function migrate(
  folder: string,
  sql: Sql,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<string[]> {
  const migrations = readMigrations(folder)
  const have = await applied(sql)
  // A first start that was cut off: a script runs whole or not at all, so there is nothing here yet, and it may begin again.
  if (have && ![...have.values()].some(({ done }) => done)) {
    await forgetUnfinished(sql)
    have.clear()
  }
  for (const { name, sql: text } of migrations) {
    const row = have?.get(name)
    if (row && !row.done)
      throw new SetupError(
        'MIGRATION_BROKEN',
        `The migration ${name} was begun and not finished. Put back the backup from before it, then start again.`,
      )
    if (row && row.checksum !== checksum(text))
      throw new SetupError(
        'MIGRATION_EDITED',
        `The migration ${name} is not the one this database was made with. Put its file back as it was.`,
      )
  }
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = [...(have?.keys() ?? [])].find((name) => !known.has(name))
  if (foreign)
    throw new SetupError(
      'DATABASE_NEWER',
      `The database was made by a newer Rahnamo (it has ${foreign}). Install that version or a later one.`,
    )
  if (have && migrations.every(({ name }) => have.has(name))) return []

  let refusal: unknown
  const { SchemaEngine } = await schemaEngine()
  const schema = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(remembering(adapter, (error) => (refusal = error))),
  )
  try {
    const result = await schema.applyMigrations({ migrationsList: asList(folder, migrations), filters: ignore })
    return result.appliedMigrationNames
  } catch (cause) {
    if (refusal) await forgetUnfinished(sql)
    throw new SetupError(
      'MIGRATION_FAILED',
      `The database could not be brought up to date, and was left as it was: ${said(refusal ?? cause)}. When that is mended (a full disk, a missing right), start again.`,
    )
  } finally {
    schema.free()
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** PostgreSQL ran nothing of a script that it refused: the row that says "begun" would only stop the next start. */
const forgetUnfinished = (sql: Sql) =>
  sql('delete from _prisma_migrations where finished_at is null and rolled_back_at is null')

/** The engine's own report names its Rust files and not what PostgreSQL said, so that is kept aside. */
function remembering(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  keep: (error: unknown) => void,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connectToShadowDb: () => adapter.connectToShadowDb(),
    async connect() {
      const connection = await adapter.connect()
      const run = connection.executeScript.bind(connection)
      const executeScript = (script: string) =>
        run(script).catch((error: unknown) => {
          keep(error)
          throw error
        })
      return Object.assign(connection, { executeScript })
    },
  }
}

/** The SQL that leads from one schema to another; an empty `from` is an empty database. */
export async function diffSchemas(
  from: string,
  to: string,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<string> {
  const { SchemaEngine } = await schemaEngine()
  const schema = await SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
  const model = (content: string): Engine.DiffTarget =>
    content ? { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] } : { tag: 'empty' }
  try {
    const result = await schema.diff({
      from: model(from),
      to: model(to),
      script: true,
      exitCode: null,
      filters: ignore,
    })
    return result.stdout ?? ''
  } finally {
    schema.free()
  }
}
