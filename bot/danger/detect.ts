/**
 * Danger, recognised in a person's own words. Nothing here knows conversations, cases or channels. What counts as
 * danger is data (`lexicon/`); what is said about it is in `message.ts`, whom to call in `numbers.ts`.
 */
import type { Language } from '../text/languages.js'
import { type DangerKind, loadLexicons } from './lexicon.js'
import { findMentions, type Mention, tokenise } from './mentions.js'
import { firstSign } from './signs.js'

export type { DangerKind } from './lexicon.js'
export type Danger = { kind: DangerKind }

const { lexicons, signs } = loadLexicons()

/** Who mixes Russian words into their own ("хозяин паспортимни олиб қўйди"): for these, both lexicons are read as one. */
const MIXES_RUSSIAN: ReadonlySet<Language> = new Set(['tg', 'uz', 'ky', 'kk', 'uk'])
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
  const tokens = tokenise(text.slice(0, READS_CHARACTERS))
  const mentions = new Map(lexicons.map((lexicon) => [lexicon.language, findMentions(tokens, lexicon)]))
  const russian = mentions.get('ru') ?? []
  const found = [...mentions].map(([language, own]) => firstSign(signs, together(language, own, russian)))
  return Math.min(...found.map((place) => (place < 0 ? Number.POSITIVE_INFINITY : place)))
}

const together = (language: Language, own: Mention[], russian: Mention[]) =>
  MIXES_RUSSIAN.has(language) && own.length ? [...own, ...russian] : own
