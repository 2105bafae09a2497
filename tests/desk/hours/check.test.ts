/** What a form says about hours that somebody typed. */
import { describe, expect, it } from 'vitest'
import { checkHours } from '../../../bot/desk/hours/check.js'

const SHIFT = { days: [1], from: '09:00', to: '17:00' }
const problems = (shifts: unknown, exceptions: unknown = []) =>
  checkHours({ shifts, exceptions }).problems.map(({ code, path }) => `${path}: ${code}`)

describe('checked hours', () => {
  it('are taken as they are, overlaps included', () => {
    const { hours, problems } = checkHours({
      shifts: [SHIFT, { days: [1, 2], from: '12:00', to: '02:00', languages: ['tg'], channels: ['phone'] }],
      exceptions: [{ from: '2028-02-29', to: '2028-02-29', closed: true, name: 'Leap' }],
    })
    expect(problems).toEqual([])
    expect(hours?.shifts).toHaveLength(2)
  })

  it('name the field and what is wrong with it', () => {
    expect(problems([{ ...SHIFT, from: '9:00' }])).toEqual(['shifts.0.from: hours.time'])
    expect(problems([SHIFT, { ...SHIFT, to: '24:30' }])).toEqual(['shifts.1.to: hours.time'])
    expect(problems([{ ...SHIFT, from: '24:00' }])).toEqual(['shifts.0.from: hours.time'])
    expect(problems([{ ...SHIFT, days: [] }])).toEqual(['shifts.0.days: hours.days'])
    expect(problems([{ ...SHIFT, days: [0] }])).toEqual(['shifts.0.days.0: hours.days'])
    expect(problems([{ ...SHIFT, languages: ['xx'] }])).toEqual(['shifts.0.languages.0: hours.language'])
    expect(problems([{ ...SHIFT, channels: [] }])).toEqual(['shifts.0.channels: hours.channel'])
  })

  it('know which days there are, and their order', () => {
    const closed = (from: string, to: string) => problems([SHIFT], [{ from, to, closed: true }])
    expect(closed('2026-02-29', '2026-03-01')).toEqual(['exceptions.0.from: hours.date'])
    expect(closed('2026-12-31', '2026-12-24')).toEqual(['exceptions.0.to: hours.dates'])
    expect(problems([SHIFT], [{ from: '2026-12-24', to: '2026-12-24', shifts: [] }])).toEqual([
      'exceptions.0.shifts: hours.shifts',
    ])
    expect(problems([SHIFT], [{ from: '2026-12-24', to: '2026-12-24' }])).toEqual(['exceptions.0.shifts: hours.shifts'])
  })

  it('say that nobody would ever be there, and are usable all the same', () => {
    const empty = checkHours({ shifts: [], exceptions: [{ from: '2026-12-24', to: '2026-12-24', closed: true }] })
    expect(empty.problems).toEqual([{ code: 'hours.empty', path: '' }])
    expect(empty.hours).toBeDefined()
  })

  it('are refused, never thrown at, whatever was sent', () => {
    for (const input of [null, 'x', [], {}, { shifts: {}, exceptions: 5 }, { shifts: [null], exceptions: [null] }]) {
      const { hours, problems } = checkHours(input)
      expect(hours).toBeUndefined()
      expect(problems.every(({ code }) => code.startsWith('hours.'))).toBe(true)
    }
    expect(problems([{ ...SHIFT, note: 'x' }])).toEqual(['shifts.0: hours.unreadable'])
    expect(problems(Array(101).fill(SHIFT))).toEqual(['shifts: hours.tooMany'])
  })
})
