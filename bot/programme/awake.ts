/** Where people of the programme are by the clock on their wall, so that nobody is woken by a reminder. */
import { Temporal } from 'temporal-polyfill'
import { COUNTRY_TIME_ZONES } from '../text/countries.js'

/** From nine in the morning until nine in the evening, where they are ("Monthly report": never at night). */
export const FROM_HOUR = 9
export const TO_HOUR = 21

/** Nobody is woken by a word that can wait. */
export function isAwake(zone: string, at: Date): boolean {
  const { hour } = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  return hour >= FROM_HOUR && hour < TO_HOUR
}

/** The zone of each country, as JSON for a query. */
export const ZONES = JSON.stringify(COUNTRY_TIME_ZONES)

/** SQL: the clock on the wall of the person `n` in the group `g`. `$1` is now, `$2` the zones. */
export const CLOCK = `($1::timestamptz at time zone coalesce($2::jsonb ->> n.country, g.time_zone))`

/** SQL: the same as `isAwake`, for the person `n` in the group `g`. `$3` and `$4` are the hours. */
export const AWAKE = `extract(hour from ${CLOCK}) >= $3::int and extract(hour from ${CLOCK}) < $4::int`

/** SQL: the person `n` has a chat that can be written to. */
export const REACHABLE = `exists (select 1 from conversation c join address a on a.id = c.address_id where c.person_id = n.id and a.state = 'open')`

/**
 * So that ten thousand people are not a single burst, behind which everybody else would wait for their answer: two or three a second, half
 * of what Slack takes, and a few at a time.
 */
export const PIECE = 10
export const PIECE_EVERY_MS = 4000
