/** Days and months as people type them: "15 марта", "вчера", "15. 3.", "kecha", "октябрь", "прошлый месяц". */
import { type DateWords, dateWords } from './date-words.js'
import type { Language } from './languages.js'
import { NEGATIONS } from './negations.js'
import { looseKey, looseWords, normalise } from './scripts.js'

/** Which year a day without a year is in: the nearest to today, the last one up to today, or the next one from today. */
export type Lean = 'nearest' | 'past' | 'future'

/** Longer texts tell a story, in which a date need not be the answer. */
const TEXT_MAX = 120
const OTHER_WORDS_MAX = 3
const FIRST_YEAR = 1900
const LAST_YEAR = 2100
const DAY_MS = 86_400_000

/**
 * The one day that a text names, as YYYY-MM-DD; `today` is YYYY-MM-DD where the person is. Figures are day first, as in all our countries.
 * `undefined` for impossible days (31 April), several days, and weekdays that could be two ("last Friday" on a Saturday).
 */
export function readDate(text: string, language: Language, today: string, lean: Lean = 'nearest'): string | undefined {
  if (text.length > TEXT_MAX) return undefined
  const plain = normalise(text)
  const words = dateWords(language)
  return (
    inFigures(plain, language, today, lean) ??
    withMonthName(plain, words, today, lean) ??
    nearToday(plain, words, today, lean)
  )
}

/** The one month that a text names, as YYYY-MM: "октябрь", "10.2026", "10", "last month"; a whole date gives its month. */
export function readMonth(text: string, language: Language, today: string, lean: Lean = 'nearest'): string | undefined {
  if (text.length > TEXT_MAX) return undefined
  const plain = normalise(text)
  return (
    monthInFigures(plain, today, lean) ??
    namedMonth(plain, language, today, lean) ??
    readDate(text, language, today, lean)?.slice(0, 7)
  )
}

const ISO = /(?<!\d)(?<year>\d{4})(?<sep>[-./])(?<month>\d{1,2})\k<sep>(?<day>\d{1,2})(?!\d)/
const DAY_FIRST =
  /(?<!\d)(?<day>\d{1,2})\s?(?<sep>[-./])\s?(?<month>\d{1,2})(?:\s?\k<sep>\s?(?<year>\d{4}|\d{2}))?(?!\d)/
const SPACED = /(?<!\d)(?<day>\d{2}) ?(?<month>\d{2}) ?(?<year>\d{4})(?!\d)/

function inFigures(plain: string, language: Language, today: string, lean: Lean): string | undefined {
  const match = ISO.exec(plain) ?? DAY_FIRST.exec(plain) ?? SPACED.exec(plain)
  const figures = match?.groups
  if (!match || !figures || !isAside(plain.replace(match[0], ' '))) return undefined
  const year = figures.year === undefined ? undefined : fullYear(figures.year, today)
  const [day, month] = [Number(figures.day), Number(figures.month)]
  // 03/15/2026 can only be the American order
  if (language === 'en' && month > 12 && day <= 12) return dayOf(year, day, month, today, lean)
  return dayOf(year, month, day, today, lean)
}

function withMonthName(plain: string, words: DateWords, today: string, lean: Lean): string | undefined {
  const found = monthName(plain, words)
  if (!found || !isAside(found.others)) return undefined
  const { month, before, after } = found
  const [year, ...moreYears] = [...before, ...after].filter((figure) => figure.length === 4)
  const [day, shortYear, ...more] = [...before, ...after].filter((figure) => figure.length !== 4)
  if (day === undefined || day.length > 2 || moreYears.length > 0 || more.length > 0) return undefined
  // "15 марта 26" has a year, "1 и 15 марта" has not
  const hasShortYear = before.length === 1 && after.length === 1 && shortYear?.length === 2
  if (shortYear !== undefined && (year !== undefined || !hasShortYear)) return undefined
  const said = year ?? shortYear
  return dayOf(said === undefined ? undefined : fullYear(said, today), month, Number(day), today, lean)
}

function nearToday(plain: string, words: DateWords, today: string, lean: Lean): string | undefined {
  if (/\d/.test(plain)) return undefined
  const said = ` ${looseKey(plain)} `
  for (const [phrase, shift] of words.days) {
    if (!said.includes(` ${phrase} `)) continue
    const others = said.replace(` ${phrase} `, ' ')
    const another = [...words.days].some(([other, days]) => days !== shift && others.includes(` ${other} `))
    return !another && isAside(others) ? addDays(today, shift) : undefined
  }
  return weekday(plain, words, today, lean)
}

/** Of the two days that "last Friday" can mean, the most recent one and that of last week, only one that is both. */
function weekday(plain: string, words: DateWords, today: string, lean: Lean): string | undefined {
  const said = looseWords(plain)
  const wanted = said.map(words.weekday).filter((day) => day !== undefined)
  const [day] = wanted
  if (
    day === undefined ||
    wanted.length > 1 ||
    !isAside(said.filter((word) => words.weekday(word) === undefined).join(' '))
  )
    return undefined
  const now = isoWeekday(today)
  const side = said.map((word) => words.sides.get(word)).find((side) => side !== undefined)
  if (side === 0) return addDays(today, day - now)
  if (side === -1) return day > now ? addDays(today, day - now - 7) : day === now ? addDays(today, -7) : undefined
  if (side === 1) return day < now ? addDays(today, day - now + 7) : day === now ? addDays(today, 7) : undefined
  if (lean === 'past') return addDays(today, day > now ? day - now - 7 : day - now)
  if (lean === 'future') return addDays(today, day < now ? day - now + 7 : day - now)
  return undefined
}

const YEAR_FIRST = /^(?<year>\d{4})\s?[-./ ]\s?(?<month>\d{1,2})$/
const MONTH_FIRST = /^(?<month>\d{1,2})\s?[-./ ]\s?(?<year>\d{4})$/
const MONTH_ONLY = /^(?<month>\d{1,2})\.?$/

function monthInFigures(plain: string, today: string, lean: Lean): string | undefined {
  const bare = plain.replace(/\s?\p{L}{1,4}\.?$/u, '').trim()
  const figures = (YEAR_FIRST.exec(bare) ?? MONTH_FIRST.exec(bare) ?? MONTH_ONLY.exec(plain))?.groups
  if (!figures) return undefined
  return monthOf(figures.year === undefined ? undefined : Number(figures.year), Number(figures.month), today, lean)
}

function namedMonth(plain: string, language: Language, today: string, lean: Lean): string | undefined {
  const words = dateWords(language)
  const said = looseWords(plain)
  const side = said.map((word) => words.sides.get(word)).find((side) => side !== undefined)
  const found = monthName(plain, words)
  if (!found) {
    const isRelative = side !== undefined && said.some((word) => words.monthWords.has(word)) && !/\d/.test(plain)
    return isRelative && isAside(plain) ? shiftMonth(today.slice(0, 7), side) : undefined
  }
  const { month, before, after, others } = found
  const [year, ...more] = [...before, ...after]
  if (more.length > 0 || !isAside(others)) return undefined
  // "октябрь 26" has a year; "15 октября" and an English "October 15" are days, which `readDate` reads
  const isYear = year?.length === 4 || (year?.length === 2 && after.length === 1 && language !== 'en')
  if (year !== undefined) return isYear ? monthOf(fullYear(year, today), month, today, lean) : undefined
  if (side === 0) return monthOf(Number(today.slice(0, 4)), month, today, lean)
  return monthOf(undefined, month, today, side === -1 ? 'past' : side === 1 ? 'future' : lean)
}

/** The month that is named, if just one is, with the figures before and after it and the words around it. */
function monthName(plain: string, words: DateWords) {
  const parts = (plain.match(/\d+|[\p{L}']+/gu) ?? []).map((text) => ({
    text,
    isFigure: /^\d/.test(text),
    month: words.month(text),
  }))
  const at = parts.findIndex(({ month }) => month !== undefined)
  const month = parts[at]?.month
  if (month === undefined || parts.filter(({ month }) => month !== undefined).length > 1) return undefined
  const figures = (some: typeof parts) => some.filter(({ isFigure }) => isFigure).map(({ text }) => text)
  const others = parts.filter((part) => !part.isFigure && part.month === undefined).map(({ text }) => text)
  return { month, before: figures(parts.slice(0, at)), after: figures(parts.slice(at + 1)), others: others.join(' ') }
}

/** Whether what stands around a date leaves it alone: a few words, no further figures, no "not". */
function isAside(text: string): boolean {
  if (text.trim() === '') return true
  if (/\d/.test(text)) return false
  // shorter words are endings and prepositions: "15-го", "г.", "th", "в"
  const words = looseWords(text)
  return !words.some((word) => NEGATIONS.has(word)) && words.filter((word) => word.length > 2).length <= OTHER_WORDS_MAX
}

function fullYear(figures: string, today: string): number {
  const year = Number(figures)
  if (figures.length === 4) return year
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100
  // documents expire in up to twenty years; what would be later is a year of birth
  return century + year <= Number(today.slice(0, 4)) + 20 ? century + year : century - 100 + year
}

function dayOf(year: number | undefined, month: number, day: number, today: string, lean: Lean): string | undefined {
  if (year !== undefined) return isoDay(year, month, day)
  const now = Number(today.slice(0, 4))
  // 29 February may be some years away
  const days = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(
    (shift) => isoDay(now + shift, month, day) ?? [],
  )
  return nearest(days, (date) => daysBetween(today, date), lean)
}

function monthOf(year: number | undefined, month: number, today: string, lean: Lean): string | undefined {
  if (month < 1 || month > 12) return undefined
  const now = Number(today.slice(0, 4))
  const iso = (year: number) => `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  if (year !== undefined) return year >= FIRST_YEAR && year <= LAST_YEAR ? iso(year) : undefined
  const monthsAway = (date: string) => (Number(date.slice(0, 4)) - now) * 12 + month - Number(today.slice(5, 7))
  return nearest([iso(now - 1), iso(now), iso(now + 1)], monthsAway, lean)
}

/** The closest to today on the wanted side; of two equally far, the past one. */
function nearest(dates: string[], away: (date: string) => number, lean: Lean): string | undefined {
  return dates
    .filter((date) => lean === 'nearest' || (lean === 'past' ? away(date) <= 0 : away(date) >= 0))
    .sort((a, b) => Math.abs(away(a)) - Math.abs(away(b)) || away(a) - away(b))[0]
}

function isoDay(year: number, month: number, day: number): string | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || day < 1) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` : undefined
}

const addDays = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

const isoWeekday = (date: string) => new Date(date).getUTCDay() || 7

function shiftMonth(month: string, by: number): string {
  const date = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1))
  return date.toISOString().slice(0, 7)
}
