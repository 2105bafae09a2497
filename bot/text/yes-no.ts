/** Yes and no, as people say them in chats. */
import type { Language } from './languages.js'
import { looseKey, normalise, uzbekToCyrillic } from './scripts.js'

type Words = { yes: string; no: string /** What may stand beside a yes or a no without changing it. */; polite: string }

const COMMON: Words = { yes: 'ок ok okay оке + ага агаа угу ҳее hee хее', no: 'неа', polite: '' }

/** Everybody who reads the Cyrillic languages, or lives in Russia, also answers in Russian. */
const RUSSIAN: Words = {
  yes: 'да даа дада конечно хорошо верно точно правильно разумеется согласен согласна da daa konechno horosho',
  no: 'нет нету неет не никак net netu niet отнюдь',
  polite: 'пожалуйста спасибо конечно уже очень еще пока совсем pozhaluysta spasibo',
}

const WORDS: Record<Language, Words> = {
  en: {
    yes: 'yes yeah yep yea y yup sure ok certainly right correct true agreed absolutely',
    no: 'no nope nah n not never',
    polite: 'please thanks thank you of course yet at all it is i do am sir',
  },
  ru: RUSSIAN,
  tg: {
    yes: 'ҳа ҳо ха хо ҳаа оре оҳо бале балле албатта майлаш хуб дуруст розӣ ha ho bale ore albatta mayli',
    no: 'не нее неее нест ne nest',
    polite: 'раҳмат ташаккур лутфан мебахшед ҳоло албатта rahmat',
  },
  uz: {
    yes: "ha xa haa xaa xo'p hop mayli albatta bo'ladi to'g'ri roziman shunday",
    no: "yo'q yo'g'e yoq yuq yok emas bo'lmaydi",
    polite: 'rahmat iltimos albatta hali raxmat',
  },
  ky: {
    yes: 'ооба оба ова ообаа ии ийи макул жарайт албетте туура болот макулмун ooba oba macul jarait',
    no: 'жок жокк эмес жоок joq jok',
    polite: 'рахмат сураныч албетте азыр али',
  },
  kk: {
    yes: 'иә ия иа йа әрине жарайды дұрыс болады макул мақұл келісемін ya iya ia aha arine jaraidy',
    no: 'жоқ жок жоқ емес joq zhoq jok',
    polite: 'рақмет рахмет өтінемін әрине әлі рахмат',
  },
  uk: {
    yes: 'так таак да звісно звичайно авжеж добре гаразд вірно згоден згодна tak',
    no: 'ні нє нєа нема немає ніт ni не',
    polite: 'будь ласка дякую звісно ще поки спасибі',
  },
  cs: {
    yes: 'ano jo jojo jasně jistě určitě souhlasím dobře ovšem samozřejmě',
    no: 'ne nee nikoli nene nikdy',
    polite: 'prosím děkuji díky ještě zatím vůbec',
  },
}

const YES_SIGNS = /👍|✅|✔|☑|👌|🆗|💯/u
const NO_SIGNS = /👎|❌|✖|❎|🚫|🙅|⛔/u

type Known = { yes: Set<string>; no: Set<string>; polite: Set<string> }
const known = new Map<Language, Known>()

/**
 * `undefined` when neither is clear: both were said ("да нет"), or the word is only part of something else ("нет денег", "не знаю").
 * A comma after the first word separates the answer from its reasons ("да, но не сегодня").
 */
export function readYesNo(text: string, language: Language): boolean | undefined {
  if (text.length > 200) return undefined
  const plain = normalise(text)
  if (plain === '-') return false
  const { yes, no } = knownWords(language)
  if (yes.has(plain)) return true
  if (no.has(plain)) return false
  const [first = '', ...more] = plain.split(/[,.;!:()]+/)
  const said = meaning(first, language)
  const [thumbUp, thumbDown] = [YES_SIGNS.test(text), NO_SIGNS.test(text)]
  if (thumbUp || thumbDown) {
    const agrees = thumbUp !== thumbDown && (said === thumbUp || looseKey(text) === '')
    return agrees ? thumbUp : undefined
  }
  if (said === undefined) return undefined
  // "да, да" and "нет. спасибо" agree; "да, нет" does not
  const opposite = more.some((part) => meaning(part, language) === !said)
  return opposite ? undefined : said
}

/** What the words of one part say, when every one of them is a yes, a no or a politeness. */
function meaning(part: string, language: Language): boolean | undefined {
  const { yes, no, polite } = knownWords(language)
  let said: boolean | undefined
  for (const word of part
    .split(/[\s-]+/)
    .map(looseKey)
    .filter(Boolean)) {
    const isYes = yes.has(word)
    const isNo = no.has(word)
    if (!isYes && !isNo && !polite.has(word)) return undefined
    if (polite.has(word) && said !== undefined) continue
    if (isYes && said === false) return undefined
    if (isNo && said === true) return undefined
    if (isYes || isNo) said = isYes
  }
  return said
}

function knownWords(language: Language): Known {
  const ready = known.get(language)
  if (ready) return ready
  const russian = language === 'en' || language === 'cs' ? { ...RUSSIAN, yes: 'да', no: 'нет' } : RUSSIAN
  const own = WORDS[language]
  // A language's own words win over the borrowed Russian ones
  const yes = collect(language, COMMON.yes, own.yes)
  const no = collect(language, COMMON.no, own.no)
  for (const word of collect('ru', russian.yes)) if (!no.has(word)) yes.add(word)
  for (const word of collect('ru', russian.no)) if (!yes.has(word)) no.add(word)
  const result = { yes, no, polite: collect(language, own.polite, russian.polite) }
  known.set(language, result)
  return result
}

function collect(language: Language, ...lists: string[]): Set<string> {
  const words = lists.flatMap((list) => list.split(/[\s-]+/)).filter(Boolean)
  const spellings = language === 'uz' ? [...words, ...words.map(uzbekToCyrillic)] : words
  return new Set(spellings.map(looseKey))
}
