import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { alarmingWords } from '../../bot/text/alarm-words.js'
import { LANGUAGES, type Language } from '../../bot/text/languages.js'
import { lintTexts, type TextProblem } from '../../bot/text/lint.js'
import { stampSources } from '../../bot/text/sources.js'
import { localeFolder } from './locale-folder.js'

const GREETING: Record<Language, string> = {
  en: 'Hello, {{name}}! How can we help?',
  ru: 'Здравствуйте, {{name}}! Чем помочь?',
  tg: 'Салом, {{name}}! Чӣ кӯмак кунем?',
  uz: 'Salom, {{name}}! Qanday yordam beraylik?',
  ky: 'Салам, {{name}}! Эмне жардам керек?',
  kk: 'Сәлем, {{name}}! Қандай көмек керек?',
  uk: 'Вітаємо, {{name}}! Чим допомогти?',
  cs: 'Dobrý den, {{name}}! Jak pomůžeme?',
}

type Files = Partial<Record<Language, Record<string, unknown>>>

const complete = (): Files => Object.fromEntries(LANGUAGES.map((language) => [language, { hello: GREETING[language] }]))

function folder(files: Files, namespace = 'hotline') {
  return localeFolder(
    Object.fromEntries(Object.entries(files).map(([language, texts]) => [`${language}/${namespace}`, texts])),
  )
}

function problemsOf(files: Files, options: { stamped?: boolean; namespace?: string; pages?: string[] } = {}): string[] {
  const { stamped = true, namespace = 'hotline', pages = [] } = options
  const dir = folder(files, namespace)
  if (stamped) stampSources({ dir })
  return lint(dir, pages).map(({ rule, language, key }) => `${rule} ${language} ${key}`)
}

const lint = (dir: string, pages: string[] = []): TextProblem[] =>
  lintTexts({ dir, audiences: { client: ['hotline'], staff: ['desk'], pages } })

/** The complete set with some texts of one language changed. */
function changed(language: Language, texts: Record<string, unknown>): Files {
  const files = complete()
  return { ...files, [language]: { ...files[language], ...texts } }
}

/** A further text in every language. */
function everywhere(key: string, text: string | ((language: Language) => string)): Files {
  const files = complete()
  return Object.fromEntries(
    LANGUAGES.map((language) => [
      language,
      { ...files[language], [key]: typeof text === 'string' ? text : text(language) },
    ]),
  )
}

describe('the linter of texts', () => {
  it('is content with complete, fresh texts', () => {
    expect(problemsOf(complete())).toEqual([])
  })

  it('wants client texts in eight languages, staff texts in four', () => {
    expect(problemsOf({ en: { hello: GREETING.en }, ru: { hello: GREETING.ru } })).toEqual(
      ['cs', 'kk', 'ky', 'tg', 'uk', 'uz'].map((language) => `missing ${language} hotline:hello`),
    )
    expect(problemsOf({ en: { take: 'Take it' } }, { namespace: 'desk' })).toEqual([
      'missing cs desk:take',
      'missing ru desk:take',
      'missing uk desk:take',
    ])
    expect(problemsOf({ en: { a: 'A text' } }, { namespace: 'stray' })).toEqual(['audience en stray:'])
  })

  it('takes an empty text for a missing one, and tells of texts that English has not', () => {
    expect(problemsOf(changed('ky', { hello: ' ', bye: 'Кош болуңуз' }))).toEqual([
      'extra ky hotline:bye',
      'missing ky hotline:hello',
      'placeholders ky hotline:hello',
    ])
  })

  it('compares placeholders', () => {
    expect(problemsOf(changed('ru', { hello: 'Здравствуйте, {{имя}}!' }))).toEqual(
      Array(2).fill('placeholders ru hotline:hello'),
    )
    expect(problemsOf(changed('ru', { hello: 'Здравствуйте, {{name}} и {{city}}!' }))).toEqual([
      'placeholders ru hotline:hello',
    ])
    expect(problemsOf(changed('ru', { hello: 'Здравствуйте, {{name, number}} {имя}!' }))).toEqual([
      'placeholders ru hotline:hello',
    ])
  })

  it('knows which plural forms each language needs', () => {
    const days: Record<Language, Record<string, string>> = {
      en: { days_one: 'one day', days_other: '{{count}} days' },
      ru: {
        days_one: '{{count}} день',
        days_few: '{{count}} дня',
        days_many: '{{count}} дней',
        days_other: '{{count}} дня',
      },
      uk: {
        days_one: '{{count}} день',
        days_few: '{{count}} дні',
        days_many: '{{count}} днів',
        days_other: '{{count}} дня',
      },
      cs: { days_one: '{{count}} den', days_few: '{{count}} dny', days_other: '{{count}} dní' },
      tg: { days_one: '{{count}} рӯз', days_other: '{{count}} рӯз' },
      uz: { days_one: '{{count}} kun', days_other: '{{count}} kun' },
      ky: { days_one: '{{count}} күн', days_other: '{{count}} күн' },
      kk: { days_one: '{{count}} күн', days_other: '{{count}} күн' },
    }
    expect(problemsOf(days)).toEqual([])
    const { days_few: _, ...russian } = days.ru
    expect(problemsOf({ ...days, ru: russian })).toEqual(['plural ru hotline:days'])
    // without `_other` it is still one text, and not a stray one
    expect(problemsOf({ ...days, ky: { days_one: '{{count}} күн' } })).toEqual(['plural ky hotline:days'])
  })

  it('keeps to the limits of messages, buttons and options', () => {
    const long = (length: number) => 'щ'.repeat(length)
    expect(problemsOf(changed('ru', { hello: `{{name}}${long(4089)}` }))).toEqual(['too-long ru hotline:hello'])
    const buttons = everywhere('ask.button', (language) => (language === 'ru' ? long(65) : '—'))
    expect(problemsOf(buttons)).toEqual(['too-long ru hotline:ask.button'])
    const options = everywhere('city.options.moscow', (language) => (language === 'ru' ? long(41) : '—'))
    expect(problemsOf(options)).toEqual(['too-long ru hotline:city.options.moscow'])
  })

  it('finds what leaked in from another language, but not the names that everybody writes in Latin', () => {
    expect(problemsOf(changed('tg', { hello: 'Салом, {{name}}! How can we help?' }))).toEqual(['leak tg hotline:hello'])
    expect(problemsOf(changed('uz', { hello: 'Salom, {{name}}! Чем?' }))).toEqual(['leak uz hotline:hello'])
    expect(problemsOf(changed('cs', { hello: 'Hello, {{name}}, please wait' }))).toEqual(['leak cs hotline:hello'])
    const copied = 'Салом, {{name}}! Салом салом салом'
    expect(problemsOf({ ...complete(), ru: { hello: copied }, tg: { hello: copied } })).toEqual([
      'leak tg hotline:hello',
    ])
    const names =
      '{{name}}, пишите в WhatsApp или Telegram, https://migrant.help/ru, /erase, mail@example.org, QR, глава IV'
    expect(problemsOf(changed('ru', { hello: names }))).toEqual([])
  })

  it('lets people type words in the other script and in Russian, but misses them where there are none', () => {
    const words = everywhere('words.back', (language) => (language === 'uz' ? 'orqaga|орқага|назад' : '—'))
    expect(problemsOf(words)).toEqual([])
    expect(problemsOf({ ...words, uz: { hello: GREETING.uz } })).toEqual(['missing uz hotline:words.back'])
  })

  it('S21 keeps alarming words out of first lines, though not out of buttons and pages', () => {
    expect(problemsOf(changed('ru', { hello: 'Полиция, {{name}}' }))).toEqual(['alarm ru hotline:hello'])
    expect(problemsOf(changed('ru', { hello: '{{name}}, вот номера:\nполиция 102' }))).toEqual([])
    expect(problemsOf(changed('ru', { hello: 'Полиция, {{name}}' }), { pages: ['hotline'] })).toEqual([])
    const fragments = ['hotline:number.']
    const dir = folder({ ...everywhere('number.police', '—'), ru: { hello: GREETING.ru, 'number.police': 'полиция' } })
    stampSources({ dir })
    expect(lintTexts({ dir, audiences: { client: ['hotline'], staff: [] }, fragments })).toEqual([])
    const option = everywhere('topic.options.police', (language) => (language === 'en' ? 'Police' : '—'))
    expect(problemsOf(option)).toEqual([])
    const examples: [Language, string][] = [
      ['en', 'Deportation'],
      ['tg', 'Ихроҷ аз кишвар'],
      ['uz', 'Muhojirlar uchun'],
      ['uz', 'Зўравонлик'],
      ['ky', 'Качкындарга жардам'],
      ['kk', 'Босқындарға'],
      ['uk', 'Біженцям і мігрантам'],
      ['cs', 'Pro uprchlíky'],
      ['kk', 'полиция'],
    ]
    for (const [language, text] of examples) expect(alarmingWords(text, language), text).not.toEqual([])
    for (const language of LANGUAGES) expect(alarmingWords(GREETING[language], language)).toEqual([])
  })

  it('tells which translations are older than their source, and believes a stamp', () => {
    const never = problemsOf(complete(), { stamped: false })
    expect(never).toEqual(
      ['cs', 'kk', 'ky', 'ru', 'tg', 'uk', 'uz'].map((language) => `stale ${language} hotline:hello`),
    )

    const dir = folder(complete())
    expect(stampSources({ dir })).toBe(7)
    expect(lint(dir)).toEqual([])
    const later = folder({ ...complete(), en: { hello: 'Hello {{name}}!' } })
    for (const language of LANGUAGES) copyMarks(dir, later, language)
    expect(lint(later).map(({ rule }) => rule)).toEqual(Array(7).fill('stale'))
    expect(stampSources({ dir: later, languages: ['ru', 'tg'] })).toBe(2)
    expect(stampSources({ dir: later, namespaces: ['desk'] })).toBe(0)
    expect(stampSources({ dir: later, keys: ['hotline:hello'], languages: ['uk'] })).toBe(1)
    expect(lint(later).map(({ language }) => language)).toEqual(['cs', 'kk', 'ky', 'uz'])
  })

  it('leaves the synonyms of options to each language', () => {
    expect(problemsOf(changed('ru', { 'city.synonyms.spb': 'Питер | Spb | полиция' }))).toEqual([])
  })
})

function copyMarks(from: string, to: string, language: Language) {
  if (language === 'en') return
  const marks = readFileSync(join(from, language, '.sources.json'), 'utf8')
  writeFileSync(join(to, language, '.sources.json'), marks)
}
