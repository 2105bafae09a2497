/**
 * Danger, recognised in a person's own words. Nothing here knows conversations, cases or channels. Two readers decide together:
 * the lexicon (`lexicon/`: what we know that people say) and what was learned from sentences (`learned/`: what they were seen to
 * write, indirectly too). What is said about it is in `message.ts`, whom to call in `numbers.ts`.
 */
import type { Language } from '../text/languages.js'
import { alarmOf, likeliestKind } from './learned/model.js'
import { type DangerKind, loadLexicons } from './lexicon.js'
import { findMentions, outspoken, tokenise } from './mentions.js'
import { languagesOf } from './readable.js'
import { firstSign, type Given } from './signs.js'

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

/** Codes, numbers of documents and telephones, addresses: nobody cries with their letters, and chance makes words of some. */
const NO_WORDS = [
  /https?:\/\/\S+|\S+@\S+\.\S+/g,
  /(?<![\p{L}\p{N}])[A-Z0-9]{4}-[A-Z0-9]{4}(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(?=[A-Z]+\d|\d+[A-Z])[A-Z0-9]{7,}(?![\p{L}\p{N}])/gu,
  /\+\d[\d ()-]{6,}\d/g,
]

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
  // The learned reader also tells kinds apart better than the first sign that is given
  return read(text).alarms ? { kind: likeliestKind(text.slice(0, READS_CHARACTERS)) } : null
}

/** Why `detectDanger` answers so: the learned weight, the line of `signs.yaml` and the entries of the lexicon; for those who mend them. */
export function explainDanger(text: string): string {
  const { given, learned } = read(text)
  const words = given?.mentions.map(({ language, concept, entry }) => `${language} ${concept}: ${entry}`) ?? []
  return [`learned ${learned.toFixed(1)}`, signs[given?.place ?? -1]?.line, ...words].filter(Boolean).join('; ')
}

/** Log odds at which what was learned alarms without the lexicon, and those below which it silences it: measured on unseen sentences. */
const LOUD_ALONE = 0
const SURELY_CALM = -1

function read(text: string) {
  const typed = text.slice(0, READS_CHARACTERS)
  const given = findSign(text)
  // What is taken out may hide a cry that the lexicon knows ("POMOGITE112"): it must not silence one
  const learned = alarmOf(given ? typed : NO_WORDS.reduce((left, codes) => left.replace(codes, ' '), typed))
  return { given, learned, alarms: learned > (given ? SURELY_CALM : LOUD_ALONE) }
}

function findSign(text: string): Given | undefined {
  const typed = text.slice(0, READS_CHARACTERS)
  const tokens = tokenise(typed)
  const languages = languagesOf(typed)
  const read = lexicons.filter(({ language }) => languages.includes(language)).map(({ open }) => open())
  const mentions = outspoken(read.flatMap((lexicon) => findMentions(tokens, lexicon)))
  const by = (among: readonly Language[]) => mentions.filter(({ language }) => among.includes(language))
  const given = languages.flatMap((language) => {
    const found = firstSign(signs, by(MIXED_WITH[language]), BELIEVES_ALL.has(language) ? mentions : by([language]))
    return found ? [found] : []
  })
  return given.sort((one, other) => one.place - other.place)[0]
}
