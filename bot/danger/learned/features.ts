import { soundKey } from '../../text/scripts.js'

/** What a text is weighed by, as numbers below `2 ** BITS`: its words, their parts, and pairs of near words. */
export const BITS = 17

/** Parts of a word that are told apart: enough to know a stem through its endings and a typing error. */
const PARTS = [3, 4, 5]
/** A word's beginning stands for it in a pair. */
const STEM = 5

/**
 * The features of a text, each once. Read by sound, so that Cyrillic and Latin letters meet; figures count by their length alone
 * ("15 лет", "14 лет").
 */
export function featuresOf(text: string): number[] {
  const words = soundKey(text)
    .split(' ')
    .filter(Boolean)
    .map((word) => (/^\d+$/.test(word) ? '0'.repeat(Math.min(word.length, 4)) : word))
  const stems = words.map((word) => word.slice(0, STEM))
  const found = new Set<number>()
  words.forEach((word, place) => {
    found.add(bucket(`w${word}`))
    const whole = `_${word}_`
    for (const length of PARTS)
      for (let from = 0; from + length <= whole.length; from++) found.add(bucket(whole.slice(from, from + length)))
    if (place > 0) found.add(bucket(`b${stems[place - 1]} ${stems[place]}`))
    if (place > 1) found.add(bucket(`s${stems[place - 2]} ${stems[place]}`))
  })
  return [...found]
}

/** FNV-1a over UTF-16 code units, its upper bits mixed in. */
function bucket(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> (32 - BITS)
}
