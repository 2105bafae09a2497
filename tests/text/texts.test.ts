import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../bot/errors.js'
import { formatDate, formatMonth, formatNumber } from '../../bot/text/formats.js'
import { LANGUAGES } from '../../bot/text/languages.js'
import { loadTexts, type MissingText } from '../../bot/text/texts.js'
import './any-text.js'
import { localeFolder } from './locale-folder.js'

function texts(files: Record<string, unknown>) {
  const gaps: MissingText[] = []
  return { ...loadTexts(localeFolder(files), (gap) => gaps.push(gap)), gaps }
}

describe('texts', () => {
  it('says what is written for a step, with its retry beside it', () => {
    const { say, find } = texts({
      'en/hotline': { city: 'Which city?', 'city.retry': 'Choose from the list.', help: { long: 'More' } },
    })
    expect(say('en', 'hotline:city')).toBe('Which city?')
    expect(say('en', 'hotline:city.retry')).toBe('Choose from the list.')
    expect(say('en', 'hotline:help.long')).toBe('More')
    expect(find('en', 'hotline:city.help')).toBeUndefined()
  })

  it('chooses the plural form of each language', () => {
    const { say } = texts({
      'ru/m': {
        days_one: '{{count}} день',
        days_few: '{{count}} дня',
        days_many: '{{count}} дней',
        days_other: '{{count}} дня',
      },
      'cs/m': { days_one: '{{count}} den', days_few: '{{count}} dny', days_other: '{{count}} dní' },
      'tg/m': { days_one: '{{count}} рӯз', days_other: '{{count}} рӯзҳо' },
    })
    const ru = [1, 2, 5, 11, 21, 22, 111].map((count) => say('ru', 'm:days', { count }))
    expect(ru).toEqual(['1 день', '2 дня', '5 дней', '11 дней', '21 день', '22 дня', '111 дней'])
    expect([1, 3, 5].map((count) => say('cs', 'm:days', { count }))).toEqual(['1 den', '3 dny', '5 dní'])
    // a fraction is `many` in Czech; the form that is written serves
    expect(say('cs', 'm:days', { count: 1.5 })).toBe('1.5 dní')
    expect([1, 21].map((count) => say('tg', 'm:days', { count }))).toEqual(['1 рӯз', '21 рӯзҳо'])
  })

  it('writes numbers and dates as the language does', () => {
    const { say } = texts({
      'en/m': { line: '{{n, number}} on {{day, date}}, {{day, longDate}}, {{m, month}}' },
      'ru/m': { line: '{{n, number}}: {{day, date}}, {{day, longDate}}, {{m, month}}' },
    })
    const values = { n: 1200.5, day: '2024-12-26', m: '2024-12' }
    expect(say('en', 'm:line', values)).toBe('1,200.5 on 26 Dec 2024, 26 December 2024, December 2024')
    expect(say('ru', 'm:line', values)).toBe('1\u00a0200,5: 26.12.2024, 26 декабря 2024, декабрь 2024')
  })

  it('gives back what people wrote as they wrote it', () => {
    const { say } = texts({ 'ru/m': { echo: 'Вы написали: {{text}} ({{code}})' } })
    const text = '<b>$& $t(m:echo) {{code}} & "кавычки"</b>'
    const said = say('ru', 'm:echo', { text, code: 'K7' })
    expect(said.replaceAll('\u2060', '')).toBe(`Вы написали: ${text} (K7)`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = say('ru', 'm:echo', { text, code: 'K7' })
        return said.replaceAll('\u2060', '') === `Вы написали: ${text.replaceAll('\u2060', '')} (K7)`
      }),
    )
  })

  it('falls back to a language that people read, and reports the gap once', () => {
    const { say, find, gaps } = texts({ 'ru/m': { a: 'да' }, 'en/m': { a: 'yes', b: 'only English' }, 'tg/m': {} })
    expect(say('tg', 'm:a')).toBe('да')
    expect(find('tg', 'm:b')).toBeUndefined()
    expect(say('uk', 'm:a')).toBe('да')
    expect(say('cs', 'm:b')).toBe('only English')
    say('tg', 'm:a')
    expect(gaps).toEqual([
      { what: 'text', language: 'tg', key: 'm:a' },
      { what: 'text', language: 'uk', key: 'm:a' },
      { what: 'text', language: 'cs', key: 'm:b' },
    ])
  })

  it('never says nothing: a text that nobody wrote comes back as its key, a missing value as a gap', () => {
    const { say, gaps } = texts({ 'ru/m': { hello: 'Здравствуйте, {{name}}!' } })
    expect(say('ru', 'm:nothing')).toBe('m:nothing')
    expect(say('ru', 'm:hello')).toBe('Здравствуйте, !')
    expect(gaps).toEqual([
      { what: 'text', language: 'ru', key: 'm:nothing' },
      { what: 'value', language: 'ru', key: 'm:hello', value: 'name' },
    ])
  })

  it('tells which file to correct', () => {
    const broken = localeFolder({ 'ru/m': '{ "a": ' })
    expect(() => loadTexts(broken)).toThrow(/ru\/m\.json is not valid JSON/)
    expect(() => loadTexts(localeFolder({ 'ru/m': { a: 1 } }))).toThrow(SetupError)
    expect(() => loadTexts(localeFolder({}))).toThrow(/no texts/)
  })
})

describe('formats', () => {
  it('know every language', () => {
    const dates = LANGUAGES.map((language) => formatDate(language, '2024-12-06', 'long'))
    expect(dates).toEqual([
      '6 December 2024',
      '6 декабря 2024',
      '6 декабри 2024',
      '2024-yil 6-dekabr',
      '2024-жылдын 6-декабры',
      '2024 жылғы 6 желтоқсан',
      '6 грудня 2024',
      '6. prosince 2024',
    ])
    expect(formatDate('cs', '2024-12-06')).toBe('6. 12. 2024')
    expect(formatMonth('kk', '2024-12')).toBe('2024 жылғы желтоқсан')
    for (const language of LANGUAGES) expect(formatNumber(language, 7)).toBe('7')
  })

  it('give back what is no date', () => {
    expect(formatDate('ru', 'скоро')).toBe('скоро')
    expect(formatMonth('ru', '2024-13')).toBe('2024-13')
  })
})
