/** A table for a spreadsheet: UTF-8 with its mark, so that Excel reads Cyrillic, and semicolons, as it wants them in our countries. */

const MARK = '\uFEFF'

/** A cell that begins so is a formula to a spreadsheet, and would run on the reader's machine (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/

export const csv = (rows: readonly (readonly (string | null)[])[]): string => `${MARK}${rows.map(line).join('')}`

/** The same, row after row, so that a long table never lies in memory as a whole. */
export async function* csvStream(rows: AsyncIterable<readonly (string | number | null)[]>): AsyncGenerator<string> {
  yield MARK
  for await (const row of rows) yield line(row)
}

const line = (row: readonly (string | number | null)[]): string =>
  `${row.map((value) => cell(String(value ?? ''))).join(';')}\r\n`

const cell = (value: string): string => `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
