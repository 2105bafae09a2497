/**
 * One spelling for every script. A key is not for reading: it is what "зарплата", "zarplata" and "ZARPLATA" have in common, so
 * that one index serves Cyrillic, Latin and what people type when the keyboard lacks their letters. Unlike `soundKey` it
 * takes j as Uzbek does (ж) and keeps every vowel, because the short words of Turkic languages differ by nothing else.
 */

import type { Language } from '../../text/languages.js'
import { normalise } from '../../text/scripts.js'

const LETTERS: Record<string, string> = {
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', ғ: 'g', д: 'd', е: 'e', є: 'e', ж: 'j', з: 'z', ә: 'a', ө: 'o', ў: 'o' },
  ...{ и: 'i', і: 'i', ї: 'i', ӣ: 'i', й: 'i', ы: 'i', к: 'k', қ: 'k', л: 'l', м: 'm', н: 'n', ң: 'n', ҷ: 'j', э: 'e' },
  ...{ о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ү: 'u', ұ: 'u', ӯ: 'u', ф: 'f', х: 'h', ҳ: 'h', һ: 'h' },
  ...{ ц: 's', ч: 'c', ш: 'x', щ: 'x', ю: 'iu', я: 'ia', ь: '', ъ: '' },
  ...{ shch: 'x', sh: 'x', ch: 'c', dzh: 'j', zh: 'j', kh: 'h', ph: 'f', th: 't', ck: 'k' },
  // "centr" and "konsultaciya" are said with ts, "contract" and "card" with k
  ...{ c: 'k', ce: 'se', ci: 'si', cy: 'si', w: 'v', x: 'h', q: 'k', y: 'i' },
}
const UNITS = /shch|sh|ch|dzh|zh|kh|ph|th|ck|c[eiy]|[cwxqy]|\p{Script=Cyrillic}/gu
const LATIN_WITH_MARKS = /[\u00c0-\u024f]+/g

/** The words of a text in one spelling of their letters; an apostrophe inside belongs to the word ("xo'jayin"). */
export const wordsOf = (text: string): string[] =>
  normalise(text).match(/[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{M}]+)*/gu) ?? []

/**
 * What sounds alike is written alike, except that "выезд" must not become "въезд", nor "виїзд" "в'їзд".
 * @param word one of `wordsOf`
 * @returns a–z and digits; empty when the word has no letter of ours (emoji, Arabic, …)
 */
export const keyOf = (word: string): string =>
  word
    .replaceAll("'", '')
    .replace(LATIN_WITH_MARKS, (run) => run.normalize('NFKD').replace(/\p{M}/gu, ''))
    .replace(UNITS, (unit) => LETTERS[unit] ?? '')
    .replace(/[^a-z0-9]/g, '')
    .replace(/dj/g, 'j')
    .replace(/(?<!^v)ie/g, 'e')
    .replace(/ts(?=.)/g, 's')
    .replace(/(?<!^v)([a-z])\1+/g, '$1')

/** All keys under which a word of the lexicon may turn up: letters that a language has and a phone may lack are typed in two ways. */
export function keysOf(word: string, language: Language): string[] {
  const spellings = [word]
  for (const [letter, instead] of SECOND_SPELLING[language] ?? []) {
    for (const spelling of [...spellings]) {
      if (spelling.includes(letter)) spellings.push(spelling.replaceAll(letter, instead))
    }
  }
  return [...new Set(spellings.map(keyOf))].filter((key) => key !== '')
}

const SECOND_SPELLING: Partial<Record<Language, [letter: string, instead: string][]>> = {
  uz: [
    ["o'", 'u'],
    ['yo', 'e'],
    ['ye', 'i'],
  ],
  tg: [['ҷ', 'ч']],
  kk: [['ә', 'е']],
  ky: [['ө', 'у']],
}
