import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dangerMessage } from '../../bot/danger/message.js'
import { HELP_KINDS, numbersFor } from '../../bot/danger/numbers.js'
import { COUNTRIES } from '../../bot/text/countries.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { loadTexts } from '../../bot/text/texts.js'

const gaps: unknown[] = []
const texts = loadTexts(join(import.meta.dirname, '../../locales'), (gap) => gaps.push(gap))
const sayIn = (language: Language) => (key: string, values?: Record<string, unknown>) =>
  texts.say(language, key, values)

/** What a stranger who looks at the locked phone must not read (S21). */
const ALARMING =
  /полиц|поліц|полис|polic|polit|насил|violen|násil|депорт|deport|беже|refug|uprchl|мигр|міgr|migr|муҳоҷир|қочқин|qochq|качк|босқын|smrt|умер|suic|суиц|торгов|traffic|тюрьм|prison/i

describe.each(LANGUAGES)('help in %s', (language) => {
  const say = sayIn(language)

  it.each(HELP_KINDS)('S21 S38 for %s begins harmlessly, gives numbers and stays short', (kind) => {
    for (const country of [...COUNTRIES, undefined]) {
      const text = dangerMessage({ kind, country, language, say, onDuty: true })
      expect(text.split('\n')[0]).not.toMatch(ALARMING)
      expect(text).toContain('112')
      expect(text).not.toContain('danger:')
      expect(text).not.toContain('{{')
      expect(text.length).toBeLessThan(900)
      for (const { number } of country ? numbersFor(country, kind) : []) expect(text).toContain(number)
    }
  })

  it('lists every country for somebody who is elsewhere', () => {
    const text = dangerMessage({ kind: 'sos', country: undefined, language, say })
    for (const country of COUNTRIES) expect(text).toContain(say(`danger:country.${country}`))
  })

  it('tells honestly whether a human is there', () => {
    const ask = (onDuty: boolean | undefined) =>
      dangerMessage({ kind: 'violence', country: 'RU', language, say, onDuty })
    expect(ask(true)).toContain(say('danger:told'))
    expect(ask(false)).toContain(say('danger:toldLater'))
    expect(ask(undefined)).not.toContain(say('danger:told'))
  })

  it('has a neutral button', () => expect(say('danger:sosButton')).toBe('🆘 SOS'))
})

it('needs no word that nobody wrote', () => expect(gaps).toEqual([]))
