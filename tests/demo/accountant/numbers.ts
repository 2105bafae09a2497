/** What people typed where a number was asked, read by the accountant's own rules. */

const WORDS: Record<string, number> = {
  ...{ dva: 2, tři: 3, pět: 5, deset: 10, dvanáct: 12, dvacet: 20, třicet: 30 },
  ...{ два: 2, три: 3, пʼять: 5, пять: 5, десять: 10, дванадцять: 12, двенадцать: 12 },
  ...{ двадцять: 20, двадцать: 20, тридцять: 30, тридцать: 30 },
  ...{ two: 2, three: 3, five: 5, ten: 10, twelve: 12, twenty: 20, thirty: 30 },
}
const ARABIC_ZERO = 0x660

export function numberOf(typed: string): number | undefined {
  const figures = typed
    .trim()
    .toLowerCase()
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
  const word = WORDS[figures]
  if (word !== undefined) return word
  const [, whole = '', half] = /^(\d{1,3}(?: \d{3})*|\d+)(?:[.,](\d+))?(?: min)?$/.exec(figures) ?? []
  return whole ? Number(`${whole.replace(/ /g, '')}.${half ?? 0}`) : undefined
}
