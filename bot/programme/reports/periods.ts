/** Months as reports know them: `2026-10`. A month is chosen by whoever reports, and ends at midnight where they live. */
import { Temporal } from 'temporal-polyfill'

const PERIOD = /^\d{4}-(0[1-9]|1[0-2])$/
export const isPeriod = (text: unknown): text is string => typeof text === 'string' && PERIOD.test(text)

const month = (period: string) => Temporal.PlainYearMonth.from(period)

/** The day on which somebody in that zone lives, YYYY-MM-DD. */
export const dayIn = (zone: string, at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString()

/** The month in which somebody in that zone lives: 2026-10-31T23:00Z is November in Prague. */
export const periodIn = (zone: string, at: Date): string => dayIn(zone, at).slice(0, 7)

/** The newest month that has begun in one of these zones; in UTC when there are none. */
export const newestIn = (zones: readonly string[], at: Date): string =>
  zones
    .map((zone) => periodIn(zone, at))
    .sort()
    .at(-1) ?? periodIn('UTC', at)

/** Where each month begins first. */
const FIRST_ZONE = 'Pacific/Kiritimati'

/** A month that has begun somewhere; nowhere is one that comes after it. */
export const newestAnywhere = (at: Date): string => periodIn(FIRST_ZONE, at)

/** `by` months later; earlier when it is negative. */
export const shifted = (period: string, by: number): string => month(period).add({ months: by }).toString()

/** From the first to the last, both in it; none when the last comes before the first. */
export function periodsBetween(first: string, last: string): string[] {
  const periods: string[] = []
  for (let at = first; at <= last; at = shifted(at, 1)) periods.push(at)
  return periods
}

/** The day up to which a report is in time: that day of the month that follows. */
export const dueDay = (period: string, day: number): string => `${shifted(period, 1)}-${String(day).padStart(2, '0')}`

/** A stretch of days, both in it; open at its end while somebody is there. */
export type Stretch = { from: string; to: string | null }

/** Whether a report is expected of somebody who was there in these stretches: on one day of the month at least. */
export const isExpected = (period: string, stretches: readonly Stretch[]): boolean =>
  stretches.some(({ from, to }) => from.slice(0, 7) <= period && (to === null || period <= to.slice(0, 7)))

/** Every month of which a report is expected up to `last`, the oldest first. */
export function expectedPeriods(stretches: readonly Stretch[], last: string): string[] {
  const first = stretches.map(({ from }) => from.slice(0, 7)).sort()[0]
  return first === undefined ? [] : periodsBetween(first, last).filter((period) => isExpected(period, stretches))
}
