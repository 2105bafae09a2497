/** Cyrillic ↔ Latin as the people who write both do it. Capitals survive; an apostrophe may be any of those people type. */

const APOSTROPHE = "['`´ʹʻʼʽ‘’‛′]"
const LETTER = /\p{L}/u

/** What replaces one unit (in lower case), given the text before and after it. */
type Rule = (unit: string, before: string, after: string) => string

/** Uzbek in Cyrillic → the Latin alphabet of 1995 ("йўқ" → "yoʻq", "Шаҳар" → "Shahar"). Other characters stay. */
export function uzbekToLatin(text: string): string {
  return replaceUnits(text, /[а-яёўқғҳ]/giu, (letter, before, after) => {
    if (letter === 'е') return startsSyllable(before, /[аеёиоуэюяўъь]$/i) ? 'ye' : 'e'
    // "объект" is "obyekt": the sign is already heard in "ye"
    if (letter === 'ъ') return /^е/i.test(after) ? '' : 'ʼ'
    if (letter === 'с' && /^ҳ/i.test(after)) return 'sʼ'
    return UZBEK_LATIN[letter] ?? letter
  })
}

const UZBEK_LATIN = table(
  'а a, б b, в v, г g, д d, ж j, з z, и i, й y, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х x, ч ch, ш sh, щ sh, ы i, э e, қ q, ҳ h, ё yo, ю yu, я ya, ц ts, ь , ў oʻ, ғ gʻ',
)

const UZBEK_UNIT = new RegExp(
  [
    `yo(?!${APOSTROPHE})|y[uae]`,
    `[og]${APOSTROPHE}`,
    `s${APOSTROPHE}h|sh|ch`,
    // ц lives in borrowed words only; in "ketsin" and "aytsa" these letters are two
    '(?<!\\p{L})ts|ts(?=e|i[yo])',
    `[a-z]|${APOSTROPHE}`,
  ].join('|'),
  'giu',
)

/** Uzbek in Latin letters, with any apostrophe → Cyrillic ("o'n besh" → "ўн беш", "yoʻq" → "йўқ"). Other characters stay. */
export function uzbekToCyrillic(text: string): string {
  return replaceUnits(text, UZBEK_UNIT, (unit, before, after) => {
    if (unit === 'e') return startsSyllable(before, /[aiou]$/i) ? 'э' : 'е'
    if (unit === 'ye') return startsSyllable(before, /[aeiou'`´ʹʻʼʽ‘’‛′]$/i) ? 'е' : 'ъе'
    if (/^s.h$/.test(unit)) return 'сҳ'
    if (unit.length === 2 && !/[a-z]$/.test(unit)) return unit.startsWith('o') ? 'ў' : 'ғ'
    // elsewhere an apostrophe is a letter only inside a word ("maʼno"), outside it is a quotation mark
    if (!/[a-z]/.test(unit)) return /\p{L}$/u.test(before) && /^\p{L}/u.test(after) ? 'ъ' : unit
    return UZBEK_CYRILLIC[unit] ?? unit
  })
}

// w is how young people write sh
const UZBEK_CYRILLIC = table(
  'a а, b б, v в, g г, d д, j ж, z з, i и, y й, k к, l л, m м, n н, o о, p п, r р, s с, t т, u у, f ф, x х, q қ, h ҳ, c к, w ш, sh ш, ch ч, yo ё, yu ю, ya я, ts ц',
)

const RUSSIAN_UNIT =
  /shch|sch|zh|kh|ts(?!ya)|tz|ch|sh|[yj][aoue]|i[ja](?!\p{L})|''|['’ʼ]|[a-z]|(?<=\p{L})4|4(?=\p{L})/giu

/**
 * Russian typed in Latin letters → Cyrillic ("ne dali zarplatu", "4to delat'" → "что делать"). Soft signs that were not typed
 * cannot be known and are left out, so compare the result by `looseKey`.
 */
export function latinToRussian(text: string): string {
  return replaceUnits(text, RUSSIAN_UNIT, (unit, before, after) => {
    if (unit === 'y' || unit === 'j') return /[аеиоуыэюяaeiouy]$/i.test(before) || /^[aeou]/i.test(after) ? 'й' : 'ы'
    // "eto", "etot", "eti" are by far the commonest words in э
    if (unit === 'e') return !/\p{L}$/u.test(before) && /^t[aioeu]/i.test(after) ? 'э' : 'е'
    if (unit === 'c') return /^[eiy]/i.test(after) || /d$/i.test(before) ? 'ц' : 'к'
    return RUSSIAN_CYRILLIC[unit] ?? unit
  })
}

const RUSSIAN_CYRILLIC = table(
  "a а, b б, v в, g г, d д, z з, i и, k к, l л, m м, n н, o о, p п, r р, s с, t т, u у, f ф, h х, x х, q к, w в, shch щ, sch щ, zh ж, kh х, ts ц, tz ц, ch ч, sh ш, ya я, ja я, yu ю, ju ю, yo ё, jo ё, ye е, je е, ij ий, ia ия, '' ъ, ' ь, ’ ь, ʼ ь, 4 ч",
)

/** Any Cyrillic of our languages in plain Latin letters; for comparing and for file names, not for people to read. */
export const cyrillicToLatin = (text: string): string =>
  replaceUnits(text, /\p{Script=Cyrillic}/giu, (letter) => PLAIN_LATIN[letter] ?? letter)

const PLAIN_LATIN = table(
  'а a, б b, в v, г g, д d, е e, ё yo, ж zh, з z, и i, й y, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ъ , ы y, ь , э e, ю yu, я ya, қ q, ғ gh, ң ng, ә a, ө o, ұ u, ү u, һ h, і i, ӣ i, ӯ u, ҳ h, ҷ j, ў o, є ye, ї yi, ґ g',
)

/** Whether the next letter opens a word or follows a vowel. */
const startsSyllable = (before: string, vowel: RegExp) => !/[\p{L}ʼ]$/u.test(before) || vowel.test(before)

function replaceUnits(text: string, units: RegExp, rule: Rule): string {
  return text.replace(units, (...match) => {
    const unit: string = match[0]
    const at: number = match[match.length - 2]
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.slice(at + unit.length, at + unit.length + 2)
    return likeCase(unit, rule(unit.toLowerCase(), before, after), before, after)
  })
}

/** "Ш" gives "Sh" in "Шаҳар" and "SH" in "ШАҲАР". */
function likeCase(unit: string, result: string, before: string, after: string): string {
  const [first = ''] = unit
  if (!isCapital(first)) return result
  const neighbour = [unit.slice(1), after, before.slice(-1)]
    .map((part) => part[0] ?? '')
    .find((char) => LETTER.test(char))
  return isCapital(neighbour ?? '') ? result.toUpperCase() : result.charAt(0).toUpperCase() + result.slice(1)
}

const isCapital = (char: string) => char !== char.toLowerCase()

/** 'a b, c d' → { a: 'b', c: 'd' } */
function table(list: string): Record<string, string> {
  return Object.fromEntries(list.split(', ').map((pair) => pair.split(' ') as [string, string]))
}
