import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessLanguage } from '../../bot/text/guess-language.js'
import type { Language } from '../../bot/text/languages.js'
import { anyText } from './any-text.js'

const best = (text: string, locale?: string) => guessLanguage(text, locale)[0]

describe('guessLanguage', () => {
  it('is sure of ordinary first messages', () => {
    const messages: [string, Language][] = [
      ['Қалайсыз', 'kk'],
      ['калайсыз', 'kk'],
      ['жұмыс іздеймін', 'kk'],
      ['добрий день', 'uk'],
      ['потрібна допомога', 'uk'],
      ['добрый день', 'ru'],
      ['Мне нужна помощь', 'ru'],
      ['мне не платят 2 месяца', 'ru'],
      ['ne dali zarplatu, pomogite pozhaluysta', 'ru'],
      ['hello', 'en'],
      ['I lost my passport', 'en'],
      ['dobry den', 'cs'],
      ['potřebuji pomoc', 'cs'],
      ['Саламатсызбы', 'ky'],
      ['менин паспортум жок, эмне кылам', 'ky'],
      ['кумак кунед', 'tg'],
      ['ман кор мекунам', 'tg'],
      ['чӣ хел', 'tg'],
      ['yordam kerak', 'uz'],
      ['пулимни бермаяпти, нима килай', 'uz'],
    ]
    for (const [text, language] of messages) expect(best(text), text).toEqual({ language, sure: true })
  })

  it('offers both when a greeting belongs to two', () => {
    for (const text of ['салом', 'ассалому алейкум']) {
      const guesses = guessLanguage(text)
      expect(
        guesses
          .slice(0, 2)
          .map(({ language }) => language)
          .sort(),
        text,
      ).toEqual(['tg', 'uz'])
      expect(guesses[0]?.sure).toBe(false)
    }
    expect(best('salom')).toEqual({ language: 'uz', sure: false })
  })

  it('takes the locale for a hint only', () => {
    expect(best('салом', 'uz-UZ')).toEqual({ language: 'uz', sure: false })
    expect(best('Менга ёрдам керак', 'ru')?.language).toBe('uz')
    expect(best('Мне нужна помощь', 'tg')).toEqual({ language: 'ru', sure: true })
    expect(best('👋', 'kk')).toEqual({ language: 'kk', sure: false })
    expect(guessLanguage('123')).toEqual([])
    expect(guessLanguage('你好', 'zh')).toEqual([])
  })

  it('never throws, and names each language at most once', () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.string(), { nil: undefined }), (text, locale) => {
        const languages = guessLanguage(text, locale).map(({ language }) => language)
        expect(new Set(languages).size).toBe(languages.length)
      }),
      { numRuns: 500 },
    )
  })
})
