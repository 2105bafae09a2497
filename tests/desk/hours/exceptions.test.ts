/** Holidays, short days, a colleague's leave. */
import { describe, expect, it } from 'vitest'
import { isOpen, nextOpening, openIntervals } from '../../../bot/desk/hours/opening.js'
import { at, during, EVERY_DAY, hours, PRAGUE, read, shift, shown } from './a-centre.js'

const holidays = { from: '2026-12-24', to: '2027-01-01', closed: true, name: 'Christmas' }

describe('holidays', () => {
  const office = hours([shift('09:00-17:00')], [holidays])

  it('close the office from the first day to the last, over the end of the year', () => {
    const open = openIntervals(office, PRAGUE, during('2026-12-23 00:00', '2027-01-05 00:00', PRAGUE))
    expect(read(open, PRAGUE)).toEqual(['2026-12-23 09:00 – 2026-12-23 17:00', '2027-01-04 09:00 – 2027-01-04 17:00'])
  })

  it('are followed by an honest next opening', () => {
    expect(shown(nextOpening(office, PRAGUE, at('2026-12-24 08:00', PRAGUE)) ?? 0, PRAGUE)).toBe('2027-01-04 09:00')
  })

  it('let the night shift of the evening before run to its end, and begin none', () => {
    const night = hours([shift('22:00-06:00', EVERY_DAY)], [{ from: '2026-12-24', to: '2026-12-24', closed: true }])
    const open = openIntervals(night, PRAGUE, during('2026-12-23 12:00', '2026-12-26 12:00', PRAGUE))
    expect(read(open, PRAGUE)).toEqual(['2026-12-23 22:00 – 2026-12-24 06:00', '2026-12-25 22:00 – 2026-12-26 06:00'])
  })
})

describe('a day with other hours', () => {
  const short = {
    from: '2026-12-23',
    to: '2026-12-23',
    shifts: [
      { from: '09:00', to: '12:00' },
      { from: '20:00', to: '01:00' },
    ],
  }

  it('has them instead of its own', () => {
    const open = openIntervals(
      hours([shift('09:00-17:00')], [short]),
      PRAGUE,
      during('2026-12-23 00:00', '2026-12-24 08:00', PRAGUE),
    )
    expect(read(open, PRAGUE)).toEqual(['2026-12-23 09:00 – 2026-12-23 12:00', '2026-12-23 20:00 – 2026-12-24 01:00'])
  })

  it('opens a Sunday that is closed every week', () => {
    const sunday = { from: '2026-11-22', to: '2026-11-22', shifts: [{ from: '10:00', to: '14:00' }] }
    const office = hours([shift('09:00-17:00')], [sunday])
    expect(isOpen(office, PRAGUE, at('2026-11-22 11:00', PRAGUE))).toBe(true)
    expect(isOpen(office, PRAGUE, at('2026-11-29 11:00', PRAGUE))).toBe(false)
  })

  it('inside longer holidays counts when it stands after them, and not before them', () => {
    const open28 = { from: '2026-12-28', to: '2026-12-28', shifts: [{ from: '10:00', to: '14:00' }] }
    const noon = at('2026-12-28 12:00', PRAGUE)
    expect(isOpen(hours([shift('09:00-17:00')], [holidays, open28]), PRAGUE, noon)).toBe(true)
    expect(isOpen(hours([shift('09:00-17:00')], [open28, holidays]), PRAGUE, noon)).toBe(false)
  })
})

describe('what concerns one language only', () => {
  const leave = { from: '2026-11-23', to: '2026-11-27', closed: true, languages: ['uk'] }
  const office = hours([shift('09:00-17:00')], [leave])
  const noon = at('2026-11-24 12:00', PRAGUE)

  it('closes the Ukrainian line and leaves the Czech one', () => {
    expect(isOpen(office, PRAGUE, noon, { language: 'uk' })).toBe(false)
    expect(isOpen(office, PRAGUE, noon, { language: 'cs' })).toBe(true)
    expect(isOpen(office, PRAGUE, noon)).toBe(true)
  })

  it('closes a line that was only Ukrainian for everybody who asks', () => {
    const line = hours([shift('09:00-17:00', EVERY_DAY, { languages: ['uk'] })], [leave])
    expect(isOpen(line, PRAGUE, noon)).toBe(false)
    expect(isOpen(line, PRAGUE, at('2026-11-30 12:00', PRAGUE))).toBe(true)
  })

  it('gives one channel shorter hours and leaves the others', () => {
    const phone = {
      from: '2026-11-24',
      to: '2026-11-24',
      shifts: [{ from: '09:00', to: '10:00' }],
      channels: ['phone'],
    }
    const both = hours([shift('09:00-17:00')], [phone])
    expect(isOpen(both, PRAGUE, noon, { channel: 'phone' })).toBe(false)
    expect(isOpen(both, PRAGUE, noon, { channel: 'telegram' })).toBe(true)
    expect(isOpen(both, PRAGUE, at('2026-11-24 09:30', PRAGUE), { channel: 'phone' })).toBe(true)
  })
})
