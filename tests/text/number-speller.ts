import type { Language } from '../../bot/text/languages.js'

type Speller = {
  units: string
  teens?: string
  tens: string
  hundreds: string | ((unit: string) => string)
  thousand: (count: number, words: string) => string
  link?: string
}

const SPELLERS: Record<Language, Speller> = {
  en: {
    units: 'zero one two three four five six seven eight nine',
    teens: 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty fifty sixty seventy eighty ninety',
    hundreds: (unit) => `${unit} hundred`,
    thousand: (_, words) => `${words} thousand`,
  },
  ru: {
    units: 'ноль один два три четыре пять шесть семь восемь девять',
    teens:
      'десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать',
    tens: 'двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто',
    hundreds: 'сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот',
    thousand: (count, words) =>
      count === 1 ? 'тысяча' : `${words.replace('два', 'две')} ${count < 5 ? 'тысячи' : 'тысяч'}`,
  },
  tg: {
    units: 'нул як ду се чор панҷ шаш ҳафт ҳашт нӯҳ',
    teens: 'даҳ ёздаҳ дувоздаҳ сездаҳ чордаҳ понздаҳ шонздаҳ ҳабдаҳ ҳаждаҳ нӯздаҳ',
    tens: 'бист сӣ чил панҷоҳ шаст ҳафтод ҳаштод навад',
    hundreds: 'сад дусад сесад чорсад панҷсад шашсад ҳафтсад ҳаштсад нӯҳсад',
    thousand: (count, words) => (count === 1 ? 'ҳазор' : `${words} ҳазор`),
    link: 'у',
  },
  uz: {
    units: 'nol bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz',
    tens: 'oʻn yigirma oʻttiz qirq ellik oltmish yetmish sakson toʻqson',
    hundreds: (unit) => `${unit} yuz`,
    thousand: (_, words) => `${words} ming`,
  },
  ky: {
    units: 'нөл бир эки үч төрт беш алты жети сегиз тогуз',
    tens: 'он жыйырма отуз кырк элүү алтымыш жетимиш сексен токсон',
    hundreds: (unit) => `${unit} жүз`,
    thousand: (_, words) => `${words} миң`,
  },
  kk: {
    units: 'нөл бір екі үш төрт бес алты жеті сегіз тоғыз',
    tens: 'он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан',
    hundreds: (unit) => `${unit} жүз`,
    thousand: (_, words) => `${words} мың`,
  },
  uk: {
    units: 'нуль один два три чотири пʼять шість сім вісім девʼять',
    teens:
      'десять одинадцять дванадцять тринадцять чотирнадцять пʼятнадцять шістнадцять сімнадцять вісімнадцять девʼятнадцять',
    tens: 'двадцять тридцять сорок пʼятдесят шістдесят сімдесят вісімдесят девʼяносто',
    hundreds: 'сто двісті триста чотириста пʼятсот шістсот сімсот вісімсот девʼятсот',
    thousand: (count, words) =>
      count === 1 ? 'тисяча' : `${words.replace('два', 'дві')} ${count < 5 ? 'тисячі' : 'тисяч'}`,
  },
  cs: {
    units: 'nula jedna dva tři čtyři pět šest sedm osm devět',
    teens: 'deset jedenáct dvanáct třináct čtrnáct patnáct šestnáct sedmnáct osmnáct devatenáct',
    tens: 'dvacet třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát',
    hundreds: 'sto|dvě stě|tři sta|čtyři sta|pět set|šest set|sedm set|osm set|devět set',
    thousand: (count, words) => (count === 1 ? 'tisíc' : `${words} ${count < 5 ? 'tisíce' : 'tisíc'}`),
  },
}

/** 0–9999 as a careful speaker says it: another hand than the reader's, so that the two can check each other. */
export function inWords(number: number, language: Language): string {
  const { units, teens, tens, hundreds, thousand, link } = SPELLERS[language]
  const unit = (n: number) => units.split(' ')[n] ?? ''
  if (number === 0) return unit(0)
  const parts: string[] = []
  const thousands = Math.floor(number / 1000)
  if (thousands > 0) parts.push(thousand(thousands, unit(thousands)))
  const hundred = Math.floor((number % 1000) / 100)
  if (hundred > 0) {
    const list = typeof hundreds === 'string' ? hundreds.split(hundreds.includes('|') ? '|' : ' ') : []
    parts.push(typeof hundreds === 'string' ? (list[hundred - 1] ?? '') : hundreds(unit(hundred)))
  }
  const rest = number % 100
  const isTeen = teens !== undefined && rest >= 10 && rest < 20
  if (isTeen) parts.push(teens.split(' ')[rest - 10] ?? '')
  else {
    const ten = Math.floor(rest / 10) - (teens ? 2 : 1)
    if (rest >= 10) parts.push(tens.split(' ')[ten] ?? '')
    if (rest % 10 > 0) parts.push(unit(rest % 10))
  }
  return parts.map((part, index) => (link && index < parts.length - 1 ? `${part}${link}` : part)).join(' ')
}
