import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../bot/text/formats.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { readNumber } from '../../bot/text/numbers.js'
import { latinToRussian, uzbekToCyrillic } from '../../bot/text/scripts.js'
import { anyText } from './any-text.js'
import { inWords } from './number-speller.js'

const read = (text: string, language: Language) => readNumber(text, language)

describe('readNumber', () => {
  it('reads figures as each language writes them', () => {
    for (const language of LANGUAGES) {
      expect(read('1 200', language)).toEqual({ number: 1200 })
      expect(read('1\u00a0200\u202f000', language)).toEqual({ number: 1_200_000 })
      expect(read('007', language)).toEqual({ number: 7 })
      expect(read('-5', language)).toEqual({ number: -5 })
      expect(read('0', language)).toEqual({ number: 0 })
    }
    expect(read('3,5', 'ru')).toEqual({ number: 3.5 })
    expect(read('3.5', 'cs')).toEqual({ number: 3.5 })
    expect(read('1.200', 'cs')).toEqual({ number: 1200 })
    expect(read('1.200', 'en')).toEqual({ number: 1.2 })
    expect(read('1,200', 'en')).toEqual({ number: 1200 })
    // Somebody who reads English may still write as at home
    expect(read('33,5', 'en')).toEqual({ number: 33.5 })
    expect(read('1,200', 'ru')).toEqual({ number: 1.2 })
    expect(read('1,200.50', 'ru')).toEqual({ number: 1200.5 })
    expect(read('1.200,50', 'en')).toEqual({ number: 1200.5 })
  })

  it('reads native digits', () => {
    expect(read('٣٠', 'tg')).toEqual({ number: 30 })
    expect(read('۱۲۵', 'tg')).toEqual({ number: 125 })
  })

  it('reads words, joined or apart, in both scripts of Uzbek, and without special letters', () => {
    const said: [string, Language, number][] = [
      ['двадцать пять', 'ru', 25],
      ['двадцатьпять', 'ru', 25],
      ['dvadcat pyat', 'ru', 25],
      ['две тысячи двести', 'ru', 2200],
      ['полтора', 'ru', 1.5],
      ['йигирма беш', 'uz', 25],
      ['yigirma besh', 'uz', 25],
      ['oʻn toʻrt', 'uz', 14],
      ['он турт', 'uz', 14],
      ['бисту панҷ', 'tg', 25],
      ['бисту панч', 'tg', 25],
      ['дусаду панҷоҳу як', 'tg', 251],
      ['двадцать', 'tg', 20],
      ['жыйырма беш', 'ky', 25],
      ['жиырма бес', 'kk', 25],
      ['екі мың үш жүз', 'kk', 2300],
      ["дев'ятнадцять", 'uk', 19],
      ['pětadvacet', 'cs', 25],
      ['jednadvacet', 'cs', 21],
      ['dvacet pět', 'cs', 25],
      ['dve ste tricet', 'cs', 230],
      ['twenty-five', 'en', 25],
      ['a hundred and five', 'en', 105],
      ['ноль', 'ru', 0],
      ['минус пять', 'ru', -5],
    ]
    for (const [text, language, number] of said) expect(read(text, language), text).toEqual({ number })
  })

  it('multiplies figures by a word', () => {
    expect(read('5 тыс', 'ru')).toEqual({ number: 5000 })
    expect(read('1,5 тысячи', 'ru')).toEqual({ number: 1500 })
    expect(read('2 ming', 'uz')).toEqual({ number: 2000 })
  })

  it('hands back what else was written', () => {
    expect(read('45 min', 'en')).toEqual({ number: 45, rest: 'min' })
    expect(read('примерно 20', 'ru')).toEqual({ number: 20, rest: 'примерно' })
    expect(read('нас двадцать человек', 'ru')).toEqual({ number: 20, rest: 'нас человек' })
    expect(read('5-ти.', 'ru')).toEqual({ number: 5 })
    expect(read('№ 5)', 'ru')).toEqual({ number: 5 })
  })

  it('refuses what is no number, or more than one', () => {
    for (const text of [
      '',
      ' ',
      'нет',
      'не 5',
      '0x10',
      '1e5',
      '2 или 3',
      '10-15',
      '12:30',
      '1 20',
      '3/4',
      '.5',
      'covid19',
      'два три',
      'пять десять',
      'у меня было 5 детей и еще кто-то',
    ])
      for (const language of ['ru', 'en'] as const) expect(read(text, language), text).toBeUndefined()
    expect(read('9'.repeat(30), 'ru')).toBeUndefined()
  })

  it('reads back every number in figures', () => {
    const amount = fc.oneof(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: 0, max: 99999 }).map((n) => n / 10),
    )
    fc.assert(
      fc.property(amount, fc.constantFrom(...LANGUAGES), (number, language) => {
        expect(read(formatNumber(language, number), language)).toEqual({ number: number === 0 ? 0 : number })
      }),
    )
  })

  it('reads back every number in words', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(...LANGUAGES), (number, language) => {
        const words = inWords(number, language)
        expect(read(words, language), words).toEqual({ number })
        if (language === 'uz') expect(read(uzbekToCyrillic(words), language), words).toEqual({ number })
      }),
      { numRuns: 1000 },
    )
    expect(latinToRussian('tri')).toBe('три')
  })

  it('never throws, and gives finite numbers only', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...LANGUAGES), (text, language) => {
        const number = read(text, language)?.number
        expect(number === undefined || Number.isFinite(number)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
