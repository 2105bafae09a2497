/** What was uploaded, as rows of words: a CSV, or a workbook of Excel. */
import readSheets from 'read-excel-file/node'
import { UserError } from '../../errors.js'
import { readCsv } from './csv.js'
import { unpackedBytes } from './unpacked.js'

/** Some hundred people fit; what is larger is no list of a group. */
export const TABLE_MAX_BYTES = 2 * 1024 * 1024
export const ROWS_MAX = 500

/** A workbook is a zip: small outside, it may be anything inside. */
const UNPACKED_MAX_BYTES = 20 * 1024 * 1024

const isZip = (content: Uint8Array) => content[0] === 0x50 && content[1] === 0x4b

/** @throws UserError tableTooBig, notUtf8, notATable */
export async function readTable(content: Uint8Array): Promise<string[][]> {
  if (content.length > TABLE_MAX_BYTES) throw new UserError('tableTooBig', { megabytes: 2, rows: ROWS_MAX })
  const rows = isZip(content) ? await readWorkbook(content) : readCsv(decoded(content))
  // One row more is the names of the columns
  if (rows.length > ROWS_MAX + 1) throw new UserError('tableTooBig', { megabytes: 2, rows: ROWS_MAX })
  return rows.map((row) =>
    row.map((cell) =>
      cell
        .normalize('NFC')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim(),
    ),
  )
}

function decoded(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    // Names would come in with wrong letters: better none than those
    throw new UserError('notUtf8')
  }
}

async function readWorkbook(content: Uint8Array): Promise<string[][]> {
  const inside = unpackedBytes(content)
  if (inside === undefined) throw new UserError('notATable')
  if (inside > UNPACKED_MAX_BYTES) throw new UserError('tableTooBig', { megabytes: 2, rows: ROWS_MAX })
  const sheets = await readSheets(Buffer.from(content)).catch(() => {
    throw new UserError('notATable')
  })
  return (sheets[0]?.data ?? []).map((row) => row.map(wordsOf))
}

const wordsOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}
