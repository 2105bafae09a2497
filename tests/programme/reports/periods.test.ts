/** Which months a report is expected for, and what may become of it: for any dates, and any order of events. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dueDay,
  expectedPeriods,
  isExpected,
  periodIn,
  periodsBetween,
  type Stretch,
  shifted,
} from '../../../bot/programme/reports/periods.js'
import {
  EVENTS,
  isLate,
  isOpen,
  leadsTo,
  MOVES,
  type ReportEventName,
  STATES,
  type Standing,
  shown,
} from '../../../bot/programme/reports/states.js'

const SEED = 20261130
const check = <T>(property: fc.IRawProperty<T>) => fc.assert(property, { seed: SEED })

const periods = fc
  .record({ year: fc.integer({ min: 2020, max: 2035 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}`)
const days = fc
  .tuple(periods, fc.integer({ min: 1, max: 28 }))
  .map(([period, day]) => `${period}-${String(day).padStart(2, '0')}`)
const stretches = fc.array(
  fc
    .tuple(days, fc.option(days))
    .map(([from, to]): Stretch => ({ from: to && to < from ? to : from, to: to && to < from ? from : to })),
  { maxLength: 3 },
)

describe('a month', () => {
  it('ends at midnight where the worker lives', () => {
    const late = new Date('2026-10-31T23:00:00Z')
    expect(periodIn('Europe/Prague', late)).toBe('2026-11')
    expect(periodIn('Europe/London', late)).toBe('2026-10')
    expect(periodIn('Asia/Almaty', new Date('2026-10-31T18:59:59Z'))).toBe('2026-10')
    expect(periodIn('Asia/Almaty', new Date('2026-10-31T19:00:00Z'))).toBe('2026-11')
  })

  it('is due on a day of the next one, also over the end of a year', () => {
    expect(dueDay('2026-10', 5)).toBe('2026-11-05')
    expect(dueDay('2026-12', 5)).toBe('2027-01-05')
  })

  it('goes forth and back to itself', () => {
    check(
      fc.property(periods, fc.integer({ min: -60, max: 60 }), (period, by) => {
        expect(shifted(shifted(period, by), -by)).toBe(period)
      }),
    )
  })
})

describe('what is expected', () => {
  it('begins with the month of joining and ends with the month of leaving', () => {
    const there = [{ from: '2026-08-20', to: '2026-11-02' }]
    expect(expectedPeriods(there, '2026-12')).toEqual(['2026-08', '2026-09', '2026-10', '2026-11'])
    expect(isExpected('2026-07', there)).toBe(false)
    expect(isExpected('2026-12', there)).toBe(false)
  })

  it('leaves out the months between leaving and coming back', () => {
    const there = [
      { from: '2026-01-10', to: '2026-02-01' },
      { from: '2026-05-31', to: null },
    ]
    expect(expectedPeriods(there, '2026-06')).toEqual(['2026-01', '2026-02', '2026-05', '2026-06'])
  })

  it('is for any dates the months that one of the stretches touches, each once and in order', () => {
    check(
      fc.property(stretches, periods, (there, last) => {
        const expected = expectedPeriods(there, last)
        const all = periodsBetween('2020-01', last)
        expect(expected).toEqual(all.filter((period) => isExpected(period, there)))
        for (const period of all) {
          const touched = there.some(({ from, to }) => from <= `${period}-31` && (to === null || to >= `${period}-01`))
          expect(isExpected(period, there)).toBe(touched)
        }
      }),
    )
  })
})

describe('a report', () => {
  const events = fc.array(fc.constantFrom<ReportEventName | 'lock' | 'unlock'>(...EVENTS, 'lock', 'unlock'), {
    maxLength: 30,
  })

  const step = (now: Standing, event: ReportEventName | 'lock' | 'unlock'): Standing => {
    if (event === 'lock') return { ...now, locked: true }
    if (event === 'unlock') return { ...now, locked: false }
    const state = leadsTo(now, event)
    return state === 'locked' || state === 'refused' ? now : { ...now, state }
  }

  it('is never changed while it is locked, and is what it was when it is unlocked', () => {
    check(
      fc.property(events, (all) => {
        let now: Standing = { state: 'due', locked: false }
        for (const event of all) {
          const next = step(now, event)
          if (now.locked) expect(next.state).toBe(now.state)
          now = next
        }
      }),
    )
  })

  it('is approved only when something was sent, and zero only when somebody said so', () => {
    check(
      fc.property(events, (all) => {
        let now: Standing = { state: 'due', locked: false }
        let sent = false
        let zero = false
        for (const event of all) {
          const next = step(now, event)
          if (!now.locked && event === 'submit') sent ||= true
          if (!now.locked && event === 'nothing') zero = true
          if (next.state === 'nothing') expect(zero).toBe(true)
          if (next.state === 'approved') expect(sent || zero).toBe(true)
          now = next
        }
      }),
    )
  })

  it('is not changed by whoever sent it once it is approved; the coordinator gives it back first', () => {
    for (const event of ['begin', 'submit', 'nothing', 'undo'] as const)
      expect(leadsTo({ state: 'approved', locked: false }, event)).toBe('refused')
    expect(leadsTo({ state: 'approved', locked: false }, 'return')).toBe('returned')
  })

  it('names only states that there are', () => {
    for (const moves of Object.values(MOVES))
      for (const state of [...Object.keys(moves), ...Object.values(moves)]) expect(STATES).toContain(state)
  })

  it('shows zero as zero, what is missing as due, and what nobody expects as that', () => {
    const month = { expected: true, over: true, report: undefined }
    expect(shown(month)).toBe('due')
    expect(shown({ ...month, over: false })).toBe('notDue')
    expect(shown({ ...month, expected: false })).toBe('notExpected')
    expect(shown({ ...month, report: { state: 'nothing', locked: false } })).toBe('nothing')
    expect(shown({ ...month, report: { state: 'due', locked: false } })).toBe('due')
    expect(shown({ ...month, report: { state: 'submitted', locked: true } })).toBe('locked')
  })

  it('is late after its day, whether it came or not', () => {
    expect(isLate('2026-11-05', '2026-11-05', '2026-12-01')).toBe(false)
    expect(isLate('2026-11-05', '2026-11-06', '2026-12-01')).toBe(true)
    expect(isLate('2026-11-05', null, '2026-11-05')).toBe(false)
    expect(isLate('2026-11-05', null, '2026-11-06')).toBe(true)
    expect(isOpen('returned')).toBe(true)
    expect(isOpen('nothing')).toBe(false)
  })
})
