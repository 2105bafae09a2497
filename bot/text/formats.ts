/** Numbers and dates as each language writes them, the same on every machine. */
import { MONTHS, MONTHS_IN_DATES } from './calendar.js'
import type { Language } from './languages.js'

const numberFormats = new Map<Language, Intl.NumberFormat>()

/** "1,200.5" in English, "1 200,5" (with a no-break space) in the others. */
export function formatNumber(language: Language, value: number): string {
  let format = numberFormats.get(language)
  if (!format) {
    // A Node without a language's data would take the machine's own language instead; Russian writes numbers like all of ours
    format = new Intl.NumberFormat([language, 'ru'])
    numberFormats.set(language, format)
  }
  return format.format(value)
}

/**
 * `date` is YYYY-MM-DD. Short: "26.12.2024" ("26 Dec 2024" in English, where the order of figures is ambiguous); long: "26 декабря
 * 2024". Anything that is not such a date is given back as it came.
 */
export function formatDate(language: Language, date: string, style: 'short' | 'long' = 'short'): string {
  const [, year, monthText, dayText] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? []
  const month = MONTHS_IN_DATES[language][Number(monthText) - 1]
  if (!month || !dayText) return date
  const day = Number(dayText)
  if (style === 'short') {
    if (language === 'en') return `${day} ${month.slice(0, 3)} ${year}`
    if (language === 'cs') return `${day}. ${Number(monthText)}. ${year}`
    return `${dayText}.${monthText}.${year}`
  }
  switch (language) {
    case 'uz':
      return `${year}-yil ${day}-${month}`
    case 'ky':
      return `${year}-жылдын ${day}-${month}`
    case 'kk':
      return `${year} жылғы ${day} ${month}`
    case 'cs':
      return `${day}. ${month} ${year}`
    default:
      return `${day} ${month} ${year}`
  }
}

/** `month` is YYYY-MM: "December 2024", "декабрь 2024". Anything else is given back as it came. */
export function formatMonth(language: Language, month: string): string {
  const [, year, number] = /^(\d{4})-(\d{2})$/.exec(month) ?? []
  const index = Number(number) - 1
  const alone = MONTHS[language][index]
  if (!alone) return month
  switch (language) {
    case 'uz':
      return `${year}-yil ${alone}`
    case 'ky':
      return `${year}-жылдын ${MONTHS_IN_DATES.ky[index]}`
    case 'kk':
      return `${year} жылғы ${alone}`
    case 'tg':
      return `${MONTHS_IN_DATES.tg[index]} ${year}`
    default:
      return `${alone} ${year}`
  }
}
