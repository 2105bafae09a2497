import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDanger } from '../../bot/danger/detect.js'
import { SENTENCES_FILE } from '../../bot/danger/learned/model.js'
import { readSentences, type Sentence } from '../../bot/danger/learned/train.js'

const SENTENCES = readSentences(SENTENCES_FILE)
const LANGUAGES = [...new Set(SENTENCES.map(({ lang }) => lang))]
/** Enough to see that it makes no difference how they are written. */
const SOME = SENTENCES.filter((_, place) => place % 10 === 0)
const URGENT = SENTENCES.filter(({ kind }) => kind === 'urgent')

/** What was learned from; how it does on what it never saw is in `unseen.test.ts`. */
const ofLanguage = (lang: string, kind: Sentence['kind']) =>
  SENTENCES.filter((sentence) => sentence.lang === lang && sentence.kind === kind).map(({ text }) => text)

describe.each(LANGUAGES)('people who write in %s', (lang) => {
  it('S38 are recognised when they are in danger, at least 95 of 100', () => {
    const urgent = ofLanguage(lang, 'urgent')
    const missed = urgent.filter((text) => detectDanger(text) === null)
    expect(urgent.length).toBeGreaterThanOrEqual(40)
    expect(missed.length / urgent.length, missed.join('\n')).toBeLessThanOrEqual(0.05)
  })

  it('S38 are not alarmed when they ask an ordinary question, at most 2 of 100', () => {
    const calm = ofLanguage(lang, 'calm')
    const alarmed = calm.filter((text) => detectDanger(text) !== null)
    expect(calm.length).toBeGreaterThanOrEqual(60)
    expect(alarmed.length / calm.length, alarmed.join('\n')).toBeLessThanOrEqual(0.02)
  })
})

it('names the kind of help that fits, in 9 of 10', () => {
  const wrong = URGENT.filter(({ text, danger }) => detectDanger(text)?.kind !== danger).map(({ text }) => text)
  expect(wrong.length / URGENT.length, wrong.join('\n')).toBeLessThanOrEqual(0.1)
})

describe('the same words, written otherwise', () => {
  const same = (rewrite: (text: string) => string) => {
    const changed = SOME.filter(({ text }) => detectDanger(rewrite(text))?.kind !== detectDanger(text)?.kind)
    return changed.map(({ text }) => text)
  }

  it('in capitals', () => expect(same((text) => text.toUpperCase())).toEqual([]))
  it('with many spaces', () => expect(same((text) => `  ${text.replaceAll(' ', '   ')}  `)).toEqual([]))
  it('in decomposed letters', () => expect(same((text) => text.normalize('NFD'))).toEqual([]))
  it('with cries around', () => expect(same((text) => `${text}!!! 🙏🙏`)).toEqual([]))
  it('with typographic apostrophes', () => expect(same((text) => text.replaceAll("'", '’'))).toEqual([]))
})

it.each(LANGUAGES)('S38 is recognised in %s when a letter in a long word is wrong, 8 of 10', (lang) => {
  const urgent = ofLanguage(lang, 'urgent')
  const misspell = (text: string) => text.replace(/(\p{L}{5})(\p{L})(\p{L}+)/u, '$1$3')
  const found = urgent.filter((text) => detectDanger(misspell(text)))
  expect(found.length / urgent.length).toBeGreaterThanOrEqual(0.8)
})

it.each([
  ['муж бет меня памагите', 'violence'],
  ['МУЖ БЬЁТ МЕНЯ', 'violence'],
  ['спаситеее меня убивают', 'violence'],
  ['жена рожает щас', 'medical'],
  ['хозяин паспортимни олиб қўйди, бермаяпти', 'trafficking'],
  ['помогите мени уриб ётибди эрим', 'violence'],
  ['ya v policii ne otpuskayut', 'detention'],
])('S38 understands %j', (text, kind) => expect(detectDanger(text)).toEqual({ kind }))

it.each([
  'цены на патент убивают',
  'я умираю от скуки в этой очереди',
  'устала до смерти от бумаг',
  'потеряла паспорт ребенка',
  'задержали рейс и зарплату',
  'муж не бьет меня, всё хорошо',
  'these fees are killing me',
  'hit me up when you open',
  'umírám nudou',
  'narxlar o‘ldiryapti',
  'bankdan karta olmoqchiman',
  'баалар өлтүрүп жатат',
  '',
  '👍',
  '2026',
])('stays calm at %j', (text) => expect(detectDanger(text)).toBeNull())

it('keeps its head whatever it is sent, and answers the same twice', () => {
  const words = fc.constantFrom(...SENTENCES.flatMap(({ text }) => text.split(' ')))
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(words).map((list) => list.join(' ')),
      ),
      (text) => {
        expect(detectDanger(text)).toEqual(detectDanger(text))
      },
    ),
    { seed: 38, numRuns: 300 },
  )
})

describe('what holds no words', () => {
  const letters = (alphabet: string, size: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: size, maxLength: size })
  const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const digits = '0123456789'
  const either = letters(capitals + digits, 4)
  it.each([
    ['a code', fc.tuple(either, either).map((halves) => halves.join('-'))],
    ['the number of a passport', fc.tuple(letters(capitals, 2), letters(digits, 7)).map((parts) => parts.join(''))],
    ['a telephone number', letters(digits, 12).map((number) => `+${number}`)],
    ['an account', letters(digits, 22).map((number) => `CZ${number}`)],
    ['an address of mail', letters(capitals.toLowerCase(), 8).map((name) => `${name}@example.org`)],
  ])('is no cry: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(detectDanger(text)).toBeNull()
      }),
      { seed: 39, numRuns: 1000 },
    )
  })

  it('does not hide the cry beside it', () =>
    expect(detectDanger('муж бьет меня, ABCD-1234, +420 123 456 789')).toEqual({ kind: 'violence' }))
})

it('hears a cry in a long story', () => {
  const story = 'мы приехали в москву весной и сняли комнату, потом нашли склад. '.repeat(20)
  expect(detectDanger(`${story} муж бьет меня, помогите. ${story}`)).toEqual({ kind: 'violence' })
})
