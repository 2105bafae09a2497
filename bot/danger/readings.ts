/** How a typed word and a word of the lexicon meet, whatever the script and however carefully it is typed. */
import type { Language } from '../text/languages.js'
import { looseKey, normalise, soundKey, uzbekToLatin } from '../text/scripts.js'

/** A typed word: normalised, with its own letters and apostrophes (`raw`), and in its loose form. */
export type TypedWord = { raw: string; loose: string }

export type Script = 'cyrillic' | 'latin'
/**
 * How a language is read in one script: a lexicon's word, and a typed one, as the keys under which they meet. `spell` gives the
 * letters of both before special ones are folded: who types "қ" means it, who types "к" may only lack the key.
 */
export type Reading = {
  entry(text: string, exact: boolean): string[]
  typed(word: TypedWord): string[]
  spell?: { entry(text: string): string; typed(word: TypedWord): string }
}

const SILENT = /[ьъ'\p{M}]/gu
const withoutSilent = (text: string) => normalise(text).replace(SILENT, '')
const asTyped: Reading = { entry: (text) => [looseKey(text)], typed: ({ loose }) => [loose] }
const withOwnLetters: Reading = {
  ...asTyped,
  spell: { entry: withoutSilent, typed: ({ raw }) => raw.replace(SILENT, '') },
}

/** Russian, Tajik … typed in Latin letters. j is both й ("moj") and ж ("muj"); one vowel alone ("a") says nothing. */
const bySound: Reading = {
  entry: (text) => [soundKey(text)],
  typed: ({ loose }) =>
    /^[aeiouy]$/.test(loose)
      ? []
      : loose.includes('j')
        ? [soundKey(loose), soundKey(loose.replaceAll('j', 'zh'))]
        : [soundKey(loose)],
}

/** One letter for each of oʻ and gʻ; x and h, yo and ye are confused too often to tell (ё loses its dots). */
const uzbekLetters = (text: string) =>
  text.replace(/o['ʻ]/g, 'ö').replace(/g['ʻ]/g, 'ğ').replace(/['ʻʼ]/g, '').replace(/y[oe]/g, 'e').replaceAll('x', 'h')
/** What people confuse in Uzbek: oʻ and u, gʻ and g, q and k. */
const uzbekKey = (text: string) => uzbekLetters(text).replaceAll('ö', 'u').replaceAll('ğ', 'g').replaceAll('q', 'k')
/** oʻ is also typed as o; not in an exact entry: "oʻlmoq" is to die, "olmoq" to take. */
const uzbekEntry = (text: string, exact: boolean) =>
  exact ? [uzbekKey(text)] : [...new Set([uzbekKey(text), uzbekKey(text.replace(/o['ʻ]/g, 'o'))])]
const uzbek = (toLatin: (raw: string) => string): Reading => ({
  entry: uzbekEntry,
  typed: ({ raw }) => [uzbekKey(toLatin(raw))],
  spell: { entry: uzbekLetters, typed: ({ raw }) => uzbekLetters(toLatin(raw)) },
})

export const READINGS: Record<Language, Partial<Record<Script, Reading>>> = {
  en: { latin: asTyped },
  cs: { latin: asTyped },
  uk: { cyrillic: withOwnLetters },
  uz: { latin: uzbek((raw) => raw), cyrillic: uzbek(uzbekToLatin) },
  ru: { cyrillic: asTyped, latin: bySound },
  tg: { cyrillic: withOwnLetters, latin: bySound },
  ky: { cyrillic: withOwnLetters, latin: bySound },
  kk: { cyrillic: withOwnLetters, latin: bySound },
}

/** Letters that nobody types by mistake. */
export const DELIBERATE = /[әғқңөұүһіїєґӣӯҳҷўöğq]/

/** Whether each special letter of a typed word stands in the lexicon's word too; not in its last letters, which a beginning leaves open. */
export function isSpelt(typed: string, entry: string): boolean {
  for (let i = 0; i < typed.length && i < entry.length; i++) {
    const letter = typed.charAt(i)
    if (letter !== entry[i] && DELIBERATE.test(letter)) return false
  }
  return true
}
