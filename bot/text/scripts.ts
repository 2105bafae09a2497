/**
 * What people type, made comparable: one form for every way to write the same letter. Everything here is pure and
 * cheap enough to be called for every message and for every word of the knowledge.
 *
 * From faithful to loose: `normalise` (same words, one spelling of each letter) → `foldLetters` (special letters as people
 * without that keyboard type them) → `looseKey` (only letters and digits) → `soundKey` (one key for Cyrillic and Latin).
 */
import { cyrillicToLatin } from './transliterate.js'

export { cyrillicToLatin, latinToRussian, uzbekToCyrillic, uzbekToLatin } from './transliterate.js'

export type Script = 'cyrillic' | 'latin' | 'arabic' | 'other' | 'none'

/** Invisible when displayed: controls, zero-width and bidirectional marks, variation selectors, the keycap of "2️⃣". */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034f|\u20e3|\u115f|\u1160|\u3164|(?![\t\n\r])\p{Cc}/gu
/** The ways in which the apostrophe of oʻ, gʻ, м'ята and don't is typed. NFKC would take ´ and ‵ apart, hence first. */
const APOSTROPHES = /[`´ʹʻʼʽˈˊˋ‘’‚‛′‵＇ꞌ]/g
/** The stress mark of dictionaries and of some keyboards. */
const STRESS = /(?<=\p{Script=Cyrillic})\u0301+/gu
const DASHES = /[‐‑‒–—―−﹘﹣－]/g
/** Nothing to fold: English, or Russian without ё. Most messages are. */
const ORDINARY = /^(?:[\x20-\x7e]*|[\x20-\x40[-`{-~а-яА-Я]*)$/

const LATIN_LIKE_CYRILLIC = pairs('a а, b в, c с, e е, h н, i і, j ј, k к, m м, o о, p р, s ѕ, t т, x х, y у')
const CYRILLIC_LIKE_LATIN = new Map([...LATIN_LIKE_CYRILLIC].map(([latin, cyrillic]) => [cyrillic, latin]))
const MIXED_WORD = /(?=[\p{L}\p{M}']*\p{Script=Latin})(?=[\p{L}\p{M}']*\p{Script=Cyrillic})[\p{L}\p{M}']+/gu

/** The code point of zero of every script whose digits a phone may offer; the other nine follow it. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
  0x17e0, 0x1810,
]

/**
 * One spelling of each letter, in lower case: compatibility forms and native digits become ordinary ones ("٣" → "3"), ё → е, every
 * apostrophe → `'`, every dash → `-`; invisible characters vanish, look-alikes inside a word join its script
 * ("зaрплaта" with Latin a), white space collapses to single spaces. Idempotent.
 */
export function normalise(text: string): string {
  if (ORDINARY.test(text)) {
    const lower = text.toLowerCase().replaceAll('`', "'")
    return lower.includes('  ') ? collapse(lower) : lower.trim()
  }
  const visible = text.normalize('NFC').replace(APOSTROPHES, "'").replace(INVISIBLE, '')
  const lower = visible.normalize('NFKC').toLowerCase().normalize('NFKC')
  const plain = lower
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(INVISIBLE, '')
    .replace(STRESS, '')
    .replaceAll('ё', 'е')
  return collapse(joinScripts(foldDigits(plain)))
}

const collapse = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Native digits (Arabic, Persian, Indian, Thai, … ) as 0–9. */
export function foldDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    const zero = ZEROS.find((zero) => code >= zero && code < zero + 10)
    return zero === undefined ? digit : String(code - zero)
  })
}

/** A word of two scripts is one word with look-alikes in it, whichever way gives a single script; otherwise it stays. */
function joinScripts(text: string): string {
  if (!isMixed(text)) return text
  return text.replace(MIXED_WORD, (word) => {
    const cyrillic = replaceLetters(word, LATIN_LIKE_CYRILLIC)
    const latin = replaceLetters(word, CYRILLIC_LIKE_LATIN)
    const cyrillicFirst = count(word, /\p{Script=Cyrillic}/gu) >= count(word, /\p{Script=Latin}/gu)
    const [first, second] = cyrillicFirst ? [cyrillic, latin] : [latin, cyrillic]
    return [first, second].find((candidate) => !isMixed(candidate)) ?? word
  })
}

const isMixed = (word: string) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word)
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** The script of most letters of a text; `none` when it has no letters. */
export function detectScript(text: string): Script {
  const counts: [Script, number][] = [
    ['cyrillic', count(text, /\p{Script=Cyrillic}/gu)],
    ['latin', count(text, /\p{Script=Latin}/gu)],
    ['arabic', count(text, /\p{Script=Arabic}/gu)],
  ]
  const letters = count(text, /\p{L}/gu)
  if (letters === 0) return 'none'
  const [script, most] = counts.reduce((best, next) => (next[1] > best[1] ? next : best))
  return most * 2 >= letters ? script : 'other'
}

/** Letters that a Russian (or English) keyboard lacks, as people without them type: Kazakh, Kyrgyz, Tajik, Uzbek, Ukrainian, Czech. */
const SPECIAL_LETTERS = new Map([
  ...pairs('қ к, ғ г, ң н, ә а, ө о, ұ у, ү у, һ х, і и, ӣ и, ӯ у, ҳ х, ҷ ч, ў у, ҝ к, є е, ї и, ґ г, ё е'),
  ...pairs(
    'á a, č c, ď d, é e, ě e, í i, ň n, ó o, ř r, š s, ť t, ú u, ů u, ý y, ž z, ä a, ö o, ü u, õ o, ğ g, ş s, ç c, ı i',
  ),
])
const SPECIAL = new RegExp(`[${[...SPECIAL_LETTERS.keys()].join('')}]`, 'g')

/** қ → к, ә → а, ӣ → и, ҷ → ч, ř → r …: as typed on a keyboard that lacks them. Expects lower case (`normalise`). */
const foldLetters = (text: string) => text.replace(SPECIAL, (letter) => SPECIAL_LETTERS.get(letter) ?? letter)

const ASCII = /^[\x20-\x7e]*$/
const APOSTROPHE = /['`]/g
const NO_LETTERS = /[^a-z0-9+]+/g

/** A word that is its own loose key already, as most are. */
const LOOSE_WORD = /^(?:[a-z]+|[а-щыэюя]+|[0-9]+)$/

/**
 * What two ways to write the same words have in common: normalised, special letters folded, soft and hard signs and apostrophes
 * left out, everything but letters, digits and `+` a single space ("O‘n  besh!" → "on besh", "ба'д" and "баъд" → "бад").
 */
export function looseKey(text: string): string {
  if (LOOSE_WORD.test(text)) return text
  // Nothing to fold
  if (ASCII.test(text)) return text.toLowerCase().replace(APOSTROPHE, '').replace(NO_LETTERS, ' ').trim()
  const bare = foldLetters(normalise(text)).replace(/[ьъ']|\p{M}/gu, '')
  return foldLetters(joinScripts(bare))
    .replace(/[^\p{L}\p{N}+]+/gu, ' ')
    .trim()
    .normalize('NFC')
}

/** The words of a text in their loose form. */
export const looseWords = (text: string): string[] => looseKey(text).split(' ').filter(Boolean)

/**
 * One key for a text in Cyrillic and the same text typed in Latin letters, however people spell it: "жаловаться",
 * "zhalovatsya" and "jalovatsa" are near each other. For comparing only; not to be shown.
 */
export function soundKey(text: string): string {
  return cyrillicToLatin(looseKey(text))
    .replace(/shch|sch|sh/g, 'š')
    .replace(/zh/g, 'ž')
    .replace(/ch/g, 'č')
    .replace(/kh|x/g, 'h')
    .replace(/ts|tz/g, 'c')
    .replace(/w/g, 'v')
    .replace(/ck|q/g, 'k')
    .replace(/[jy]/g, 'i')
    .replace(/i+(?=[aeou])|(?<=[aeou])i+/g, '')
    .replace(/(\p{L})\1+/gu, '$1')
}

/** 'a b, c d' → a map from a to b and from c to d. */
function pairs(list: string): Map<string, string> {
  return new Map(list.split(', ').map((pair) => pair.split(' ') as [string, string]))
}

function replaceLetters(word: string, table: ReadonlyMap<string, string>): string {
  return Array.from(word, (letter) => table.get(letter) ?? letter).join('')
}
