/** The days of the play. It happens in Czechia; when it ends is chosen, so that the console shows it as of now. */
import { firstAt } from '../../bot/desk/hours/zone.js'
import { shifted } from '../../bot/programme/reports/periods.js'

export const ZONE = 'Europe/Prague'
/** The play ends on this day of its last month: all reminders of the month before have gone out. */
const LAST_DAY = 12

export type Calendar = {
  startsOn: string
  endsOn: string
  /** The months that are reported, the oldest first. */
  periods: string[]
  /** The days of training, by module from 1. */
  days: string[]
  /** A day of module 1 in another city, where a missed one is made up. */
  elsewhere: string
  end: Date
}

/** That time of the wall in Prague. */
export const at = (day: string, time: string): Date => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(firstAt(ZONE, Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000))
}

/** The last month of a play that ended before now. */
export const lastMonthBefore = (now: Date): string => {
  const month = now.toISOString().slice(0, 7)
  return now.getUTCDate() > LAST_DAY ? month : shifted(month, -1)
}

/** @param last the month in which it ends, like 2026-11 */
export function calendarOf(last: string, months: number, sessions: number): Calendar {
  const first = shifted(last, -months)
  const periods = Array.from({ length: months }, (_, nth) => shifted(first, nth))
  // Never in the days in which reports are written
  const monthOf = (nth: number) => Math.floor((nth * months) / Math.max(1, sessions))
  const days = Array.from({ length: sessions }, (_, nth) => {
    const second = nth > 0 && monthOf(nth) === monthOf(nth - 1)
    return `${shifted(first, monthOf(nth))}-${second ? '23' : '14'}`
  })
  return {
    startsOn: `${first}-01`,
    endsOn: `${shifted(last, 12)}-28`,
    periods,
    days,
    elsewhere: `${shifted(first, Math.min(months - 1, 1))}-27`,
    end: at(`${last}-${LAST_DAY}`, '18:00'),
  }
}
