/** A table for a spreadsheet: UTF-8 with its mark, so that Excel reads Cyrillic, and semicolons, as it wants them in our countries. */

const MARK = '\uFEFF'

/** A cell that begins so is a formula to a spreadsheet, and would run on the reader's machine (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/

/**
 * A phone number in groups stays as it is: no spreadsheet computes anything of it. One with dashes would be a subtraction, one without
 * groups a number that loses its plus and its last digits; they get an apostrophe like the rest. In the workbook each stands as written.
 */
const PHONE = /^\+\d+(?: \d+| \(\d+\))+$/
const PHONE_DIGITS = { min: 7, max: 15 }

const isPhone = (value: string): boolean => {
  const digits = value.replace(/\D/g, '').length
  return PHONE.test(value) && digits >= PHONE_DIGITS.min && digits <= PHONE_DIGITS.max
}

const runs = (value: string): boolean => FORMULA.test(value) && !isPhone(value)

export const csv = (rows: readonly (readonly (string | null)[])[]): string => `${MARK}${rows.map(line).join('')}`

/** The same, row after row, so that a long table never lies in memory as a whole. */
export async function* csvStream(rows: AsyncIterable<readonly (string | number | null)[]>): AsyncGenerator<string> {
  yield MARK
  for await (const row of rows) yield line(row)
}

const line = (row: readonly (string | number | null)[]): string =>
  `${row.map((value) => cell(String(value ?? ''))).join(';')}\r\n`

const cell = (value: string): string => `"${(runs(value) ? `'${value}` : value).replaceAll('"', '""')}"`
