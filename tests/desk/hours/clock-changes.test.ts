/** Nights on which the clock is turned, and a country that changed its zone. */
import { describe, expect, it } from 'vitest'
import { isOpen, openIntervals } from '../../../bot/desk/hours/opening.js'
import { workingTimeBetween } from '../../../bot/desk/hours/working-time.js'
import { isTimeZone, wallAt } from '../../../bot/desk/hours/zone.js'
import { ALMATY, at, DUSHANBE, during, EVERY_DAY, HOUR, hours, MINUTE, PRAGUE, read, shift } from './a-centre.js'

/** How many hours a shift lasts that begins on that day, and on no other; 0 when there is none. */
function lasts(times: string, date: string, zone: string): number {
  const from = at(`${date} 00:00`, zone)
  const weekday = new Date(date).getUTCDay() || 7
  const [own] = openIntervals(hours([shift(times, [weekday])]), zone, { from, to: from + 60 * HOUR })
  return own ? (own.to - own.from) / HOUR : 0
}

const AUTUMN = '2026-10-25'
const SPRING = '2027-03-28'

describe('the autumn night in Prague, with an hour that comes twice', () => {
  it('makes the night shift nine hours long, and the day twenty-five', () => {
    expect(lasts('22:00-06:00', '2026-10-24', PRAGUE)).toBe(9)
    expect(lasts('22:00-06:00', '2026-10-23', PRAGUE)).toBe(8)
    const day = during(`${AUTUMN} 00:00`, '2026-10-26 00:00', PRAGUE)
    expect(workingTimeBetween(hours([shift('00:00-24:00', EVERY_DAY)]), PRAGUE, day.from, day.to)).toBe(25 * HOUR)
  })

  it('begins with the first of the two hours and ends with the second', () => {
    expect(lasts('02:00-03:00', AUTUMN, PRAGUE)).toBe(2)
    expect(lasts('02:30-04:00', AUTUMN, PRAGUE)).toBe(2.5)
    expect(lasts('01:30-02:30', AUTUMN, PRAGUE)).toBe(2)
  })

  it('closes a shift until two when the clock shows two for the first time', () => {
    expect(lasts('20:00-02:00', '2026-10-24', PRAGUE)).toBe(6)
    const late = hours([shift('20:00-02:00', EVERY_DAY)])
    expect(isOpen(late, PRAGUE, at(`${AUTUMN} 02:00 +02:00`, PRAGUE))).toBe(false)
    expect(isOpen(late, PRAGUE, at(`${AUTUMN} 02:00 +01:00`, PRAGUE))).toBe(false)
  })

  it('is open at half past two both times', () => {
    const night = hours([shift('22:00-06:00', EVERY_DAY)])
    expect(isOpen(night, PRAGUE, at(`${AUTUMN} 02:30 +02:00`, PRAGUE))).toBe(true)
    expect(isOpen(night, PRAGUE, at(`${AUTUMN} 02:30 +01:00`, PRAGUE))).toBe(true)
  })
})

describe('the spring night in Prague, with an hour that is missing', () => {
  it('makes the night shift seven hours long', () => {
    expect(lasts('22:00-06:00', '2027-03-27', PRAGUE)).toBe(7)
  })

  it('takes an hour from a shift that begins at half past one', () => {
    expect(lasts('01:30-05:00', SPRING, PRAGUE)).toBe(2.5)
    const open = openIntervals(
      hours([shift('01:30-05:00', [7])]),
      PRAGUE,
      during(`${SPRING} 00:00`, `${SPRING} 12:00`, PRAGUE),
    )
    expect(read(open, PRAGUE)).toEqual([`${SPRING} 01:30 – ${SPRING} 05:00`])
  })

  it('begins a shift from the missing hour when the clock jumps, and ends one there', () => {
    expect(lasts('02:30-05:00', SPRING, PRAGUE)).toBe(2)
    expect(lasts('01:00-02:30', SPRING, PRAGUE)).toBe(1)
  })

  it('has no shift that lies wholly within it', () => {
    expect(lasts('02:10-02:50', SPRING, PRAGUE)).toBe(0)
    expect(lasts('02:10-02:50', '2027-03-27', PRAGUE)).toBeCloseTo(40 / 60)
  })
})

describe('Kazakhstan, whose clocks were turned back for good when 29 February 2024 ended', () => {
  it('had eleven o’clock twice that evening', () => {
    expect(lasts('20:00-24:00', '2024-02-29', ALMATY)).toBe(5)
    expect(lasts('20:00-24:00', '2024-02-28', ALMATY)).toBe(4)
    expect(lasts('22:00-06:00', '2024-02-29', ALMATY)).toBe(9)
    expect(lasts('00:00-08:00', '2024-03-01', ALMATY)).toBe(8)
  })

  it('opens at nine by the new clock from then on', () => {
    const office = hours([shift('09:00-18:00', EVERY_DAY)])
    const open = openIntervals(office, ALMATY, during('2024-02-29 00:00', '2024-03-02 00:00', ALMATY))
    expect(open.map(({ from }) => new Date(from).toISOString())).toEqual([
      '2024-02-29T03:00:00.000Z',
      '2024-03-01T04:00:00.000Z',
    ])
  })
})

describe('other zones', () => {
  it('never changes in Dushanbe', () => {
    for (const date of [AUTUMN, SPRING, '2026-10-24', '2027-03-27'])
      expect(lasts('22:00-06:00', date, DUSHANBE)).toBe(8)
  })

  it('half an hour is enough for a change, and a whole day may be missing', () => {
    // Lord Howe Island turns its clocks by thirty minutes.
    expect(lasts('00:00-24:00', '2026-04-05', 'Australia/Lord_Howe')).toBe(24.5)
    // Samoa went from 29 to 31 December 2011.
    const office = hours([shift('09:00-10:00', EVERY_DAY)])
    const open = openIntervals(office, 'Pacific/Apia', during('2011-12-29 00:00', '2012-01-01 00:00', 'Pacific/Apia'))
    expect(read(open, 'Pacific/Apia')).toEqual([
      '2011-12-29 09:00 – 2011-12-29 10:00',
      '2011-12-31 09:00 – 2011-12-31 10:00',
    ])
  })

  it('west of Greenwich the autumn night is as long', () => {
    // On 1 November 2026 New York's clocks go from two back to one.
    expect(lasts('22:00-01:30', '2026-10-31', 'America/New_York')).toBe(4.5)
    expect(lasts('22:00-06:00', '2026-10-31', 'America/New_York')).toBe(9)
  })

  it('a zone that is first asked about at the very instant of a change is read right before it too', () => {
    const change = Date.parse('2026-10-25T01:00Z')
    expect(wallAt('Europe/Vienna', change) - change).toBe(HOUR)
    expect(wallAt('Europe/Vienna', change - 1) - (change - 1)).toBe(2 * HOUR)
  })

  it('knows names of zones from anything else', () => {
    for (const zone of [PRAGUE, ALMATY, 'Europe/Kyiv', 'Europe/Kiev', 'UTC']) expect(isTimeZone(zone), zone).toBe(true)
    for (const zone of ['Mars/Base', '+05:00', '', '2026-01-01T00:00[Europe/Prague]', 'Europe/Prague ', 5, null])
      expect(isTimeZone(zone), String(zone)).toBe(false)
  })

  it('refuses to guess a zone it does not know', () => {
    expect(() => isOpen(hours([shift('09:00-17:00')]), 'Mars/Base', 20 * MINUTE)).toThrow(RangeError)
  })
})
