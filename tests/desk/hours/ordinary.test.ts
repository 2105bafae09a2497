/** Ordinary weeks: several shifts a day, nights, languages and channels. */
import { describe, expect, it } from 'vitest'
import { isOpen, nextOpening, openIntervals } from '../../../bot/desk/hours/opening.js'
import { ALMATY, at, during, EVERY_DAY, HOUR, hours, MOSCOW, PRAGUE, read, shift, shown } from './a-centre.js'

const NO_HOURS = hours([])

describe('a week of two shifts a day', () => {
  const office = hours([shift('09:00-12:00'), shift('13:00-17:30')])

  it('is open in both and closed over lunch, in the evening and on Saturday', () => {
    const open = (text: string) => isOpen(office, PRAGUE, at(text, PRAGUE))
    expect(open('2026-11-20 08:59')).toBe(false)
    expect(open('2026-11-20 09:00')).toBe(true)
    expect(open('2026-11-20 12:00')).toBe(false)
    expect(open('2026-11-20 17:29')).toBe(true)
    expect(open('2026-11-20 17:30')).toBe(false)
    expect(open('2026-11-21 10:00')).toBe(false)
  })

  it('opens next after lunch, and on Friday evening on Monday', () => {
    const next = (text: string) => shown(nextOpening(office, PRAGUE, at(text, PRAGUE)) ?? 0, PRAGUE)
    expect(next('2026-11-20 12:10')).toBe('2026-11-20 13:00')
    expect(next('2026-11-20 18:00')).toBe('2026-11-23 09:00')
    expect(next('2026-11-20 10:15')).toBe('2026-11-20 10:15')
  })

  it('tells its open times over a weekend, cut to what was asked', () => {
    const open = openIntervals(office, PRAGUE, during('2026-11-20 11:00', '2026-11-23 10:00', PRAGUE))
    expect(read(open, PRAGUE)).toEqual([
      '2026-11-20 11:00 – 2026-11-20 12:00',
      '2026-11-20 13:00 – 2026-11-20 17:30',
      '2026-11-23 09:00 – 2026-11-23 10:00',
    ])
  })
})

describe('a night line', () => {
  const night = hours([shift('22:00-06:00', [5, 6])])

  it('begun on Saturday runs into Sunday, and Sunday begins none', () => {
    const open = openIntervals(night, ALMATY, during('2026-11-20 12:00', '2026-11-24 12:00', ALMATY))
    expect(read(open, ALMATY)).toEqual(['2026-11-20 22:00 – 2026-11-21 06:00', '2026-11-21 22:00 – 2026-11-22 06:00'])
    expect(isOpen(night, ALMATY, at('2026-11-22 03:00', ALMATY))).toBe(true)
    expect(isOpen(night, ALMATY, at('2026-11-23 03:00', ALMATY))).toBe(false)
  })

  it('until 24:00 and until 00:00 are the same midnight', () => {
    const till24 = hours([shift('20:00-24:00', EVERY_DAY)])
    const till0 = hours([shift('20:00-00:00', EVERY_DAY)])
    const week = during('2026-12-28 00:00', '2027-01-04 00:00', MOSCOW)
    expect(openIntervals(till24, MOSCOW, week)).toEqual(openIntervals(till0, MOSCOW, week))
    expect(isOpen(till24, MOSCOW, at('2026-12-31 23:59', MOSCOW))).toBe(true)
    expect(isOpen(till24, MOSCOW, at('2027-01-01 00:00', MOSCOW))).toBe(false)
  })

  it('goes on over midnight with the shift that begins there, and over the end of the year', () => {
    const both = hours([shift('20:00-24:00', EVERY_DAY), shift('00:00-02:00', EVERY_DAY)])
    const open = openIntervals(both, MOSCOW, during('2026-12-31 12:00', '2027-01-01 12:00', MOSCOW))
    expect(read(open, MOSCOW)).toEqual(['2026-12-31 20:00 – 2027-01-01 02:00'])
  })
})

describe('round the clock', () => {
  it('is one long time, whichever way it was written', () => {
    const window = during('2028-02-27 15:00', '2028-03-02 09:30', MOSCOW)
    for (const times of ['00:00-24:00', '00:00-00:00', '08:00-08:00']) {
      expect(openIntervals(hours([shift(times, EVERY_DAY)]), MOSCOW, window), times).toEqual([window])
    }
  })

  it('knows the leap day', () => {
    const tuesdays = hours([shift('09:00-17:00', [2])])
    expect(isOpen(tuesdays, MOSCOW, at('2028-02-29 10:00', MOSCOW))).toBe(true)
  })
})

describe('by language and channel', () => {
  const line = hours([
    shift('09:00-17:00'),
    shift('17:00-21:00', [1, 3], { languages: ['tg', 'uz'], channels: ['telegram', 'phone'] }),
  ])
  const mondayEvening = at('2026-11-23 19:00', MOSCOW)

  it('is open in the evening for Tajik by phone, and for nobody else', () => {
    expect(isOpen(line, MOSCOW, mondayEvening, { language: 'tg', channel: 'phone' })).toBe(true)
    expect(isOpen(line, MOSCOW, mondayEvening, { language: 'tg', channel: 'web' })).toBe(false)
    expect(isOpen(line, MOSCOW, mondayEvening, { language: 'ru' })).toBe(false)
  })

  it('counts as open for whoever does not say', () => {
    expect(isOpen(line, MOSCOW, mondayEvening)).toBe(true)
    expect(isOpen(line, MOSCOW, mondayEvening, { language: 'uz' })).toBe(true)
  })
})

describe('a centre without hours', () => {
  it('is never open, and says no next time', () => {
    const now = at('2026-11-20 12:00', PRAGUE)
    expect(isOpen(NO_HOURS, PRAGUE, now)).toBe(false)
    expect(nextOpening(NO_HOURS, PRAGUE, now)).toBeUndefined()
  })

  it('that opens again in more than two months promises nothing yet', () => {
    const winter = hours([shift('09:00-17:00')], [{ from: '2026-11-01', to: '2027-02-28', closed: true }])
    expect(nextOpening(winter, PRAGUE, at('2026-11-20 12:00', PRAGUE))).toBeUndefined()
    expect(shown(nextOpening(winter, PRAGUE, at('2027-01-15 12:00', PRAGUE)) ?? 0, PRAGUE)).toBe('2027-03-01 09:00')
  })

  it('asked about eleven years says that the dates are wrong, not nothing for a minute', () => {
    const window = { from: 0, to: 11 * 366 * 24 * HOUR }
    expect(() => openIntervals(NO_HOURS, PRAGUE, window)).toThrow(RangeError)
  })
})
