/** Which language a first message is in. A guess is only ever offered; the person chooses. */
import { FREQUENT_WORDS } from './frequent-words.js'
import { isLanguage, LANGUAGES, type Language } from './languages.js'
import { detectScript, looseKey, looseWords, normalise, soundKey, uzbekToCyrillic } from './scripts.js'

/** `sure`: the text itself leaves little doubt. */
export type LanguageGuess = { language: Language; sure: boolean }

/** Letters (after `normalise`) that only some of our languages have. */
const OWN_LETTERS: [RegExp, ...Language[]][] = [
  [/[їєґ]/g, 'uk'],
  [/і/g, 'uk', 'kk'],
  [/[әұһ]/g, 'kk'],
  [/[ңөү]/g, 'ky', 'kk'],
  [/[қғ]/g, 'kk', 'tg', 'uz'],
  [/ҳ/g, 'tg', 'uz'],
  [/[ӣӯҷ]/g, 'tg'],
  [/ў/g, 'uz'],
  [/[ыэщ]/g, 'ru', 'ky', 'kk'],
  [/[řěůčšžýťďňáíéú]/g, 'cs'],
  // Russian typed in Latin letters
  [/zh|shch|iy[aue]|(?<=\p{L}{3})(?:oy|yu|iy)(?!\p{L})/gu, 'ru'],
  [/[og]'(?=\p{L})|(?<=\p{L})q|q(?=[aio])/gu, 'uz'],
]

/** Letters that a language does not have; a borrowed word may, hence they only weaken it. */
const FOREIGN_LETTERS: Partial<Record<Language, RegExp>> = {
  ru: /[іїєґәғқңөұүһӣӯҳҷў]/,
  uk: /[ыэъәғқңөұүһӣӯҳҷў]/,
  tg: /[ыщіїєґәңөұүһў]/,
  uz: /[ыщіїєґәңөұүһӣӯҷ]/,
  ky: /[іїєґәғқұһӣӯҳҷў]/,
  kk: /[їєґӣӯҳҷў]/,
  cs: /['ğş]/,
  en: /[áčďéěíňóřšťúůýž]/,
}

/** Endings (after `looseKey`) that hardly occur elsewhere; a word of its own is worth more. */
const ENDINGS: Partial<Record<Language, RegExp>> = {
  uz: /(?:yapti|yapman|moqchi|larni|ning|imni|adimi|dimi|япти|япман|мокчи|ларни|нинг|имни|адими)$/,
  tg: /(?:амро|хоро|ашро|истам|анд|аму|ктан|фтан)$/,
  ky: /(?:бай|бей|дын|нын|луу|туу|руу|буу|ймын|бызбы|сызбы|гыла|оо)$/,
  kk: /(?:ймин|ймын|мын|тын|дын|нын|лер|ыныз|иниз|уге|уга)$/,
  uk: /(?:ння|ати|ити)$/,
  cs: /(?:ni|ou|eho|emu|ovat|ech|ach)$/,
}

/** What is likely before a word is read. */
const PRIOR: Record<'cyrillic' | 'latin', Partial<Record<Language, number>>> = {
  cyrillic: { ru: 0.3, uk: 0.1, tg: 0.1, uz: 0.06, ky: 0.08, kk: 0.08 },
  latin: { en: 0.2, uz: 0.15, cs: 0.12, ru: 0.1 },
}

type Scores = Record<Language, number>

/**
 * The languages a text may be in, best first; empty when it has no letters and nothing hints at one. `locale` (an IETF tag of the
 * messenger) only decides between near ones: the phone of a person from Dushanbe usually speaks Russian.
 */
export function guessLanguage(text: string, locale?: string): LanguageGuess[] {
  const scores = scoreText(text.slice(0, 1000))
  const [best = 0, second = 0] = Object.values(scores).sort((a, b) => b - a)
  const clear = best >= 0.9 && second <= best * 0.6
  const top = LANGUAGES.find((language) => scores[language] === best)
  const hint = locale?.toLowerCase().split(/[-_]/)[0]
  if (isLanguage(hint)) scores[hint] += hint === 'ru' || hint === 'en' ? 0.15 : 0.4
  return LANGUAGES.filter((language) => scores[language] > 0)
    .sort((a, b) => scores[b] - scores[a])
    .map((language) => ({ language, sure: clear && language === top }))
}

function scoreText(text: string): Scores {
  const scores: Scores = { en: 0, ru: 0, tg: 0, uz: 0, ky: 0, kk: 0, uk: 0, cs: 0 }
  const script = detectScript(text)
  if (script !== 'cyrillic' && script !== 'latin') return scores
  const plain = normalise(text)
  Object.assign(scores, PRIOR[script])
  for (const word of looseWords(plain)) addWord(scores, word)
  for (const [letters, ...languages] of OWN_LETTERS) {
    const found = Math.min(plain.match(letters)?.length ?? 0, 3)
    for (const language of languages) scores[language] += found / languages.length
  }
  for (const language of LANGUAGES) if (FOREIGN_LETTERS[language]?.test(plain)) scores[language] *= 0.3
  return scores
}

function addWord(scores: Scores, word: string): void {
  const { byKey, bySound } = dictionary()
  const weight = word.length < 3 ? 0.5 : 1
  const languages = byKey.get(word)
  if (languages) for (const language of languages) scores[language] += weight / languages.size
  // Russian, Tajik, Kyrgyz or Kazakh typed in Latin letters
  const typed = /^[a-z]/.test(word) ? bySound.get(soundKey(word)) : undefined
  if (typed)
    for (const language of typed) if (!languages?.has(language)) scores[language] += (weight * 0.7) / typed.size
  if (languages || word.length < 5) return
  for (const language of LANGUAGES) if (ENDINGS[language]?.test(word)) scores[language] += 0.4
}

type Dictionary = { byKey: Map<string, Set<Language>>; bySound: Map<string, Set<Language>> }
let built: Dictionary | undefined

function dictionary(): Dictionary {
  if (built) return built
  const byKey = new Map<string, Set<Language>>()
  const bySound = new Map<string, Set<Language>>()
  for (const language of LANGUAGES)
    for (const word of FREQUENT_WORDS[language].split(/\s+/)) {
      add(byKey, looseKey(word), language)
      if (language === 'uz') add(byKey, looseKey(uzbekToCyrillic(word)), language)
      if (/\p{Script=Cyrillic}/u.test(word)) add(bySound, soundKey(word), language)
    }
  built = { byKey, bySound }
  return built
}

function add(map: Map<string, Set<Language>>, key: string, language: Language): void {
  map.set(key, (map.get(key) ?? new Set()).add(language))
}
