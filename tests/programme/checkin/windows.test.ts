import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockIn, dateIn, nextPoint, pointsOf, verdictAt } from '../../../bot/programme/checkin/windows.js'

const MINUTE = 60_000
/** Nine to five, by the wall of Prague. */
const prague = (startsAt: string, rules: unknown = {}) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(new Date(startsAt).getTime() + 8 * 60 * MINUTE),
  timeZone: 'Europe/Prague',
  rules,
})
const winter = prague('2026-11-20T08:00:00Z')
const at = (time: string) => new Date(`2026-11-20T${time}Z`)

describe('a day of nine to five', () => {
  it('has two points, and a third when the programme wants one', () => {
    const shown = (rules?: unknown) =>
      pointsOf({ ...winter, rules }).map(({ id, startsAt }) => `${id} ${clockIn('Europe/Prague', startsAt)}`)
    expect(shown()).toEqual(['arrival 9:00', 'lunch 13:00'])
    expect(shown({ checkin: { lunch: '13:30' } })).toEqual(['arrival 9:00', 'lunch 13:30'])
    expect(shown({ checkin: { lunch: '12:45', third: '15:30' } })).toEqual([
      'arrival 9:00',
      'lunch 12:45',
      'third 15:30',
    ])
    expect(shown({ checkin: { lunch: '18:00' } })).toEqual(['arrival 9:00'])
    expect(shown({ checkin: { lunch: 'noon' } }), 'rules that cannot be read are none').toEqual([
      'arrival 9:00',
      'lunch 13:00',
    ])
  })

  it('opens half an hour before, is on time until ten past, and late after that', () => {
    const said = (time: string) => {
      const { kind, point, ...more } = verdictAt(pointsOf(winter), at(time))
      return [kind, point.id, ...Object.values(more)]
    }
    expect(said('07:29:59.999')).toEqual(['early', 'arrival'])
    expect(said('07:30:00')).toEqual(['onTime', 'arrival'])
    expect(said('08:10:00')).toEqual(['onTime', 'arrival'])
    expect(said('08:10:00.001')).toEqual(['late', 'arrival', 10])
    expect(said('11:29:00')).toEqual(['late', 'arrival', 209])
    expect(said('11:30:00')).toEqual(['onTime', 'lunch'])
    expect(said('20:00:00'), 'open until the trainer closes it').toEqual(['late', 'lunch', 480])
  })

  it('says what opens next', () => {
    expect(nextPoint(pointsOf(winter), at('08:00:00'))?.id).toBe('lunch')
    expect(nextPoint(pointsOf(winter), at('12:00:00'))).toBeUndefined()
  })
})

describe('summer time', () => {
  it('moves nothing on the wall', () => {
    for (const [start, summer] of [
      ['2026-03-28T08:00:00Z', false],
      ['2026-03-29T07:00:00Z', true],
      ['2026-10-24T07:00:00Z', true],
      ['2026-10-25T08:00:00Z', false],
    ] as const) {
      const points = pointsOf(prague(start, { checkin: { lunch: '13:00' } }))
      expect(points.map(({ startsAt }) => clockIn('Europe/Prague', startsAt))).toEqual(['9:00', '13:00'])
      expect(points[1]?.startsAt.toISOString().slice(11, 16)).toBe(summer ? '11:00' : '12:00')
    }
  })

  it('a day through the night on which the clock jumps keeps its time on the wall', () => {
    // 2026-03-29: two o'clock is three
    const night = { ...prague('2026-03-28T21:00:00Z', { checkin: { third: '23:30' } }) }
    expect(pointsOf(night).map(({ id }) => id)).toEqual(['arrival', 'third', 'lunch'])
    expect(dateIn('Europe/Prague', new Date('2026-10-31T23:00:00Z'))).toBe('2026-11-01')
  })

  it('has no moment without an answer, and nobody is less late later', () => {
    const starts = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
    const zones = fc.constantFrom('Europe/Prague', 'Asia/Almaty', 'Asia/Dushanbe', 'Europe/Moscow')
    fc.assert(
      fc.property(starts, zones, fc.integer({ min: -3600, max: 12 * 3600 }), (startsAt, timeZone, second) => {
        const endsAt = new Date(startsAt.getTime() + 8 * 60 * MINUTE)
        const points = pointsOf({ startsAt, endsAt, timeZone, rules: { checkin: { lunch: '13:00' } } })
        for (const each of points.slice(1)) {
          expect(each.startsAt > startsAt && each.startsAt < endsAt).toBe(true)
          expect(clockIn(timeZone, each.startsAt)).toBe('13:00')
        }
        const now = new Date(startsAt.getTime() + second * 1000)
        const here = verdictAt(points, now)
        const then = verdictAt(points, new Date(now.getTime() + MINUTE))
        expect(here.kind === 'early').toBe(second < -1800)
        if (here.kind === 'late') expect(here.minutes).toBeGreaterThanOrEqual(10)
        if (here.kind === 'late' && then.point.id === here.point.id)
          expect(then).toMatchObject({ kind: 'late', minutes: here.minutes + 1 })
      }),
    )
  })
})
