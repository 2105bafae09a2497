import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cyrillicToLatin,
  detectScript,
  foldDigits,
  latinToRussian,
  looseKey,
  normalise,
  soundKey,
  uzbekToCyrillic,
  uzbekToLatin,
} from '../../bot/text/scripts.js'
import { anyText as anySent } from './any-text.js'

const anyText = fc.oneof(anySent, fc.string({ unit: fc.constantFrom(...'aаeеiіёЁʻ‘`´\u0301\u200bяЯQ7٣ -—ʼŘİ½№ \n') }))

describe('normalise', () => {
  it('reads every apostrophe of Uzbek as the same one', () => {
    for (const typed of ['oʻn', 'o‘n', 'o’n', 'o`n', 'o´n', "O'N", 'Oʼn']) expect(normalise(typed)).toBe("o'n")
  })

  it('puts Latin look-alikes back into a Cyrillic word, and leaves a real mixture alone', () => {
    expect(normalise('з\u0061рпл\u0061т\u0061')).toBe('зарплата')
    expect(normalise('\u0421M\u0421')).toBe('смс')
    expect(normalise('W\u0456F\u0456')).toBe('wifi')
    expect(normalise('QR-код')).toBe('qr-код')
  })

  it('drops what cannot be seen', () => {
    expect(normalise('по\u200bмощь\u202e\ufeff')).toBe('помощь')
    expect(normalise('2️⃣')).toBe('2')
    expect(normalise('э\u0301то  мой\n\tдом')).toBe('это мой дом')
  })

  it('reads native digits and compatibility forms', () => {
    expect(normalise('٣٤ ۵ १२')).toBe('34 5 12')
    expect(normalise('ｈｅｌｐ')).toBe('help')
    expect(foldDigits('٠١٢٣٤٥٦٧٨٩')).toBe('0123456789')
  })

  it('is idempotent on any text', () => {
    fc.assert(
      fc.property(anyText, (text) => normalise(normalise(text)) === normalise(text)),
      { numRuns: 2000 },
    )
  })
})

describe('the loose keys', () => {
  it('meet what people type without the letters of their language', () => {
    expect(looseKey('Қайда тіркелемін?')).toBe(looseKey('кайда тиркелемин'))
    expect(looseKey('чӣ тавр ҳуҷҷат')).toBe(looseKey('чи тавр хуччат'))
    expect(looseKey('Oʻn-besh!')).toBe('on besh')
    expect(looseKey('příští říjen')).toBe('pristi rijen')
  })

  it('sound the same in both scripts', () => {
    for (const [cyrillic, latin] of [
      ['жаловаться', 'zhalovatsya'],
      ['регистрация', 'registraciya'],
      ['регистрация', 'registratsia'],
      ['Щёлково', 'schelkovo'],
      ['хочу работу', 'hochu rabotu'],
      ['Қарағанды', 'karagandy'],
    ] as const)
      expect(soundKey(cyrillic)).toBe(soundKey(latin))
  })

  it('are idempotent and never throw', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(looseKey(looseKey(text))).toBe(looseKey(text))
        expect(typeof soundKey(text)).toBe('string')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('detectScript', () => {
  it('names the script of most letters', () => {
    expect(detectScript('салом')).toBe('cyrillic')
    expect(detectScript('WhatsApp ишлемей жатат')).toBe('cyrillic')
    expect(detectScript('salom')).toBe('latin')
    expect(detectScript('سلام')).toBe('arabic')
    expect(detectScript('你好')).toBe('other')
    expect(detectScript('12 👍')).toBe('none')
  })
})

describe('Uzbek in its two alphabets', () => {
  const words =
    'йўқ ғалла шаҳар маъно Исҳоқ етти ер поэма аэропорт хўжайин пулимни бермаяпти чой дунё юрак ҳужжат қиш цирк милиция'

  it('goes from Cyrillic to Latin and back', () => {
    expect(uzbekToLatin('хўжайин пулимни бермаяпти')).toBe('xoʻjayin pulimni bermayapti')
    expect(uzbekToLatin('Ер Шаҳар ШАҲАР объект Исҳоқ')).toBe('Yer Shahar SHAHAR obyekt Isʼhoq')
    for (const word of words.split(' ')) expect(uzbekToCyrillic(uzbekToLatin(word))).toBe(word)
  })

  it('takes any apostrophe, and leaves quotation marks alone', () => {
    expect(uzbekToCyrillic("o'n o‘n o`n oʻn YO'Q")).toBe('ўн ўн ўн ўн ЙЎҚ')
    expect(uzbekToCyrillic("'nima' ketsin aytsa protsent")).toBe("'нима' кетсин айтса процент")
  })

  it('survives the round trip for any word of ordinary syllables', () => {
    const consonant = fc.constantFrom(...'бвгджзйклмнпрстфхчшқғҳ')
    const vowel = fc.constantFrom(...'аиоуў')
    const syllable = fc.tuple(consonant, vowel, fc.constantFrom('', 'н', 'р', 'л', 'м')).map((parts) => parts.join(''))
    // "йо" and "йа" are spelled ё and я; "йу" is ю
    const word = fc
      .array(syllable, { minLength: 1, maxLength: 5 })
      .map((parts) => parts.join(''))
      .filter((text) => !/й[аоу]/.test(text))
    fc.assert(
      fc.property(word, (text) => uzbekToCyrillic(uzbekToLatin(text)) === text),
      { numRuns: 500 },
    )
  })
})

describe('Russian typed in Latin letters', () => {
  it('becomes readable Russian', () => {
    expect(latinToRussian('ne dali zarplatu')).toBe('не дали зарплату')
    expect(latinToRussian('kuda zhalovatsya')).toBe('куда жаловаться'.replace('ь', ''))
    expect(latinToRussian('Ya hochu v Rossiyu, eto 4to')).toBe('Я хочу в Россию, это что')
    expect(latinToRussian('konsultaciey')).toBe('консультацией'.replace('ь', ''))
  })

  it('never throws, and leaves Cyrillic alone', () => {
    fc.assert(fc.property(anyText, (text) => typeof latinToRussian(text) === 'string'))
    expect(latinToRussian('уже по-русски')).toBe('уже по-русски')
    expect(cyrillicToLatin('Юлия')).toBe('Yuliya')
  })
})
