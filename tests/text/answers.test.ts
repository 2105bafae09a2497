import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Option, readChoice, readMany } from '../../bot/text/choices.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { readPhone } from '../../bot/text/phones.js'
import { readYesNo } from '../../bot/text/yes-no.js'
import { anyText } from './any-text.js'

describe('readYesNo', () => {
  it('knows the words of every language', () => {
    const yes: [string, Language][] = [
      ['да', 'ru'],
      ['Ага!', 'ru'],
      ['+', 'ru'],
      ['да, но не сегодня', 'ru'],
      ['ha', 'uz'],
      ['ха', 'uz'],
      ['ooba', 'ky'],
      ['ооба', 'ky'],
      ['иә', 'kk'],
      ['ия', 'kk'],
      ['бале', 'tg'],
      ['hee', 'kk'],
      ['так', 'uk'],
      ['ano', 'cs'],
      ['yes please', 'en'],
      ['👍🏽', 'cs'],
      ['👍 да', 'ru'],
      ['да', 'tg'],
      ['da', 'ru'],
    ]
    for (const [text, language] of yes) expect(readYesNo(text, language), text).toBe(true)
    const no: [string, Language][] = [
      ['нет', 'ru'],
      ['нет спасибо', 'ru'],
      ['нет, не получал', 'ru'],
      ['net', 'ru'],
      ['-', 'ru'],
      ["yo'q", 'uz'],
      ['йук', 'uz'],
      ['жок', 'ky'],
      ['жоқ', 'kk'],
      ['не', 'tg'],
      ['ні', 'uk'],
      ['ne', 'cs'],
      ['no thank you', 'en'],
      ['👎', 'ru'],
    ]
    for (const [text, language] of no) expect(readYesNo(text, language), text).toBe(false)
  })

  it('does not make up its mind for a person', () => {
    const unclear: [string, Language][] = [
      ['да нет', 'ru'],
      ['да, нет', 'ru'],
      ['нет денег', 'ru'],
      ['не знаю', 'ru'],
      ['так', 'ru'],
      ['no', 'cs'],
      ['👍👎', 'ru'],
      ['👍 нет', 'ru'],
      ['', 'ru'],
      ['завтра', 'ru'],
    ]
    for (const [text, language] of unclear) expect(readYesNo(text, language), text).toBeUndefined()
  })
})

const cities: Option[] = [
  { id: 'moscow', label: 'Москва' },
  { id: 'petersburg', label: 'Санкт-Петербург', synonyms: ['Питер', 'СПб'] },
  { id: 'yekaterinburg', label: '🏔 Екатеринбург' },
  { id: 'karaganda', label: 'Караганда' },
]
const one = (id: string) => ({ kind: 'one', id })

describe('readChoice', () => {
  it('takes the label, a synonym, a part of it, the number, or another script', () => {
    for (const text of ['москва', 'МОСКВА!', 'Moskva', '1', '1)', 'мсква', 'один', '١'])
      expect(readChoice(text, cities, 'ru'), text).toEqual(one('moscow'))
    for (const text of ['питер', 'СПБ', 'петербург', 'санкт питербург', 'piter'])
      expect(readChoice(text, cities, 'ru'), text).toEqual(one('petersburg'))
    expect(readChoice('екатеринбург', cities, 'ru')).toEqual(one('yekaterinburg'))
    const wages: Option[] = [
      { id: 'wages', label: 'Ish haqi' },
      { id: 'registration', label: 'Roʻyxatga olish' },
    ]
    for (const text of ['иш ҳақи', 'иш хаки', 'ish haqqi'])
      expect(readChoice(text, wages, 'uz'), text).toEqual(one('wages'))
    expect(readChoice('руйхатга олиш', wages, 'uz')).toEqual(one('registration'))
  })

  it('asks rather than guesses between close labels', () => {
    const helped: Option[] = [
      { id: 'yes', label: '✅ Помогло' },
      { id: 'no', label: 'Не помогло' },
    ]
    expect(readChoice('помогло', helped, 'ru')).toEqual(one('yes'))
    expect(readChoice('Не помогло', helped, 'ru')).toEqual(one('no'))
    expect(readChoice('вообще не помогло', helped, 'ru')).toEqual({ kind: 'unsure', ids: ['no'] })
    expect(readChoice('никак мне помогло', helped, 'ru')).toEqual({ kind: 'unsure', ids: ['yes'] })
    const alike: Option[] = [
      { id: 'a', label: 'Работа' },
      { id: 'b', label: 'Работы' },
    ]
    expect(readChoice('работу', alike, 'ru')).toEqual({ kind: 'unsure', ids: ['a', 'b'] })
    const ages: Option[] = [
      { id: 'young', label: '18–25' },
      { id: 'older', label: '26–35' },
    ]
    expect(readChoice('18-25', ages, 'ru')).toEqual(one('young'))
    expect(readChoice('18-26', ages, 'ru')).toBeUndefined()
    const children: Option[] = [
      { id: '0', label: 'Нет детей' },
      { id: '1', label: '1 ребёнок' },
      { id: '2', label: '2 ребёнка' },
    ]
    expect(readChoice('2', children, 'ru')).toEqual({ kind: 'unsure', ids: ['1', '2'] })
  })

  it('leaves alone what is none of them', () => {
    for (const text of ['', '9', '0', 'а', 'хочу домой', 'Омск', 'x'.repeat(5000)])
      expect(readChoice(text, cities, 'ru'), text).toBeUndefined()
    expect(readChoice('1', [], 'ru')).toBeUndefined()
  })

  it('finds every label that is typed as it stands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cities), fc.constantFrom(...LANGUAGES), ({ id, label }, language) => {
        expect(readChoice(label, cities, language)).toEqual(one(id))
        expect(readChoice(label.toUpperCase(), cities, language)).toEqual(one(id))
      }),
    )
  })
})

describe('readMany', () => {
  it('reads several answers, however they are separated', () => {
    for (const text of [
      '1,2',
      '1 2',
      '1 и 2',
      'москва и питер',
      'Москва\nПитер',
      'москва питер',
      '1, 2, 1',
      'москва; 2',
    ])
      expect(readMany(text, cities, 'ru'), text).toEqual(['moscow', 'petersburg'])
    expect(readMany('санкт петербург', cities, 'ru')).toEqual(['petersburg'])
    expect(readMany('3', cities, 'ru')).toEqual(['yekaterinburg'])
  })

  it('wants every part to be certain', () => {
    for (const text of ['москва, марс', '1,9', 'всё', '', '1-3'])
      expect(readMany(text, cities, 'ru'), text).toBeUndefined()
  })
})

describe('readPhone', () => {
  it('reads numbers as people write them', () => {
    for (const [text, country] of [
      ['8 (916) 123-45-67', 'RU'],
      ['8 (916) 123-45-67', undefined],
      ['+7 916 123 45 67', 'CZ'],
      ['79161234567', undefined],
      ['9161234567', 'RU'],
      ['мой номер: 8-916-123-45-67, Али', 'RU'],
      ['٨٩١٦١٢٣٤٥٦٧', 'RU'],
    ] as const)
      expect(readPhone(text, country), text).toBe('+79161234567')
    expect(readPhone('8 701 123 45 67', 'KZ')).toBe('+77011234567')
    expect(readPhone('93 712 34 56', 'TJ')).toBe('+992937123456')
    expect(readPhone('992 93 712 34 56', 'RU')).toBe('+992937123456')
    expect(readPhone('777 123 456', 'CZ')).toBe('+420777123456')
    expect(readPhone('00420 777 123 456')).toBe('+420777123456')
  })

  it('refuses what cannot be dialled, and two at once', () => {
    for (const text of [
      '',
      '112',
      '8 916 123 45',
      'паспорт 1234567890',
      '+7 916 123 45 67, +7 916 123 45 68',
      'x'.repeat(5000),
    ])
      expect(readPhone(text, 'RU'), text).toBeUndefined()
    expect(readPhone('12', 'XX')).toBeUndefined()
  })
})

it('none of them throws on anything', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.constantFrom(...LANGUAGES),
      fc.constantFrom('RU', 'CZ', undefined),
      (text, language, country) => {
        readYesNo(text, language)
        readChoice(text, cities, language)
        const many = readMany(text, cities, language)
        expect(many === undefined || many.length > 0).toBe(true)
        expect(readPhone(text, country) ?? '+1').toMatch(/^\+\d+$/)
      },
    ),
    { numRuns: 500 },
  )
})
