/**
 * Who was erased, in a file beside the database: when only a backup from before is left of that, this list keeps its persons erased
 * (S17). A line is a time and a person's id, which says nothing about who they are.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from '../errors.js'
import { makeDataFolder } from '../store/data-folder.js'
import type { Sql } from '../store/store.js'

export type Erasure = { personId: string; at: Date }

export type EraseList = {
  /** On the disk when it returns. */
  add(erasure: Erasure): void
  /** Brings file and table together: what one of them lost stands in the other; what is older than `oldest` goes. */
  tend(sql: Sql, oldest: Date): Promise<void>
}

export const ERASE_LIST_NAME = 'erased.log'

const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

const lineOf = ({ personId, at }: Erasure) => `${at.toISOString()} ${personId}`

/**
 * What the file says; `undefined` when there is none. A line that a power cut tore stands in the table, so it is passed over.
 * @throws SetupError ERASE_LIST_UNREADABLE
 */
export function readEraseList(path: string): Erasure[] | undefined {
  return linesOf(path)?.flatMap((line) => {
    const [, at, personId] = LINE.exec(line) ?? []
    return at && personId ? [{ personId, at: new Date(at) }] : []
  })
}

function linesOf(path: string): string[] | undefined {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new SetupError('ERASE_LIST_UNREADABLE', `The list of erased persons ${path} cannot be read (${code}).`)
  }
}

function write(path: string, flags: 'a' | 'w', lines: readonly string[]): void {
  const handle = openSync(path, flags, 0o600)
  try {
    writeSync(handle, lines.map((line) => `${line}\n`).join(''))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Everyone whom the table names. */
export const erasedRows = (sql: Sql): Promise<Erasure[]> => sql('select person_id as "personId", at from erased')

export function createEraseList(dataDir: string): EraseList {
  const path = join(dataDir, ERASE_LIST_NAME)
  return {
    add(erasure) {
      makeDataFolder(dataDir)
      write(path, 'a', [lineOf(erasure)])
    },
    async tend(sql, oldest) {
      await sql('delete from erased where at < $1', [oldest])
      const rows = await erasedRows(sql)
      // From here on nothing is awaited: what this process adds cannot come between. What another one adds stands in the table.
      const lines = new Set(linesOf(path))
      const listed = (readEraseList(path) ?? []).filter(({ at }) => at >= oldest)
      const wanted = new Set([...listed, ...rows].map(lineOf))
      const kept = [...lines].every((line) => wanted.has(line))
      const missing = [...wanted].filter((line) => !lines.has(line))
      if (kept && missing.length > 0) write(path, 'a', missing)
      if (kept) return
      write(`${path}.${process.pid}.part`, 'w', [...wanted].sort())
      renameSync(`${path}.${process.pid}.part`, path)
    },
  }
}
