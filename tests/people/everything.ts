/** Everything that is stored, for stories that look for a word in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestHouse } from '../house.js'

/** Every row of every table as text, with bytes in hexadecimal; and every file of the folder. */
export async function everything(house: TestHouse): Promise<string> {
  const tables = await house.store.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const rows: string[] = []
  for (const { name } of tables) {
    const all = await house.store.sql<{ row: string }>(`select t::text as row from "${name}" t`)
    rows.push(...all.map(({ row }) => `${name}: ${row}`))
  }
  return [...rows, ...filesOf(house).map((path) => readFileSync(path, 'latin1'))].join('\n')
}

/** The files that lie in the folder. */
export function filesOf(house: TestHouse): string[] {
  try {
    return readdirSync(join(house.config.dataDir, 'files'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** A word as it would stand in text, in bytea, or in base64. */
export const shapesOf = (word: string): string[] => [
  word,
  Buffer.from(word).toString('hex'),
  Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1),
]
