import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate, readMonth } from '../../bot/text/dates.js'
import { formatDate, formatMonth } from '../../bot/text/formats.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { anyText } from './any-text.js'

/** A Monday. */
const TODAY = '2026-11-23'

const date = (text: string, language: Language = 'ru') => readDate(text, language, TODAY)
const month = (text: string, language: Language = 'ru') => readMonth(text, language, TODAY)

describe('readDate', () => {
  it('reads figures, day first', () => {
    const same: [string, Language][] = [
      ['15.03.2026', 'ru'],
      ['15/03/2026', 'en'],
      ['15-3-2026', 'tg'],
      ['15. 3. 2026', 'cs'],
      ['15.3.26', 'uk'],
      ['15 03 2026', 'kk'],
      ['15032026', 'ky'],
      ['2026-03-15', 'uz'],
      ['2026/03/15', 'en'],
      ['03/15/2026', 'en'],
      ['١٥/٣/٢٠٢٦', 'tg'],
    ]
    for (const [text, language] of same) expect(date(text, language), text).toBe('2026-03-15')
    expect(date('12.05.90')).toBe('1990-05-12')
  })

  it('reads the names of months in every case, script and spelling', () => {
    const same: [string, Language][] = [
      ['15 октября', 'ru'],
      ['15-го октября 2026 г.', 'ru'],
      ['15 oktyabrya', 'ru'],
      ['приехал 15 октября', 'ru'],
      ['15 октябри 2026', 'tg'],
      ['2026-yil 15-oktabr', 'uz'],
      ['15 октабрда', 'uz'],
      ['15-октябрда', 'ky'],
      ['15 қазанда', 'kk'],
      ['15 казан', 'kk'],
      ['15 жовтня', 'uk'],
      ['15. října', 'cs'],
      ['15 rijna', 'cs'],
      ['October 15th', 'en'],
      ['15th of October, 2026', 'en'],
      ['15 октября 26', 'ru'],
    ]
    for (const [text, language] of same) expect(date(text, language), text).toBe('2026-10-15')
  })

  it('reads yesterday, today and tomorrow', () => {
    const words: [string, Language, string][] = [
      ['вчера', 'ru', '2026-11-22'],
      ['позавчера', 'ru', '2026-11-21'],
      ['bugun', 'uz', TODAY],
      ['кеча', 'uz', '2026-11-22'],
      ['кечээ', 'ky', '2026-11-22'],
      ['бүгін', 'kk', TODAY],
      ['дирӯз', 'tg', '2026-11-22'],
      ['имруз', 'tg', TODAY],
      ['учора', 'uk', '2026-11-22'],
      ['zítra', 'cs', '2026-11-24'],
      ['the day before yesterday', 'en', '2026-11-21'],
      ['завтра', 'kk', '2026-11-24'],
    ]
    for (const [text, language, expected] of words) expect(date(text, language), text).toBe(expected)
  })

  it('takes the nearest year unless told which way to look', () => {
    expect(readDate('15 января', 'ru', '2026-11-23')).toBe('2027-01-15')
    expect(readDate('15 декабря', 'ru', '2026-01-10')).toBe('2025-12-15')
    expect(readDate('15 января', 'ru', '2026-11-23', 'past')).toBe('2026-01-15')
    expect(readDate('15. 10.', 'cs', '2026-11-23', 'future')).toBe('2027-10-15')
    expect(readDate('29 февраля', 'ru', '2026-11-23')).toBe('2028-02-29')
  })

  it('takes a weekday only when it can be no other day', () => {
    expect(date('в прошлую пятницу')).toBe('2026-11-20')
    expect(date('last monday', 'en')).toBe('2026-11-16')
    expect(date('в эту среду')).toBe('2026-11-25')
    expect(date('next friday', 'en')).toBeUndefined()
    expect(date('пятница')).toBeUndefined()
    expect(readDate('в пятницу', 'ru', TODAY, 'past')).toBe('2026-11-20')
    expect(readDate('pátek', 'cs', TODAY, 'future')).toBe('2026-11-27')
    expect(readDate('душанбе', 'tg', TODAY, 'past')).toBe(TODAY)
  })

  it('refuses impossible and doubtful days', () => {
    for (const text of [
      '31 апреля',
      '31.04.2026',
      '29.02.2025',
      '0.1.2026',
      '15.13.2026',
      'не сегодня',
      'вчера или сегодня',
      'с 1 по 15 марта',
      '1 марта 2 апреля',
      'март',
      '15',
      '12:30',
      '',
      'нет',
    ])
      expect(date(text), text).toBeUndefined()
  })

  it('reads back what the house itself writes', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, fc.constantFrom(...LANGUAGES), fc.constantFrom('short', 'long'), (day, language, style) => {
        expect(date(formatDate(language, day, style), language)).toBe(day)
        expect(month(formatMonth(language, day.slice(0, 7)), language)).toBe(day.slice(0, 7))
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws, and gives real days only', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
        const day = date(text, language)
        if (day !== undefined) expect(new Date(day).toISOString().slice(0, 10)).toBe(day)
        expect(month(text, language) ?? '2026-01').toMatch(/^\d{4}-(0[1-9]|1[0-2])$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('readMonth', () => {
  it('reads names, figures and last month', () => {
    const same: [string, Language][] = [
      ['октябрь', 'ru'],
      ['в октябре', 'ru'],
      ['10.2026', 'ru'],
      ['10/2026', 'en'],
      ['2026-10', 'en'],
      ['10', 'uk'],
      ['октябрь 26', 'ru'],
      ['прошлый месяц', 'ru'],
      ['в прошлом месяце', 'ru'],
      ['říjen', 'cs'],
      ['minulý měsíc', 'cs'],
      ["o'tgan oy", 'uz'],
      ['ўтган ой', 'uz'],
      ['өткөн ай', 'ky'],
      ['өткен ай', 'kk'],
      ['моҳи гузашта', 'tg'],
      ['минулий місяць', 'uk'],
      ['last month', 'en'],
      ['15 октября', 'ru'],
      ['October 15', 'en'],
    ]
    for (const [text, language] of same) expect(month(text, language), text).toBe('2026-10')
    expect(month('this month', 'en')).toBe('2026-11')
    expect(month('červenec', 'cs')).toBe('2026-07')
    expect(month('červen', 'cs')).toBe('2026-06')
  })

  it('looks the way it is told', () => {
    expect(month('январь')).toBe('2027-01')
    expect(readMonth('январь', 'ru', TODAY, 'past')).toBe('2026-01')
    expect(readMonth('ноябрь', 'ru', TODAY, 'past')).toBe('2026-11')
  })

  it('refuses what is no one month', () => {
    for (const text of ['13', '0', 'не октябрь', 'октябрь, ноябрь', 'месяц', '', '10.20266'])
      expect(month(text), text).toBeUndefined()
  })
})
