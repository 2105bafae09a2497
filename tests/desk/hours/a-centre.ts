/** Hours for stories, and instants as people write them. */
import { Temporal } from 'temporal-polyfill'
import { Hours, type Shift } from '../../../bot/desk/hours/hours.js'
import type { Interval } from '../../../bot/desk/hours/shifts.js'

export const PRAGUE = 'Europe/Prague'
export const ALMATY = 'Asia/Almaty'
export const MOSCOW = 'Europe/Moscow'
export const DUSHANBE = 'Asia/Dushanbe'

export const HOUR = 3_600_000
export const MINUTE = 60_000
export const WORKDAYS = [1, 2, 3, 4, 5]
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** "09:00-17:00" on workdays, or on the days given. */
export function shift(times: string, days: number[] = WORKDAYS, more: Partial<Shift> = {}): Shift {
  const [from = '', to = ''] = times.split('-')
  return { days, from, to, ...more }
}

/** Checked as what comes from the database is. */
export const hours = (shifts: Shift[], exceptions: unknown[] = []): Hours => Hours.parse({ shifts, exceptions })

/** "2026-11-20 09:00" in that zone; "+01:00" after it tells the two hours of an autumn night apart. */
export function at(text: string, zone: string): number {
  const [date, time, offset = ''] = text.split(' ')
  return Temporal.ZonedDateTime.from(`${date}T${time}${offset}[${zone}]`).epochMilliseconds
}

/** What a clock there shows: "2026-11-20 09:00". */
export const shown = (instant: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString()
    .slice(0, 16)
    .replace('T', ' ')

export const during = (from: string, to: string, zone: string): Interval => ({ from: at(from, zone), to: at(to, zone) })

/** "2026-11-20 09:00 – 2026-11-20 17:00" */
export const read = (open: readonly Interval[], zone: string): string[] =>
  open.map(({ from, to }) => `${shown(from, zone)} – ${shown(to, zone)}`)
