import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttendanceEvent, MARKS, standingAt } from '../../../bot/programme/checkin/attendance.js'
import { type AttendedDay, moduleStates } from '../../../bot/programme/checkin/modules.js'
import { inTwoPlaces, pairsTogether } from '../../../bot/programme/checkin/signals.js'

const at = (time: string) => new Date(`2026-11-20T${time}Z`)
const event = (kind: string, becomes: string | null, more: Partial<AttendanceEvent> = {}): AttendanceEvent => ({
  kind,
  becomes,
  point: 'arrival',
  at: at('08:00:00'),
  minutes: null,
  ...more,
})
const markOf = (events: AttendanceEvent[], closed = false) => standingAt(events, 'arrival', closed)

describe('what stands of one person', () => {
  it('is nothing until something is known, and absent when the day is closed', () => {
    expect(markOf([])).toMatchObject({ mark: null, provisional: true })
    expect(markOf([], true)).toMatchObject({ mark: 'absent', provisional: false })
  })

  it('is their own check-in, with the minutes of who came late', () => {
    expect(markOf([event('qr', 'present')])).toMatchObject({ mark: 'present', own: true })
    expect(markOf([event('code', 'late', { minutes: 25 })], true)).toMatchObject({ mark: 'late', minutes: 25 })
  })

  it('is what the trainer said last, and the own event stays beneath it', () => {
    const events = [event('qr', 'present'), event('correction', 'absent')]
    expect(markOf(events)).toMatchObject({ mark: 'absent', own: false })
    expect(markOf(events.slice(0, 1))).toMatchObject({ mark: 'present', own: true })
    expect(markOf([...events, event('correction', 'present')])).toMatchObject({ mark: 'present' })
  })

  it('an apology proposes, never takes a presence back, and is excused when the trainer closes', () => {
    const apology = event('apology', 'excused', { point: null })
    expect(markOf([apology])).toMatchObject({ mark: 'excused', proposed: true })
    expect(markOf([apology], true)).toMatchObject({ mark: 'excused', proposed: false })
    expect(markOf([event('qr', 'present'), apology])).toMatchObject({ mark: 'present', proposed: false })
    expect(markOf([apology, event('qr', 'present')])).toMatchObject({ mark: 'present' })
    expect(markOf([apology, event('correction', 'absent')], true)).toMatchObject({ mark: 'absent' })
  })

  it('notes of the house and objections change nothing', () => {
    const before = [event('qr', 'present')]
    for (const kind of ['early', 'reminded', 'objection', 'guest'])
      expect(markOf([...before, event(kind, null)])).toEqual(markOf(before))
  })

  it('depends on nothing that happened at another point', () => {
    const events = fc.array(
      fc.record({
        kind: fc.constantFrom('qr', 'code', 'trainer', 'correction', 'apology', 'objection'),
        becomes: fc.constantFrom(...MARKS, null),
        point: fc.constantFrom('arrival', 'lunch', null),
        minutes: fc.constant(null),
        at: fc.constant(at('08:00:00')),
      }),
    )
    fc.assert(
      fc.property(events, fc.boolean(), (all, closed) => {
        const own = all.filter(({ point }) => point !== 'lunch')
        expect(standingAt(all, 'arrival', closed)).toEqual(standingAt(own, 'arrival', closed))
        if (closed) expect(standingAt(all, 'arrival', true).mark).not.toBeNull()
      }),
    )
  })
})

describe('a module', () => {
  const day = (more: Partial<AttendedDay> = {}): AttendedDay => ({
    module: 3,
    startsAt: at('08:00:00'),
    endsAt: at('16:00:00'),
    timeZone: 'Europe/Prague',
    rules: {},
    closed: true,
    elsewhere: false,
    events: [],
    ...more,
  })
  const both = [event('qr', 'present'), event('qr', 'late', { point: 'lunch', minutes: 20 })]
  const stateOf = (...days: AttendedDay[]) => moduleStates(days).get(3)

  it('is whole with both points, a part with one, missed with none, open before the day is closed', () => {
    expect(stateOf(day({ events: both }))).toBe('whole')
    expect(stateOf(day({ events: both.slice(0, 1) }))).toBe('part')
    expect(stateOf(day())).toBe('missed')
    expect(stateOf(day({ events: both, closed: false }))).toBe('open')
  })

  it('that was missed is made up in another city, once the trainer there has said so', () => {
    const missed = day()
    expect(stateOf(missed, day({ elsewhere: true, events: both }))).toBe('missed')
    expect(stateOf(missed, day({ elsewhere: true, events: [...both, event('guest', null, { point: null })] }))).toBe(
      'whole',
    )
  })
})

describe('soft signals', () => {
  const came = (enrolmentId: string, time: string, point = 'arrival') => ({ enrolmentId, point, at: at(time) })

  it('two within a second in a quiet room', () => {
    expect(pairsTogether([came('a', '08:00:00'), came('b', '08:00:00.900'), came('c', '08:02:00')])).toEqual([
      ['a', 'b'],
    ])
    expect(pairsTogether([came('a', '08:00:00'), came('b', '08:00:01.100')])).toEqual([])
  })

  it('nobody in a crowd, unless the same two do it at every point', () => {
    const crowd = (point: string, hour: string) =>
      Array.from({ length: 20 }, (_, n) => came(`x${n}-${point}`, `${hour}:00:${String(n).padStart(2, '0')}`, point))
    const morning = [...crowd('arrival', '08'), came('a', '08:00:05.100'), came('b', '08:00:05.200')]
    expect(pairsTogether(morning).filter((pair) => pair.join().includes('x'))).toHaveLength(0)
    const noon = [...crowd('lunch', '12'), came('a', '12:00:05.100', 'lunch'), came('b', '12:00:05.200', 'lunch')]
    expect(pairsTogether([...morning, ...noon])).toEqual([['a', 'b']])
  })

  it('one who is on two days at once', () => {
    const here = { startsAt: at('08:00:00'), endsAt: at('16:00:00') }
    const there = (from: string, to: string) => ({ enrolmentId: 'a', startsAt: at(from), endsAt: at(to) })
    expect(inTwoPlaces(here, [there('09:00:00', '17:00:00')])).toEqual(['a'])
    expect(inTwoPlaces(here, [there('16:00:00', '20:00:00')])).toEqual([])
  })
})
