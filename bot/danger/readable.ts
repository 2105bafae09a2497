/** Whose words a text, and a single word of it, can be: told by letters that some languages do not have. */
import { guessLanguage } from '../text/guess-language.js'
import { LANGUAGES, type Language } from '../text/languages.js'
import { normalise } from '../text/scripts.js'

const CYRILLIC: readonly Language[] = ['ru', 'uk', 'tg', 'uz', 'ky', 'kk']
const LATIN: readonly Language[] = ['en', 'cs', 'uz', 'ru']
const CYRILLIC_LETTER = /\p{Script=Cyrillic}/u

/** Special letters (after `normalise`) and who has them. Russian is not asked: people mix it into every language but English and Czech. */
const SPECIAL: readonly [RegExp, readonly Language[]][] = [
  [/[řěůčšžýťďňáíéú]/, ['cs']],
  [/[їєґ]/, ['uk']],
  [/і/, ['uk', 'kk']],
  [/[әұ]/, ['kk']],
  [/[ңөү]/, ['ky', 'kk']],
  [/[қғ]/, ['kk', 'tg', 'uz']],
  [/ҳ/, ['tg', 'uz']],
  [/[ӣҷ]/, ['tg']],
  [/ӯ/, ['tg', 'uz']],
  [/ў/, ['uz']],
]
/** Own letters of a neighbour on the keyboard: a word with one of these is not of that language. */
const FOREIGN: Partial<Record<Language, RegExp>> = {
  ru: /[іїєґәғқңөұүһӣӯҳҷў]/,
  uk: /[ыэъәғқңөұүһӣӯҳҷў]/,
  tg: /[ыщіїєґәңөұүһў]/,
  uz: /[ыщіїєґәңөұүһӣҷ]/,
  ky: /[іїєґәғқұһӣӯҳҷў]/,
  kk: /[їєґӣӯҳҷў]/,
}
/** English words leave no doubt; Russian and Uzbek may hold words of others, and Russian in Latin letters is easily taken for Czech. */
const SURE: ReadonlySet<Language> = new Set(['en', 'uk', 'tg', 'ky', 'kk'])

/** The languages that a text may hold words of. */
export function languagesOf(text: string): readonly Language[] {
  const plain = normalise(text)
  const special = SPECIAL.filter(([letters]) => letters.test(plain)).map(([, languages]) => languages)
  const possible = LANGUAGES.filter((language) => special.every((languages) => languages.includes(language)))
  const [best, next] = guessLanguage(text)
  if (best?.sure && SURE.has(best.language) && possible.includes(best.language)) return withRussian([best.language])
  if (special.length && possible.length) return withRussian(possible)
  if (CYRILLIC_LETTER.test(plain)) return LANGUAGES
  // who types Latin letters writes a language that has them, or Russian; Tajik, Kyrgyz or Kazakh only if it looks so
  return [...new Set([...LATIN, ...[best, next].flatMap((guess) => (guess ? [guess.language] : []))])]
}

const withRussian = (languages: readonly Language[]): readonly Language[] =>
  languages.some((language) => CYRILLIC.includes(language)) ? [...new Set([...languages, 'ru' as const])] : languages

/** Whether a word (normalised) has only letters that a language has. */
export const canBeOf = (language: Language, word: string) => !FOREIGN[language]?.test(word)
