/** The words people use for days near today, and for last, this and next; compared in the loose form. */
import type { Language } from './languages.js'
import { MONTH_STEMS, stemFinder, WEEKDAY_STEMS } from './month-words.js'
import { looseKey, uzbekToCyrillic } from './scripts.js'

type Phrases = Record<Language, string>

/** Days before (−) or after (+) today. Longer phrases are tried first. */
const DAYS: Record<number, Phrases> = {
  [-2]: {
    en: 'day before yesterday, the day before yesterday',
    ru: 'позавчера, позавчерашний день',
    tg: 'парер, пареруз, парирӯз',
    uz: 'avvalgi kuni, kechadan oldingi kun',
    ky: 'мурдагы күнү, мурда күнү',
    kk: 'алдыңғы күні, бұрнағы күні',
    uk: 'позавчора',
    cs: 'předevčírem',
  },
  [-1]: {
    en: 'yesterday',
    ru: 'вчера, вчерашний день',
    tg: 'дина, дирӯз, дируз',
    uz: 'kecha, kechagi kun',
    ky: 'кечээ, кече',
    kk: 'кеше, кешегі күн',
    uk: 'вчора, учора',
    cs: 'včera',
  },
  0: {
    en: 'today, now',
    ru: 'сегодня, сегодняшний день, сейчас',
    tg: 'имрӯз, имруз, ҳозир',
    uz: 'bugun, bugungi kun, hozir',
    ky: 'бүгүн, азыр',
    kk: 'бүгін, қазір',
    uk: 'сьогодні, зараз',
    cs: 'dnes, dneska, teď',
  },
  1: {
    en: 'tomorrow',
    ru: 'завтра, завтрашний день',
    tg: 'пагоҳ, фардо',
    uz: 'ertaga, erta',
    ky: 'эртең',
    kk: 'ертең',
    uk: 'завтра',
    cs: 'zítra',
  },
  2: {
    en: 'day after tomorrow, the day after tomorrow',
    ru: 'послезавтра',
    tg: 'пасфардо, пас аз пагоҳ',
    uz: 'indinga, indin',
    ky: 'бүрсүгүнү',
    kk: 'бүрсігүні',
    uk: 'післязавтра',
    cs: 'pozítří, pozítra',
  },
}

/** What makes "Friday" or "month" last, this or next. */
const SIDES: Record<-1 | 0 | 1, Phrases> = {
  [-1]: {
    en: 'last, previous, past',
    ru: 'прошлый, прошлая, прошлое, прошлую, прошлом, прошлого, предыдущий, предыдущем',
    tg: 'гузашта, гузаштаи',
    uz: "o'tgan, avvalgi, oldingi",
    ky: 'өткөн, былтыркы, мурунку',
    kk: 'өткен, алдыңғы',
    uk: 'минулий, минула, минуле, минулого, минулої, минулу, минулому, попередній',
    cs: 'minulý, minulá, minulé, minulou, minulém, předchozí',
  },
  0: {
    en: 'this, current',
    ru: 'этот, эта, это, эту, этом, текущий, текущем, нынешний',
    tg: 'ин, ҳамин, ҷорӣ',
    uz: 'shu, bu, joriy, ushbu',
    ky: 'ушул, бул, учурдагы',
    kk: 'осы, бұл, ағымдағы',
    uk: 'цей, ця, це, цю, цього, цьому, поточний',
    cs: 'tento, tato, toto, tuto, tomto, aktuální, současný',
  },
  1: {
    en: 'next, coming',
    ru: 'следующий, следующая, следующее, следующую, следующем, будущий',
    tg: 'оянда, ояндаи',
    uz: 'kelasi, keyingi, kelgusi',
    ky: 'кийинки, келерки, эмдиги',
    kk: 'келесі, келер',
    uk: 'наступний, наступна, наступне, наступну, наступного, наступному',
    cs: 'příští, další, následující',
  },
}

const MONTH_WORD: Phrases = {
  en: 'month',
  ru: 'месяц, месяца, месяце, мес',
  tg: 'моҳ, моҳи',
  uz: 'oy, oyi, oyda',
  ky: 'ай, айы, айда',
  kk: 'ай, айы, айда',
  uk: 'місяць, місяця, місяці',
  cs: 'měsíc, měsíce, měsíci',
}

export type DateWords = {
  /** Days from today for a whole phrase. */
  days: ReadonlyMap<string, number>
  sides: ReadonlyMap<string, -1 | 0 | 1>
  monthWords: ReadonlySet<string>
  /** 1–12 */
  month: (word: string) => number | undefined
  /** 1 (Monday) – 7 */
  weekday: (word: string) => number | undefined
}

const ready = new Map<Language, DateWords>()

/** The words of a language and, since people everywhere here use them, the Russian ones. */
export function dateWords(language: Language): DateWords {
  let words = ready.get(language)
  if (!words) {
    words = build(language)
    ready.set(language, words)
  }
  return words
}

function build(language: Language): DateWords {
  const tongues: Language[] = language === 'ru' ? ['ru'] : ['ru', language]
  const days = new Map<string, number>()
  const sides = new Map<string, -1 | 0 | 1>()
  for (const tongue of tongues) {
    for (const [shift, phrases] of Object.entries(DAYS))
      put(phrases[tongue], tongue, (key) => days.set(key, Number(shift)))
    for (const side of [-1, 0, 1] as const) put(SIDES[side][tongue], tongue, (key) => sides.set(key, side))
  }
  const monthWords = new Set<string>()
  for (const tongue of tongues) put(MONTH_WORD[tongue], tongue, (key) => monthWords.add(key))
  return {
    // "the day before yesterday" before "yesterday"
    days: new Map([...days].sort(([a], [b]) => b.length - a.length)),
    sides,
    monthWords,
    month: stemFinder(MONTH_STEMS, language),
    weekday: stemFinder(WEEKDAY_STEMS, language),
  }
}

/** Gives every spelling of each phrase in its loose form. */
function put(phrases: string, language: Language, take: (key: string) => void): void {
  for (const phrase of phrases.split(', ')) {
    take(looseKey(phrase))
    if (language === 'uz') take(looseKey(uzbekToCyrillic(phrase)))
  }
}
