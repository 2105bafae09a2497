/** Exports as a spreadsheet opens them: CSV by the rules of RFC 4180 with semicolons, XLSX by a reader that is not ours. */
import { readSheet } from 'read-excel-file/node'

export type Table = Record<string, string | number | null>[]

const named = ([heads = [], ...rows]: (string | number | null)[][]): Table =>
  rows.map((row) => Object.fromEntries(heads.map((head, place) => [String(head), row[place] ?? null])))

export function readCsv(content: Buffer): Table {
  const text = content.toString('utf8').replace(/^\uFEFF/, '')
  const rows: (string | null)[][] = [[]]
  for (const [, quoted, end] of text.matchAll(/"((?:[^"]|"")*)"(;|\r\n)/g)) {
    // A word that would run as a formula is kept from it by a sign before it
    rows.at(-1)?.push((quoted ?? '').replace(/""/g, '"').replace(/^'(?=[=+\-@])/, '') || null)
    if (end === '\r\n') rows.push([])
  }
  return named(rows.slice(0, -1))
}

export async function readXlsx(content: Buffer): Promise<Table> {
  const rows = await readSheet(content)
  return named(rows.map((row) => row.map((cell) => (typeof cell === 'number' || cell === null ? cell : String(cell)))))
}
