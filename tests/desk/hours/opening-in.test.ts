/** The next opening, as the one who waits reads it. */
import { describe, expect, it } from 'vitest'
import { nextOpening, openingIn } from '../../../bot/desk/hours/opening.js'
import { ALMATY, at, hours, MOSCOW, PRAGUE, shift } from './a-centre.js'

describe('an opening in the reader’s own zone', () => {
  const now = at('2026-11-20 19:05', MOSCOW)

  it('is today, tomorrow, a weekday or a date', () => {
    const said = (text: string) => openingIn(at(text, MOSCOW), now, MOSCOW)
    expect(said('2026-11-20 21:00')).toEqual({ day: 'today', date: '2026-11-20', weekday: 5, time: '21:00' })
    expect(said('2026-11-21 09:00')).toEqual({ day: 'tomorrow', date: '2026-11-21', weekday: 6, time: '09:00' })
    expect(said('2026-11-26 09:30')).toEqual({ day: 'weekday', date: '2026-11-26', weekday: 4, time: '09:30' })
    expect(said('2026-11-27 09:00')).toEqual({ day: 'date', date: '2026-11-27', weekday: 5, time: '09:00' })
    expect(said('2026-11-19 09:00').day).toBe('date')
  })

  it('is tomorrow for a client in Moscow when the centre in Almaty already has that day', () => {
    const late = at('2026-11-19 23:30', MOSCOW)
    const opens = nextOpening(hours([shift('09:00-18:00')]), ALMATY, late) ?? 0
    expect(openingIn(opens, late, ALMATY)).toMatchObject({ day: 'today', time: '09:00' })
    expect(openingIn(opens, late, MOSCOW)).toMatchObject({ day: 'tomorrow', time: '07:00', weekday: 5 })
  })

  it('counts days by the calendar, also over a night of twenty-five hours and the end of a year', () => {
    const beforeMidnight = at('2026-10-24 23:59', PRAGUE)
    expect(openingIn(at('2026-10-25 23:59', PRAGUE), beforeMidnight, PRAGUE).day).toBe('tomorrow')
    expect(openingIn(at('2027-01-01 00:00', PRAGUE), at('2026-12-31 23:00', PRAGUE), PRAGUE)).toEqual({
      day: 'tomorrow',
      date: '2027-01-01',
      weekday: 5,
      time: '00:00',
    })
  })
})
