/** What the days of a module come to: own ones, missed ones, made up elsewhere. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AttendedDay } from '../../../bot/programme/checkin/modules.js'
import { moduleDuties } from '../../../bot/programme/duties/modules.js'

const at = new Date('2026-11-20T08:00:00Z')
const event = (becomes: string | null, point: string | null = null, kind = 'trainer') => ({
  ...{ kind, point, at, becomes },
  minutes: null,
})
const day = (events: AttendedDay['events'], more: Partial<AttendedDay> = {}): AttendedDay => ({
  module: 1,
  startsAt: at,
  endsAt: new Date('2026-11-20T16:00:00Z'),
  timeZone: 'Europe/Prague',
  rules: {},
  closed: true,
  elsewhere: false,
  events,
  ...more,
})
const first = (...days: AttendedDay[]) => moduleDuties(1, days)[0]

describe('a module', () => {
  it('is attended when somebody was there at every point, late or not', () => {
    expect(first(day([event('late', 'arrival'), event('present', 'lunch')]))).toEqual({
      ...{ module: 1, state: 'attended', share: 1 },
    })
  })

  it('is half of its hours when somebody left after lunch', () => {
    expect(first(day([event('present', 'arrival')]))).toMatchObject({ state: 'part', share: 0.5 })
  })

  it('is excused or missed, and ahead while its day is open', () => {
    expect(first(day([event('excused')]))).toMatchObject({ state: 'excused', share: 0 })
    expect(first(day([]))).toMatchObject({ state: 'missed', share: 0 })
    expect(first(day([event('present')], { closed: false }))).toMatchObject({ state: 'ahead', share: 0 })
    expect(first()).toMatchObject({ state: 'ahead' })
  })

  it('is made up with another group when the trainer there has welcomed them, and not before', () => {
    const elsewhere = [event('present', 'arrival', 'qr'), event('present', 'lunch', 'qr')]
    const missed = day([])
    expect(first(missed, day(elsewhere, { elsewhere: true }))).toMatchObject({ state: 'missed' })
    const welcome = [...elsewhere, event(null, null, 'guest')]
    expect(first(missed, day(welcome, { elsewhere: true }))).toMatchObject({ state: 'madeUp', share: 1 })
    expect(first(day([]), day([], { closed: false }))).toMatchObject({ state: 'missed' })
  })

  it('is worth no less for one day more', () => {
    const marks = fc.constantFrom('present', 'late', 'absent', 'excused')
    const days = fc.array(
      fc
        .record({ marks: fc.array(marks, { maxLength: 3 }), closed: fc.boolean(), elsewhere: fc.boolean() })
        .map(({ marks: all, ...more }) =>
          day(
            all.map((mark, nth) => event(mark, nth === 0 ? 'arrival' : 'lunch')),
            more,
          ),
        ),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(days, days, (some, more) => {
        expect(first(...some, ...more)?.share).toBeGreaterThanOrEqual(first(...some)?.share ?? 0)
      }),
    )
  })
})
