/** A table for a spreadsheet: UTF-8 with its mark, so that Excel reads Cyrillic, and semicolons, as it wants them in our countries. */

const MARK = '\uFEFF'

/** A cell that begins so is a formula to a spreadsheet, and would run on the reader's machine (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/

export const csv = (rows: readonly (readonly (string | null)[])[]): string =>
  `${MARK}${rows.map((row) => row.map((value) => cell(value ?? '')).join(';')).join('\r\n')}\r\n`

const cell = (value: string): string => `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
