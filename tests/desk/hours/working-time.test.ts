/** Time that counts only while somebody is there. */
import { describe, expect, it } from 'vitest'
import { addWorkingTime, workingTimeBetween } from '../../../bot/desk/hours/working-time.js'
import { at, EVERY_DAY, HOUR, hours, MINUTE, PRAGUE, shift, shown } from './a-centre.js'

const office = hours([shift('09:00-12:00'), shift('13:00-17:00')])

describe('working time', () => {
  const between = (from: string, to: string) => workingTimeBetween(office, PRAGUE, at(from, PRAGUE), at(to, PRAGUE))

  it('leaves out lunch, the night and the weekend', () => {
    expect(between('2026-11-20 11:00', '2026-11-20 14:00')).toBe(2 * HOUR)
    expect(between('2026-11-20 16:30', '2026-11-23 09:30')).toBe(HOUR)
    expect(between('2026-11-21 00:00', '2026-11-23 00:00')).toBe(0)
    expect(between('2026-11-23 12:00', '2026-11-20 12:00')).toBe(0)
  })

  it('counts shifts that overlap once', () => {
    const two = hours([shift('09:00-13:00'), shift('12:00-17:00'), shift('09:30-10:00')])
    expect(workingTimeBetween(two, PRAGUE, at('2026-11-20 00:00', PRAGUE), at('2026-11-21 00:00', PRAGUE))).toBe(
      8 * HOUR,
    )
  })
})

describe('an instant after so much working time', () => {
  const dueAfter = (from: string, ms: number) => {
    const instant = addWorkingTime(office, PRAGUE, at(from, PRAGUE), ms)
    return instant === undefined ? undefined : shown(instant, PRAGUE)
  }

  it('is the same day when there is enough of it, otherwise goes on when the next day opens', () => {
    expect(dueAfter('2026-11-20 09:00', 2 * HOUR)).toBe('2026-11-20 11:00')
    expect(dueAfter('2026-11-20 11:00', 2 * HOUR)).toBe('2026-11-20 14:00')
    expect(dueAfter('2026-11-20 16:00', 4 * HOUR)).toBe('2026-11-23 12:00')
    expect(dueAfter('2026-11-21 16:00', 4 * HOUR)).toBe('2026-11-23 14:00')
  })

  it('is the evening, not the next morning, when the day is just long enough', () => {
    expect(dueAfter('2026-11-20 13:00', 4 * HOUR)).toBe('2026-11-20 17:00')
  })

  it('is now when nothing has to pass', () => {
    expect(dueAfter('2026-11-21 03:00', 0)).toBe('2026-11-21 03:00')
  })

  it('is never, where nobody ever works or far too much is asked for', () => {
    expect(addWorkingTime(hours([]), PRAGUE, 0, MINUTE)).toBeUndefined()
    expect(dueAfter('2026-11-20 09:00', 3_000 * HOUR)).toBeUndefined()
  })

  it('takes the long autumn night for what it is', () => {
    const night = hours([shift('22:00-06:00', EVERY_DAY)])
    const start = at('2026-10-24 22:00', PRAGUE)
    expect(shown(addWorkingTime(night, PRAGUE, start, 9 * HOUR) ?? 0, PRAGUE)).toBe('2026-10-25 06:00')
    expect(shown(addWorkingTime(night, PRAGUE, start, 5 * HOUR) ?? 0, PRAGUE)).toBe('2026-10-25 02:00')
  })
})
