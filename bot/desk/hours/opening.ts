/** Whether a centre is open, and when next. */
import type { Hours, HoursFilter } from './hours.js'
import { type Interval, shiftsWithin } from './shifts.js'
import { DAY_MS, dateOf, dayOf, wallAt, weekdayOf } from './zone.js'

/** Whoever does not open within two months has no hours that one could promise. */
const LOOKS_AHEAD_MS = 60 * DAY_MS

/**
 * When it is open within the window: sorted, apart from each other (what overlaps or touches is one), cut to the window.
 * @throws RangeError for a window of more than ten years, or an unknown zone
 */
export function openIntervals(hours: Hours, zone: string, window: Interval, filter?: HoursFilter): Interval[] {
  const open: Interval[] = []
  for (const shift of shiftsWithin(hours, zone, window, filter)) {
    const from = Math.max(shift.from, window.from)
    const to = Math.min(shift.to, window.to)
    const last = open.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else open.push({ from, to })
  }
  return open
}

export const isOpen = (hours: Hours, zone: string, at: number, filter?: HoursFilter): boolean =>
  !shiftsWithin(hours, zone, { from: at, to: at + 1 }, filter).next().done

/** `at` itself when it is open then; `undefined` when it does not open within 60 days. */
export function nextOpening(hours: Hours, zone: string, at: number, filter?: HoursFilter): number | undefined {
  for (const shift of shiftsWithin(hours, zone, { from: at, to: at + LOOKS_AHEAD_MS }, filter))
    return Math.max(shift.from, at)
  return undefined
}

/** `weekday`: within the next six days, so that its name is enough; `date`: any other day. */
export type OpeningDay = 'today' | 'tomorrow' | 'weekday' | 'date'
/** `weekday` 1 is Monday; `time` is HH:MM. */
export type OpeningIn = { day: OpeningDay; date: string; weekday: number; time: string }

/** An instant as somebody in `zone` would say it: the reader's own zone, not the centre's. */
export function openingIn(at: number, now: number, zone: string): OpeningIn {
  const wall = wallAt(zone, at)
  const day = dayOf(wall)
  const time = new Date(wall).toISOString().slice(11, 16)
  return { day: dayName(day - dayOf(wallAt(zone, now))), date: dateOf(day), weekday: weekdayOf(day), time }
}

function dayName(daysAhead: number): OpeningDay {
  if (daysAhead === 0) return 'today'
  if (daysAhead === 1) return 'tomorrow'
  return daysAhead > 1 && daysAhead < 7 ? 'weekday' : 'date'
}
