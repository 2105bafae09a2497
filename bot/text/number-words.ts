/** The words for numbers in our languages, as they are spoken and as they are typed in a hurry. */
import type { Language } from './languages.js'
import { looseKey, soundKey, uzbekToCyrillic } from './scripts.js'

/** `add`: "двести", "five"; `times`: "hundred", "тысяча", which multiply what stands before them. */
export type NumberWord = { kind: 'add' | 'times'; value: number /** What may follow must be smaller. */; room: number }

/** "1 one, 2 two": each number with its words. */
type Words = string

const RUSSIAN = `
  0 ноль нуль, 1 один одна одно одного одну, 2 два две двух двое двоих, 3 три трех трое троих,
  4 четыре четырех четверо, 5 пять пяти пятеро, 6 шесть шести шестеро, 7 семь семи семеро, 8 восемь восьми,
  9 девять девяти, 10 десять десяти десяток, 11 одиннадцать, 12 двенадцать, 13 тринадцать, 14 четырнадцать,
  15 пятнадцать, 16 шестнадцать, 17 семнадцать, 18 восемнадцать, 19 девятнадцать, 20 двадцать, 30 тридцать,
  40 сорок, 50 пятьдесят, 60 шестьдесят, 70 семьдесят, 80 восемьдесят, 90 девяносто, 100 сто сотня, 200 двести,
  300 триста, 400 четыреста, 500 пятьсот, 600 шестьсот, 700 семьсот, 800 восемьсот, 900 девятьсот,
  1.5 полтора полторы`

const UKRAINIAN = `
  0 нуль, 1 один одна одне одного одну, 2 два дві двох двоє, 3 три трьох троє, 4 чотири чотирьох, 5 п'ять п'яти,
  6 шість шести, 7 сім семи, 8 вісім восьми, 9 дев'ять дев'яти, 10 десять десяти, 11 одинадцять, 12 дванадцять,
  13 тринадцять, 14 чотирнадцять, 15 п'ятнадцять, 16 шістнадцять, 17 сімнадцять, 18 вісімнадцять,
  19 дев'ятнадцять, 20 двадцять, 30 тридцять, 40 сорок, 50 п'ятдесят, 60 шістдесят, 70 сімдесят, 80 вісімдесят,
  90 дев'яносто, 100 сто, 200 двісті, 300 триста, 400 чотириста, 500 п'ятсот, 600 шістсот, 700 сімсот,
  800 вісімсот, 900 дев'ятсот, 1.5 півтора півтори`

const TAJIK = `
  0 сифр нул, 1 як якто якта, 2 ду дуто дута, 3 се сето сета, 4 чор чаҳор чорто чорта чаҳорто,
  5 панҷ панҷто панҷта, 6 шаш шашто, 7 ҳафт ҳафтто, 8 ҳашт ҳаштто, 9 нӯҳ нӯҳто, 10 даҳ даҳто, 11 ёздаҳ,
  12 дувоздаҳ, 13 сездаҳ, 14 чордаҳ чаҳордаҳ, 15 понздаҳ, 16 шонздаҳ, 17 ҳабдаҳ ҳафдаҳ,
  18 ҳаждаҳ ҳаштдаҳ ҳиждаҳ, 19 нӯздаҳ, 20 бист бисту бистто, 30 сӣ сию сиву сӣу, 40 чил чилу чиҳил,
  50 панҷоҳ панҷоҳу, 60 шаст шасту, 70 ҳафтод ҳафтоду, 80 ҳаштод ҳаштоду, 90 навад наваду, 200 дусад дусаду,
  300 сесад сесаду, 400 чорсад чорсаду чаҳорсад чаҳорсаду, 500 панҷсад панҷсаду понсад понсаду,
  600 шашсад шашсаду, 700 ҳафтсад ҳафтсаду, 800 ҳаштсад ҳаштсаду, 900 нӯҳсад нӯҳсаду`

const UZBEK = `
  0 nol, 1 bir bitta birta, 2 ikki ikkita, 3 uch uchta, 4 to'rt to'rtta, 5 besh beshta, 6 olti oltita,
  7 yetti yettita, 8 sakkiz sakkizta, 9 to'qqiz to'qqizta, 10 o'n o'nta on, 20 yigirma yigirmata,
  30 o'ttiz o'ttizta, 40 qirq qirqta, 50 ellik ellikta, 60 oltmish, 70 yetmish, 80 sakson, 90 to'qson`

const KYRGYZ = `
  0 нөл, 1 бир бирөө, 2 эки экөө, 3 үч үчөө, 4 төрт төртөө, 5 беш бешөө, 6 алты, 7 жети, 8 сегиз, 9 тогуз,
  10 он, 20 жыйырма, 30 отуз, 40 кырк, 50 элүү, 60 алтымыш, 70 жетимиш, 80 сексен, 90 токсон`

const KAZAKH = `
  0 нөл, 1 бір біреу, 2 екі екеу, 3 үш үшеу, 4 төрт төртеу, 5 бес бесеу, 6 алты алтау, 7 жеті жетеу, 8 сегіз,
  9 тоғыз, 10 он, 20 жиырма, 30 отыз, 40 қырық, 50 елу, 60 алпыс, 70 жетпіс, 80 сексен, 90 тоқсан`

const CZECH = `
  0 nula, 1 jeden jedna jedno, 2 dva dvě, 3 tři, 4 čtyři, 5 pět, 6 šest, 7 sedm, 8 osm, 9 devět, 10 deset,
  11 jedenáct, 12 dvanáct, 13 třináct, 14 čtrnáct, 15 patnáct, 16 šestnáct, 17 sedmnáct, 18 osmnáct,
  19 devatenáct, 20 dvacet, 30 třicet, 40 čtyřicet, 50 padesát, 60 šedesát, 70 sedmdesát, 80 osmdesát,
  90 devadesát, 100 sto`

const ENGLISH = `
  0 zero nil, 1 one, 2 two, 3 three, 4 four, 5 five, 6 six, 7 seven, 8 eight, 9 nine, 10 ten, 11 eleven,
  12 twelve, 13 thirteen, 14 fourteen, 15 fifteen, 16 sixteen, 17 seventeen, 18 eighteen, 19 nineteen,
  20 twenty, 30 thirty, 40 forty fourty, 50 fifty, 60 sixty, 70 seventy, 80 eighty, 90 ninety`

const WORDS: Record<Language, { add: Words; times: Words; links: string }> = {
  en: { add: ENGLISH, times: '100 hundred, 1000 thousand, 1000000 million mln', links: 'and a' },
  ru: {
    add: RUSSIAN,
    times: '1000 тысяча тысячи тысяч тысячу тыща тыщи тыщ тыс, 1000000 миллион миллиона миллионов млн',
    links: '',
  },
  tg: { add: TAJIK, times: '100 сад саду, 1000 ҳазор ҳазору, 1000000 миллион миллиону млн', links: 'у ю ва' },
  uz: { add: UZBEK, times: '100 yuz yuzta, 1000 ming mingta, 1000000 million mln', links: '' },
  ky: { add: KYRGYZ, times: '100 жүз, 1000 миң, 1000000 миллион млн', links: '' },
  kk: { add: KAZAKH, times: '100 жүз, 1000 мың, 1000000 миллион млн', links: '' },
  uk: {
    add: UKRAINIAN,
    times: '1000 тисяча тисячі тисяч тисячу тис, 1000000 мільйон мільйона мільйонів млн',
    links: '',
  },
  cs: {
    add: CZECH,
    times: '100 stě sta set, 1000 tisíc tisíce tis, 1000000 milion miliony milionů mil',
    links: 'a',
  },
}

/** In these languages eleven is "ten one". */
const TEN_ONE: readonly Language[] = ['uz', 'ky', 'kk']

export type Lexicon = { word: (text: string) => NumberWord[] | undefined; isLink: (text: string) => boolean }

const lexicons = new Map<Language, Lexicon>()

/**
 * What each word means as a number; a joined one ("двадцатьпять", "pětadvacet") gives its parts. People of all our languages also
 * use Russian numbers, and type them in Latin letters.
 */
export function numberLexicon(language: Language): Lexicon {
  let lexicon = lexicons.get(language)
  if (!lexicon) {
    lexicon = buildLexicon(language)
    lexicons.set(language, lexicon)
  }
  return lexicon
}

function buildLexicon(language: Language): Lexicon {
  const own = entries(language)
  const known = new Map([...entries('ru'), ...own])
  const links = new Set(WORDS[language].links.split(' ').filter(Boolean))
  const longest = Math.max(...[...known.keys()].map((key) => key.length))
  // Most words are no numbers: their first two letters tell
  const beginnings = new Set([...known.keys()].map((key) => key.slice(0, 2)))
  // "sto" and "tri" are also Czech, and an English "on" is no number: there Latin letters are the language's own
  const russian = new Map(
    language === 'en' || language === 'cs' ? [] : entries('ru').map(([key, meaning]) => [soundKey(key), meaning]),
  )

  const parts = (key: string): NumberWord[] | undefined => {
    if (!beginnings.has(key.slice(0, 2))) return undefined
    const whole = known.get(key)
    if (whole) return [whole]
    for (let end = Math.min(key.length - 2, longest); end >= 2; end--) {
      const first = known.get(key.slice(0, end))
      const rest = first && parts(key.slice(end))
      if (first && rest) return [first, ...rest]
    }
    return undefined
  }
  return {
    word(text) {
      const key = looseKey(text)
      // Nothing longer is a number in words, and the search for parts must stay short
      if (key.length < 2 || key.length > 40) return undefined
      const typed = russian.size > 0 && /^[a-z]/.test(key) ? russian.get(soundKey(key)) : undefined
      return parts(key) ?? (typed && [typed])
    },
    isLink: (text) => links.has(text),
  }
}

function entries(language: Language): [string, NumberWord][] {
  const { add, times } = WORDS[language]
  const composable = TEN_ONE.includes(language)
  const words: [string, NumberWord][] = [
    ...numbered(add).map(([word, value]): [string, NumberWord] => [
      word,
      { kind: 'add', value, room: value < 20 && !(value === 10 && composable) ? 0 : value < 100 ? 10 : 100 },
    ]),
    ...numbered(times).map(([word, value]): [string, NumberWord] => [word, { kind: 'times', value, room: value }]),
    ...(language === 'cs' ? czechReversed() : []),
  ]
  const spellings =
    language === 'uz'
      ? words.flatMap(
          ([word, meaning]) =>
            [
              [word, meaning],
              [uzbekToCyrillic(word), meaning],
            ] as const,
        )
      : words
  return spellings.map(([word, meaning]) => [looseKey(word), meaning])
}

/** "pětadvacet": five and twenty, in one word. */
function czechReversed(): [string, NumberWord][] {
  const words = numbered(CZECH)
  const units = [...words.filter(([, value]) => value > 0 && value < 10), ['jedn', 1] as const]
  const tens = words.filter(([, value]) => value > 19 && value < 100)
  return tens.flatMap(([ten, tenValue]) =>
    units.map(([unit, value]): [string, NumberWord] => [
      `${unit}a${ten}`,
      { kind: 'add', value: tenValue + value, room: 0 },
    ]),
  )
}

/** Each word with its number. */
function numbered(words: Words): [string, number][] {
  return words.split(',').flatMap((entry) => {
    const [value, ...names] = entry.trim().split(' ')
    return names.map((name): [string, number] => [name, Number(value)])
  })
}
