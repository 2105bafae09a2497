/** Time that counts only while somebody is there. */
import type { Hours, HoursFilter } from './hours.js'
import { shiftsWithin } from './shifts.js'
import { DAY_MS } from './zone.js'

/** A goal that a year of opening hours does not reach is never reached. */
const REACHES_WITHIN_MS = 400 * DAY_MS

/**
 * Milliseconds of opening time from one instant to the other; 0 when the second is not after the first.
 * @throws RangeError for more than ten years, or an unknown zone
 */
export function workingTimeBetween(hours: Hours, zone: string, from: number, to: number, filter?: HoursFilter): number {
  let worked = 0
  let counted = from
  for (const shift of shiftsWithin(hours, zone, { from, to }, filter)) {
    const end = Math.min(shift.to, to)
    worked += Math.max(0, end - Math.max(shift.from, counted))
    counted = Math.max(counted, end)
  }
  return worked
}

/**
 * The first instant by which `ms` of opening time have passed since `from`; `from` itself for none. `undefined` when 400 days do not
 * hold that much.
 */
export function addWorkingTime(
  hours: Hours,
  zone: string,
  from: number,
  ms: number,
  filter?: HoursFilter,
): number | undefined {
  if (ms <= 0) return from
  let left = ms
  let counted = from
  for (const shift of shiftsWithin(hours, zone, { from, to: from + REACHES_WITHIN_MS }, filter)) {
    const begin = Math.max(shift.from, counted)
    if (shift.to - begin >= left) return begin + left
    left -= Math.max(0, shift.to - begin)
    counted = Math.max(counted, shift.to)
  }
  return undefined
}
