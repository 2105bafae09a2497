/** Whether a typed word is a misspelt one of the lexicon. */

export type Near = { id: number; key: string; beginning: boolean; edits: number }

export function isNear(typed: string, { key, beginning, edits }: Near): boolean {
  const longer = typed.length - key.length
  if (longer < -edits || (!beginning && longer > edits)) return false
  return within(typed, 1, key, 1, edits, beginning)
}

/** Letters that are heard alike, hence written for each other; other letters are rarely mistaken, and then make another word. */
const ALIKE = ['aeiouyаеиоуыэюяіөүұә', 'bpбп', 'dtдт', 'gkqгкқғ', 'zsзсцcž', 'vfwвф', 'шщжčšч', 'mnмн', 'hxхгh']
const isAlike = (one: string, other: string) => ALIKE.some((group) => group.includes(one) && group.includes(other))

/**
 * Whether `typed` from `i` becomes `key` from `j` (or begins with it) by at most `edits` letters lost, added, swapped or written
 * as they sound.
 */
function within(typed: string, i: number, key: string, j: number, edits: number, beginning: boolean): boolean {
  while (i < typed.length && j < key.length && typed[i] === key[j]) {
    i++
    j++
  }
  if (j === key.length) return beginning || typed.length - i <= edits
  if (edits === 0) return false
  if (i === typed.length) return key.length - j <= edits
  const next = (di: number, dj: number) => within(typed, i + di, key, j + dj, edits - 1, beginning)
  const swapped = typed[i] === key[j + 1] && typed[i + 1] === key[j]
  const alike = isAlike(typed.charAt(i), key.charAt(j))
  return next(1, 0) || next(0, 1) || (alike && next(1, 1)) || (swapped && next(2, 2))
}
