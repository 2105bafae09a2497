/** What the database says of its own tables, so that a new one is in the backup without anybody thinking of it. */
import type { Sql } from '../store.js'
import { LEFT_OUT } from './format.js'

export type Table = { name: string; columns: string[] }

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Read before the persons, so that a restore knows of everybody whom it must not bring back. */
const FIRST = 'erased'

/** Every table, each after those that its rows point to. */
export async function tablesOf(sql: Sql): Promise<Table[]> {
  const tables = await sql<Table>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> all($1::text[])
      group by c.relname order by c.relname <> $2, c.relname`,
    [LEFT_OUT, FIRST],
  )
  const arrows = await sql<{ from: string; to: string }>(
    `select f.relname::text as from, t.relname::text as to from pg_constraint k
       join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid where k.contype = 'f' and f.oid <> t.oid`,
  )
  const sorted: Table[] = []
  for (let left = tables; left.length > 0; ) {
    const waiting = new Set(left.map(({ name }) => name))
    const ready = left.filter(({ name }) => !arrows.some(({ from, to }) => from === name && waiting.has(to)))
    if (ready.length === 0) throw new Error(`These tables point to each other in a ring: ${[...waiting].join(', ')}`)
    sorted.push(...ready)
    left = left.filter((table) => !ready.includes(table))
  }
  return sorted
}

export type Sequence = { table: string; column: string; last: string }

/** The last number that each table has given. */
export async function sequencesOf(sql: Sql): Promise<Sequence[]> {
  const found = await sql<{ table: string; column: string; sequence: string }>(
    `select * from (select c.relname::text as table, a.attname::text as column,
              pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
         from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r') s where sequence is not null`,
  )
  const sequences: Sequence[] = []
  for (const { table, column, sequence } of found) {
    const [row] = await sql<{ last: string }>(`select last_value::text as last from ${sequence}`)
    if (row) sequences.push({ table, column, last: row.last })
  }
  return sequences
}

export async function newestMigration(sql: Sql): Promise<string> {
  const [row] = await sql<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1 desc limit 1',
  )
  return row?.name ?? ''
}
