/** What holds for any hours, in any zone, on any day: found by trying thousands of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Exception, Hours, type HoursFilter, type Span } from '../../../bot/desk/hours/hours.js'
import { isOpen, nextOpening, openIntervals } from '../../../bot/desk/hours/opening.js'
import { addWorkingTime, workingTimeBetween } from '../../../bot/desk/hours/working-time.js'
import { ALMATY, DUSHANBE, HOUR, MINUTE, MOSCOW, PRAGUE } from './a-centre.js'

const DAY = 24 * HOUR
const RUNS = { numRuns: 300 }

const time = fc.integer({ min: 0, max: 1439 }).map((minute) => new Date(minute * MINUTE).toISOString().slice(11, 16))
const span: fc.Arbitrary<Span> = fc.record({ from: time, to: fc.oneof(time, fc.constant('24:00')) })
const scope = fc.record(
  {
    languages: fc.uniqueArray(fc.constantFrom('ru' as const, 'tg' as const), { minLength: 1 }),
    channels: fc.uniqueArray(fc.constantFrom('web' as const, 'phone' as const), { minLength: 1 }),
  },
  { requiredKeys: [] },
)
const filter: fc.Arbitrary<HoursFilter> = fc.record(
  {
    language: fc.constantFrom('ru' as const, 'tg' as const),
    channel: fc.constantFrom('web' as const, 'phone' as const),
  },
  { requiredKeys: [] },
)
const weekly = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), span, scope)
  .map(([days, times, about]) => ({ days, ...times, ...about }))

/** Around the days on which Prague and Almaty turned their clocks, the leap day and the end of the year. */
const START = fc.constantFrom(...['2026-10-25', '2027-03-28', '2024-02-29', '2026-12-31', '2026-06-15'].map(Date.parse))
const instant = fc
  .tuple(START, fc.integer({ min: -5 * 1440, max: 5 * 1440 }))
  .map(([day, minutes]) => day + minutes * MINUTE)
const zone = fc.constantFrom(PRAGUE, ALMATY, MOSCOW, DUSHANBE, 'America/St_Johns', 'Australia/Lord_Howe')

const date = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const exception: fc.Arbitrary<Exception> = fc
  .tuple(instant, fc.integer({ min: 0, max: 3 }), fc.option(fc.array(span, { minLength: 1, maxLength: 2 })), scope)
  .map(([from, days, shifts, about]) => {
    const period = { from: date(from), to: date(from + days * DAY), ...about }
    return shifts ? { ...period, shifts } : { ...period, closed: true as const }
  })
const hours: fc.Arbitrary<Hours> = fc.record({
  shifts: fc.array(weekly, { maxLength: 4 }),
  exceptions: fc.array(exception, { maxLength: 3 }),
})
/** Open at some time in most weeks, whatever the exceptions. */
const week: fc.Arbitrary<Hours> = fc
  .array(weekly, { minLength: 1, maxLength: 4 })
  .map((shifts) => ({ shifts, exceptions: [] }))

describe('any hours', () => {
  it('are what the schema takes', () => {
    fc.assert(
      fc.property(hours, (some) => Hours.safeParse(some).success),
      RUNS,
    )
  })

  it('open in intervals that are sorted, apart, not empty and within the window', () => {
    fc.assert(
      fc.property(
        hours,
        zone,
        instant,
        fc.integer({ min: 1, max: 12 * 1440 }),
        filter,
        (some, place, from, length, asked) => {
          const window = { from, to: from + length * MINUTE }
          const open = openIntervals(some, place, window, asked)
          let end = Number.NEGATIVE_INFINITY
          for (const each of open) {
            expect(each.from).toBeGreaterThan(end)
            expect(each.to).toBeGreaterThan(each.from)
            end = each.to
          }
          if (open[0]) expect(open[0].from).toBeGreaterThanOrEqual(window.from)
          expect(end).toBeLessThanOrEqual(window.to)
        },
      ),
      RUNS,
    )
  })

  it('say the same whether asked about an instant, a window or the next opening', () => {
    fc.assert(
      fc.property(hours, zone, instant, filter, (some, place, now, asked) => {
        const open = openIntervals(some, place, { from: now - 3 * DAY, to: now + 60 * DAY }, asked)
        const inside = open.some(({ from, to }) => from <= now && now < to)
        expect(isOpen(some, place, now, asked)).toBe(inside)
        const next = open.find(({ to }) => to > now)
        expect(nextOpening(some, place, now, asked)).toBe(next && Math.max(next.from, now))
      }),
      RUNS,
    )
  })

  it('are what a clock on the wall says, and in a doubled hour at least that', () => {
    fc.assert(
      fc.property(week, zone, instant, (some, place, now) => {
        const open = isOpen(some, place, now)
        const byTheClock = readsOpen(some, place, now)
        if (byTheClock) expect(open).toBe(true)
        // Two hours around a turned clock what began before it may go on a little longer.
        else if (steady(place, now)) expect(open).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('of one language are part of the hours of all', () => {
    fc.assert(
      fc.property(hours, zone, instant, filter, (some, place, now, asked) => {
        if (isOpen(some, place, now, asked)) expect(isOpen(some, place, now)).toBe(true)
      }),
      RUNS,
    )
  })
})

describe('working time of any hours', () => {
  it('adds up, grows, and is never more than the time itself', () => {
    const stretch = fc.integer({ min: 0, max: 10 * 1440 }).map((minutes) => minutes * MINUTE)
    fc.assert(
      fc.property(hours, zone, instant, stretch, stretch, filter, (some, place, from, one, two, asked) => {
        const worked = (begin: number, end: number) => workingTimeBetween(some, place, begin, end, asked)
        const whole = worked(from, from + one + two)
        expect(worked(from, from + one) + worked(from + one, from + one + two)).toBe(whole)
        expect(whole).toBeGreaterThanOrEqual(worked(from, from + one))
        expect(whole).toBeLessThanOrEqual(one + two)
        const open = openIntervals(some, place, { from, to: from + one + two }, asked)
        expect(whole).toBe(open.reduce((sum, each) => sum + each.to - each.from, 0))
      }),
      RUNS,
    )
  })

  it('is undone by adding it: what was added has then passed, and not a millisecond earlier', () => {
    const much = fc.integer({ min: 1, max: 3000 }).map((minutes) => minutes * MINUTE)
    fc.assert(
      fc.property(week, zone, instant, much, (some, place, from, ms) => {
        const due = addWorkingTime(some, place, from, ms)
        if (due === undefined) {
          expect(workingTimeBetween(some, place, from, from + 400 * DAY)).toBeLessThan(ms)
          return
        }
        expect(workingTimeBetween(some, place, from, due)).toBe(ms)
        expect(workingTimeBetween(some, place, from, due - 1)).toBe(ms - 1)
      }),
      RUNS,
    )
  })
})

/** The day and time that Node's own calendar shows there, without any of the house's code. */
function clock(place: string, now: number): { weekday: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: place,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1
  return { weekday, time: `${part('hour')}:${part('minute')}` }
}

function readsOpen({ shifts }: Hours, place: string, now: number): boolean {
  const { weekday, time } = clock(place, now)
  const yesterday = weekday === 1 ? 7 : weekday - 1
  return shifts.some(({ days, from, to }) => {
    const overnight = to <= from
    const begunToday = days.includes(weekday) && time >= from && (overnight || time < to)
    return begunToday || (overnight && days.includes(yesterday) && time < to)
  })
}

/** The clock there runs as it should from two hours before to two hours after. */
const steady = (place: string, now: number): boolean => {
  const minutes = (at: number) => clock(place, at).time.slice(3)
  const hour = (at: number) => Number(clock(place, at).time.slice(0, 2))
  const before = now - 2 * HOUR
  const after = now + 2 * HOUR
  return minutes(before) === minutes(after) && (hour(after) - hour(before) + 24) % 24 === 4
}
