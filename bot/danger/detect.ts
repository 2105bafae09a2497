/**
 * Danger, recognised in a person's own words. Nothing here knows conversations, cases or channels. What counts as
 * danger is data (`lexicon/`); what is said about it is in `message.ts`, whom to call in `numbers.ts`.
 */
import { guessLanguage } from '../text/guess-language.js'
import { LANGUAGES, type Language } from '../text/languages.js'
import { type DangerKind, loadLexicons } from './lexicon.js'
import { findMentions, outspoken, tokenise } from './mentions.js'
import { firstSign } from './signs.js'

export type { DangerKind } from './lexicon.js'
export type Danger = { kind: DangerKind }

const { lexicons, signs } = loadLexicons()

/**
 * Whose words are read together with a language's own. People mix Russian into theirs ("хозяин паспортимни олиб қўйди").
 */
const MIXED_WITH: Record<Language, readonly Language[]> = {
  en: ['en'],
  cs: ['cs'],
  ru: ['ru'],
  uk: ['uk', 'ru'],
  tg: ['tg', 'ru'],
  uz: ['uz', 'ru'],
  ky: ['ky', 'ru'],
  kk: ['kk', 'ru'],
}
/** Whose calming words are believed: near languages read each other's words of danger, and those read by sound read all Latin text. */
const BELIEVES_ALL: ReadonlySet<Language> = new Set(['ru', 'uk', 'tg', 'uz', 'ky', 'kk'])
const NEVER_SURE: ReadonlySet<Language> = new Set(['ru', 'cs', 'uz'])

/** Longer than any channel lets a person write; bounds the work. */
const READS_CHARACTERS = 6000

/**
 * Whether the text says that somebody is in danger now, in any of our languages and scripts (mixed, misspelt, without their
 * special letters, Russian in Latin letters). Questions about rules, prices and numbers are not danger. It recognises words; it
 * does not assess a risk (S40). Pure, well under a millisecond for an ordinary message.
 *
 * @example detectDanger('муж бет меня памагите') // { kind: 'violence' }
 * @example detectDanger('цены на патент убивают') // null
 */
export function detectDanger(text: string): Danger | null {
  const sign = signs[findSign(text)]
  return sign ? { kind: sign.kind } : null
}

/** The line of `signs.yaml` that made `detectDanger` answer; for those who mend the lexicon. */
export const explainDanger = (text: string): string | undefined => signs[findSign(text)]?.line

function findSign(text: string): number {
  const typed = text.slice(0, READS_CHARACTERS)
  const tokens = tokenise(typed)
  const languages = languagesOf(typed)
  const read = lexicons.filter(({ language }) => languages.includes(language))
  const mentions = outspoken(read.flatMap((lexicon) => findMentions(tokens, lexicon)))
  const by = (among: readonly Language[]) => mentions.filter(({ language }) => among.includes(language))
  const places = languages.map((language) =>
    firstSign(signs, by(MIXED_WITH[language]), BELIEVES_ALL.has(language) ? mentions : by([language])),
  )
  return Math.min(...places.map((place) => (place < 0 ? Number.POSITIVE_INFINITY : place)))
}

/**
 * All languages unless the text leaves no doubt. What is surely Russian may still hold words of the others, and Russian in Latin
 * letters is easily taken for Czech.
 */
function languagesOf(text: string): readonly Language[] {
  const [guess] = guessLanguage(text)
  return guess?.sure && !NEVER_SURE.has(guess.language) ? MIXED_WITH[guess.language] : LANGUAGES
}
