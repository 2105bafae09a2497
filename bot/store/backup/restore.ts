/** Brings a checked backup into an empty database: all of it in one transaction, or nothing. */
import { rm } from 'node:fs/promises'
import { SetupError } from '../../errors.js'
import { LETS_AUDIT_GO } from '../audit-ends.js'
import type { Sql, Store } from '../store.js'
import { damaged, explained, FileLine, SequenceLine, TableLine } from './format.js'
import { parse, partsOf } from './read.js'
import { restoreFile } from './restore-file.js'
import { quoted, type Sequence, type Table, tablesOf } from './tables.js'

const ROWS_AT_ONCE = 500
const BYTES_AT_ONCE = 4 * 1024 * 1024

/**
 * Numbers given after the backup was made are known outside: open pages ask for what came after the last that they have seen.
 * So the restored tables go on far beyond them.
 */
const LEAP = 1_000_000

export type RestoreOrder = {
  store: Pick<Store, 'atOneTime'>
  dataDir: string
  path: string
  /** Persons whose key is not even written down again. */
  gone: readonly string[]
  /** Runs in the transaction when all rows are in, before the files: what must never be served goes here. */
  settle(sql: Sql): Promise<void>
}

/**
 * The backup must have passed `checkBackup`.
 * @throws SetupError RESTORE_NOT_EMPTY, DISK_FULL
 */
export async function loadBackup(order: RestoreOrder): Promise<void> {
  const files: string[] = []
  try {
    await order.store.atOneTime(async (sql) => {
      const tables = await emptied(sql)
      await load(order, sql, new Map(tables.map((table) => [table.name, table])), files)
    })
  } catch (error) {
    for (const file of files) await rm(file, { force: true })
    throw explained(error, order.dataDir)
  }
}

/** A house that was only started has knowledge and an administrator in it; they make way. Persons do not. */
async function emptied(sql: Sql): Promise<Table[]> {
  await sql('lock table person in access exclusive mode') // nobody may come between the look and the commit
  const [somebody] = await sql('select id from person limit 1')
  if (somebody)
    throw new SetupError(
      'RESTORE_NOT_EMPTY',
      'There are persons in this database, and a restore would mix or lose them. Set DATA_DIR to a new folder (with the key in it), or DATABASE_URL to an empty database.',
    )
  const tables = await tablesOf(sql)
  await sql(`select ${LETS_AUDIT_GO}`)
  for (const { name } of tables.toReversed()) await sql(`delete from ${quoted(name)}`)
  return tables
}

async function load(order: RestoreOrder, sql: Sql, tables: Map<string, Table>, written: string[]): Promise<void> {
  const { path } = order
  const parts = partsOf(path)
  let rows = rowsInto(sql, '', [])
  let settled = false
  for await (const { letter, body } of parts) {
    if (letter === 'R') {
      await rows.add(body)
      continue
    }
    await rows.flush()
    if (letter === 'T') {
      const { table, columns } = parse(TableLine, body, path)
      const known = tables.get(table)
      if (!known || columns.some((column) => !known.columns.includes(column))) throw damaged(path)
      rows = rowsInto(sql, insertInto(table, columns), table === 'person' ? [order.gone] : [])
    }
    if (letter === 'S') await goOn(sql, parse(SequenceLine, body, path))
    if ((letter === 'F' || letter === 'E') && !settled) {
      await order.settle(sql)
      settled = true
    }
    if (letter === 'F') await restoreFile(order.dataDir, sql, parse(FileLine, body, path), parts, written)
  }
}

/** Gathers rows and inserts many at once. */
function rowsInto(sql: Sql, insert: string, values: unknown[]) {
  let waiting: Buffer[] = []
  let bytes = 0
  const flush = async () => {
    if (waiting.length > 0) await sql(insert, [`[${waiting.join(',')}]`, ...values])
    waiting = []
    bytes = 0
  }
  return {
    flush,
    async add(row: Buffer) {
      waiting.push(row)
      bytes += row.length
      if (waiting.length >= ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) await flush()
    },
  }
}

const goOn = (sql: Sql, { table, column, last }: Sequence) =>
  sql('select setval(pg_get_serial_sequence(quote_ident($1::text), $2::text), $3::bigint + $4::bigint)::text', [
    table,
    column,
    last,
    LEAP,
  ])

/** The database reads its own rows back; a column that is younger than the backup gets its default. */
function insertInto(table: string, columns: readonly string[]): string {
  const names = columns.map(quoted)
  const taken = names.map((name) =>
    table === 'person' && name === '"wrapped_key"'
      ? `case when id = any($2::uuid[]) then null else wrapped_key end`
      : name,
  )
  return `insert into ${quoted(table)} (${names.join(', ')}) select ${taken.join(', ')} from json_populate_recordset(null::${quoted(table)}, $1::text::json)`
}
