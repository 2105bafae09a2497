/** The shifts of a stretch of time, one after the other, as instants: the one place where days, exceptions and zones meet. */
import type { Exception, Hours, HoursFilter, Shift, Span } from './hours.js'
import { DAY_MS, dateOf, dayOf, firstAt, lastBefore, wallAt, weekdayOf } from './zone.js'

/** Epoch ms; `to` is the first instant that is not in it. */
export type Interval = { from: number; to: number }

/** Ten years: a longer question is a mistake in the dates, not a question. */
const WINDOW_MAX_MS = 3_660 * DAY_MS

/** A shift lasts a day at most; the second day is for zones that turn their clocks back at midnight. */
const MAY_HAVE_BEGUN_DAYS = 2

/**
 * In the order in which they begin; they may overlap, and reach out of the window.
 * @throws RangeError for a window of more than ten years, or an unknown zone
 */
export function* shiftsWithin(
  hours: Hours,
  zone: string,
  { from, to }: Interval,
  filter: HoursFilter = {},
): Generator<Interval> {
  if (to - from > WINDOW_MAX_MS) throw new RangeError('Hours are asked for ten years at most: check the dates.')
  if (!(from < to)) return
  const last = dayOf(wallAt(zone, to)) + 1
  for (let day = dayOf(wallAt(zone, from)) - MAY_HAVE_BEGUN_DAYS; day <= last; day++) {
    const shifts = spansOn(hours, day, filter).map((span) => intervalOf(span, day, zone))
    // A shift that lies in an hour which the clock jumps over is none.
    for (const shift of shifts.sort((one, other) => one.from - other.from))
      if (shift.from < Math.min(shift.to, to) && shift.to > from) yield shift
  }
}

function intervalOf({ from, to }: Span, day: number, zone: string): Interval {
  const begins = msOf(from)
  const ends = msOf(to)
  const midnight = day * DAY_MS
  return {
    from: firstAt(zone, midnight + begins),
    to: lastBefore(zone, midnight + ends + (ends <= begins ? DAY_MS : 0)),
  }
}

/** "HH:MM" as time since midnight. */
const msOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000

type Scope = Pick<Shift, 'languages' | 'channels'>

/** What begins on that day: every week's shifts, and over them the exceptions like coats of paint, each over its own scope. */
function spansOn({ shifts, exceptions }: Hours, day: number, filter: HoursFilter): Span[] {
  const date = dateOf(day)
  const weekday = weekdayOf(day)
  const today = exceptions.filter(({ from, to }) => from <= date && date <= to)
  const stands = (scope: Scope, over: readonly Exception[]) =>
    serves(scope, filter) && !over.some((exception) => covers(exception, asked(scope, filter)))
  const weekly = shifts.filter((shift) => shift.days.includes(weekday) && stands(shift, today))
  const special = today.flatMap((exception, nth) =>
    !exception.closed && stands(exception, today.slice(nth + 1)) ? exception.shifts : [],
  )
  return [...weekly, ...special]
}

const serves = ({ languages, channels }: Scope, { language, channel }: HoursFilter): boolean =>
  (!language || !languages || languages.includes(language)) && (!channel || !channels || channels.includes(channel))

/** That part of a scope which somebody asks about. */
const asked = ({ languages, channels }: Scope, { language, channel }: HoursFilter): Scope => ({
  languages: language ? [language] : languages,
  channels: channel ? [channel] : channels,
})

const covers = (upper: Scope, lower: Scope): boolean =>
  holds(upper.languages, lower.languages) && holds(upper.channels, lower.channels)

/** Absent is all. */
const holds = <T>(upper: readonly T[] | undefined, lower: readonly T[] | undefined): boolean =>
  !upper || (lower?.every((each) => upper.includes(each)) ?? false)
