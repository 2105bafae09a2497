import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { looseKey, soundKey } from '../text/scripts.js'
import { once } from './once.js'
import type { TypedWord } from './readings.js'

/**
 * Ordinary words that are one typing error away from a word of danger ("страховка", "загранпаспорт"). They are what they are, never a
 * misspelt danger. Tests name the words of our own texts that belong here.
 */
export const LOOKALIKES_FILE = 'lookalikes.txt'

const LATIN = /^[a-z]/

/** Whether a typed word is an ordinary one, also when its Cyrillic is typed in Latin letters. Read when it is first asked. */
export function readLookalikes(folder: string): (word: TypedWord) => boolean {
  const read = once(() => {
    const words = readFileSync(join(folder, LOOKALIKES_FILE), 'utf8').split(/\s+/).map(looseKey)
    return { spelt: new Set(words), sounds: new Set(words.filter((word) => !LATIN.test(word)).map(soundKey)) }
  })
  return ({ loose }) => read().spelt.has(loose) || (LATIN.test(loose) && read().sounds.has(soundKey(loose)))
}
