/**
 * What clocks on the wall show, and when. A `wall` is what a clock shows, written as if it were UTC: 2026-03-29 01:30 in Prague is
 * `Date.UTC(2026, 2, 29, 1, 30)`. Days are counted from 1970-01-01.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'

export const DAY_MS = 86_400_000

/** A stretch of time in which a zone's clocks are `offset` ms ahead of UTC; `to` is the first instant after it. */
type Stretch = { from: number; to: number; offset: number }

/** No zone has ever been further from UTC. */
const FURTHEST_OFFSET_MS = 16 * 3_600_000

const stretches = new Map<string, Stretch[]>()

/** A zone has two in a year at most, so that those of the years in use are few. */
function stretchAt(zone: string, at: number): Stretch {
  const known = stretches.get(zone) ?? []
  const found = known.find(({ from, to }) => from <= at && at < to)
  if (found) return found
  const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  // "Previous" means strictly before, and a stretch begins with its first instant.
  const began = clock.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const stretch = {
    from: began?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: clock.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: clock.offsetNanoseconds / 1_000_000,
  }
  stretches.set(zone, [...known, stretch])
  return stretch
}

/** What a clock in that zone shows at an instant. Throws RangeError for an unknown zone. */
export const wallAt = (zone: string, at: number): number => at + stretchAt(zone, at).offset

/**
 * The first instant at which a clock shows this or later. An hour that the clock jumps over begins when it jumps; of an hour that comes
 * twice it is the first.
 */
export function firstAt(zone: string, wall: number): number {
  let stretch = stretchAt(zone, wall - FURTHEST_OFFSET_MS)
  while (stretch.to + stretch.offset <= wall) stretch = stretchAt(zone, stretch.to)
  return Math.max(stretch.from, wall - stretch.offset)
}

/**
 * The instant up to which a clock still shows something earlier: an hour that comes twice ends the second time, so that who reads a
 * time within the hours off the wall finds somebody there.
 */
export function lastBefore(zone: string, wall: number): number {
  let stretch = stretchAt(zone, wall + FURTHEST_OFFSET_MS)
  while (stretch.from + stretch.offset >= wall) stretch = stretchAt(zone, stretch.from - 1)
  return Math.min(stretch.to, wall - stretch.offset)
}

export const dayOf = (wall: number): number => Math.floor(wall / DAY_MS)

/** 1 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** YYYY-MM-DD */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** A name of the IANA database; Temporal would take an offset or a whole date for one too. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/

export function isTimeZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || !NAME.test(zone)) return false
  try {
    stretchAt(zone, 0)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export const TimeZone = z.string('hours.zone').refine(isTimeZone, 'hours.zone')
