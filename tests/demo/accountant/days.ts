/** Clocks on the wall in Prague, by the accountant's own reckoning. */

const wall = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'Europe/Prague', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit' },
})

/** `2026-10-05` and minutes since midnight. */
export function wallOf(at: Date): { day: string; minutes: number } {
  const part = Object.fromEntries(wall.formatToParts(at).map(({ type, value }) => [type, value]))
  return { day: `${part.year}-${part.month}-${part.day}`, minutes: Number(part.hour) * 60 + Number(part.minute) }
}

/** The month after, like 2027-01. */
export function monthAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** How months begin in the languages of the play, in any case. */
const STEMS: readonly (readonly string[])[] = [
  ['jan', 'led', 'янв', 'січ'],
  ['feb', 'úno', 'фев', 'лют'],
  ['mar', 'bře', 'мар', 'бер'],
  ['apr', 'dub', 'апр', 'кві'],
  ['may', 'kvě', 'май', 'мая', 'тра'],
  ['jun', 'červn', 'červen', 'черв', 'июн'],
  ['jul', 'července', 'červenec', 'лип', 'июл'],
  ['aug', 'srp', 'авг', 'сер'],
  ['sep', 'zář', 'сен', 'вер'],
  ['oct', 'říj', 'окт', 'жов'],
  ['nov', 'list', 'ноя', 'лис'],
  ['dec', 'pros', 'дек', 'гру'],
]

/** The first month that is named in these words, like 2026-10. */
export function monthIn(words: string): string | undefined {
  for (const [, name = '', year] of words.toLowerCase().matchAll(/(\p{L}+)[ \u00a0](\d{4})/gu)) {
    // "červenec" begins as "červen" does: the longest beginning counts
    const fits = STEMS.flatMap((stems, place) =>
      stems.flatMap((stem) => (name.startsWith(stem) ? [{ place, stem }] : [])),
    )
    const [best] = fits.sort((one, other) => other.stem.length - one.stem.length)
    if (best) return `${year}-${String(best.place + 1).padStart(2, '0')}`
  }
  return undefined
}
