import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEED_FOLDER } from '../../bot/knowledge/root.js'
import { createSearch, type SearchOptions } from '../../bot/knowledge/search/search.js'
import { readSeed } from '../../bot/knowledge/seed.js'

const { articles, contacts } = readSeed(SEED_FOLDER)
const search = createSearch(articles, contacts)
const ids = (question: string, options?: SearchOptions) => search(question, options).results.map((result) => result.id)

describe('a question finds its article however it is typed', () => {
  it.each([
    ['Russian slang', 'прораб не отдал получку, куда писать', 'RU', 'ru-wage-where'],
    ['Russian with typos', 'потирял миграционую карту', 'RU', 'ru-lost-migcard'],
    ['Russian in Latin letters', 'poteryal pasport chto delat', 'RU', 'ru-lost-passport'],
    ['Tajik', 'шиносномаамро гум кардам', 'RU', 'ru-lost-passport'],
    ['Tajik without its letters', 'руйхати сиёх чи хел санчам', 'TJ', 'tj-check-list'],
    ['Uzbek in Latin letters', "xo'jayin oyligimni bermayapti", 'RU', 'ru-wage-where'],
    ['Uzbek in Cyrillic without its letters', 'хужайин ойлигимни бермаяпти', 'RU', 'ru-wage-where'],
    ['Uzbek with another apostrophe', 'roʻyxatdan oʻtish necha kun', 'RU', 'ru-reg-deadlines'],
    ['Kyrgyz', 'паспортумду жоготуп алдым', 'RU', 'ru-lost-passport'],
    ['Kyrgyz in a country without Kyrgyz texts of its own', 'айлыгымды бербей жатат', 'CZ', 'cz-wages'],
    ['Kazakh', 'төлқұжатымды жоғалтып алдым', 'KZ', 'kz-lost-passport'],
    ['Kazakh without its letters', 'жалакымды бермей жатыр', 'KZ', 'kz-wages'],
    ['Ukrainian', 'загубила паспорт, куди йти', 'CZ', 'cz-change-docs'],
    ['Czech without diacritics', 'zamestnavatel nezaplatil vyplatu', 'CZ', 'cz-wages'],
    ['English', 'boss did not pay me', 'RU', 'ru-wage-where'],
    ['two languages in one sentence', 'patent uchun документы kerakmi', 'RU', 'ru-patent-docs'],
    ['look-alike letters of two scripts', 'пoтepял пacпopт', 'RU', 'ru-lost-passport'],
  ] as const)('%s: "%s"', (_, question, country, id) => {
    expect(ids(question, { country })).toContain(id)
  })
})

describe('places', () => {
  it('lets a country named in the question go before that of the conversation', () => {
    expect(ids('сколько дней можно быть в Казахстане без визы', { country: 'RU' })[0]).toBe('kz-stay-days')
  })

  it('takes the country somebody comes from for no destination', () => {
    expect(ids('я из Казахстана, сколько дней без регистрации', { country: 'RU' })[0]).toMatch(/^ru-/)
    expect(ids("O'zbekistondan keldim, necha kun registratsiyasiz", { country: 'RU' })[0]).toMatch(/^ru-reg/)
  })

  it('asks for no country when the conversation has none', () => {
    expect(ids('телефон скорой в Праге')[0]).toBe('cz-ambulance')
  })

  it('prefers the town of the conversation', () => {
    expect(ids('кто помогает мигрантам', { country: 'KZ', city: 'Shymkent' })[0]).toBe('kz-sana-sezim')
    expect(ids('кто помогает мигрантам', { country: 'KZ', city: 'Aktobe' })[0]).toBe('kz-aktobe')
  })

  it('knows a contact by its name', () => {
    expect(search('телефон центра Родник', { country: 'KZ' }).contacts).toContain('kz-rodnik-centre-for')
  })
})

describe('what the articles do not cover goes to a human', () => {
  it.each([
    'как получить гражданство России',
    'mashina sotib olmoqchiman',
    'акча которуу кайсы банк арзан',
    'зейнетақы қалай есептеледі',
    'svatba s Češkou, jaké papíry',
    'how to get a mortgage',
    'чиптаи ҳавопаймо чанд пул',
    'скільки коштує квиток до Львова',
    'абракадабра тыгыдык',
    '',
    '👍',
  ])('"%s"', (question) => {
    expect(search(question, { country: 'RU' }).escalate).toBe(true)
  })

  it('does not hand over what an article answers', () => {
    expect(search('сколько стоит патент в Москве', { country: 'RU' }).escalate).toBe(false)
  })
})

describe('always', () => {
  const known = new Set(articles.map((article) => article.id))
  const anything = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.stringMatching(/^[а-яёўқғҳ' 0-9?!,-]{0,80}$/),
  )

  it('never throws, never invents an article, and says the same twice', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom('RU', 'KZ', 'TJ', 'CZ', undefined), (question, country) => {
        const found = search(question, { country })
        for (const { id, score } of found.results) {
          expect(known.has(id)).toBe(true)
          expect(score).toBeGreaterThan(0)
        }
        expect(found.results.length).toBeLessThanOrEqual(3)
        expect(search(question, { country })).toEqual(found)
      }),
      { numRuns: 150, seed: 7 },
    )
  })

  it('finds every article first or second by its own title', () => {
    const lost = articles.filter((article) => {
      const title = article.texts.ru?.title ?? ''
      return !ids(title, { country: article.country, limit: 2 }).includes(article.id)
    })
    expect(lost.map((article) => article.id)).toEqual([])
  })

  it('does nothing without articles but hand over', () => {
    expect(createSearch([])('патент')).toEqual({ results: [], contacts: [], escalate: true })
  })
})

it('answers half of all questions within five milliseconds', () => {
  const times = articles
    .map((article) => {
      const start = performance.now()
      search(article.texts.en?.title ?? '', { country: article.country })
      return performance.now() - start
    })
    .sort((a, b) => a - b)
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(5)
})
