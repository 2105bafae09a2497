/**
 * A word of the person's own that clears the chat as /panic does (S19): it stands out nowhere, and nobody can read from us which it is.
 * Only a keyed hash is kept, of how the word sounds: so it is known in every case and script, at every step.
 */
import type { Vault } from '../store/vault.js'
import { soundKey } from '../text/scripts.js'
import type { Turn } from './turn.js'

export const NEUTRAL_WORD_MIN = 3
export const NEUTRAL_WORD_MAX = 30

/** With the marks that people put around it. */
const LONGEST = 2 * NEUTRAL_WORD_MAX

type Hashes = Pick<Vault, 'hash'>

export const neutralWordHash = (vault: Hashes, personId: string, word: string): Uint8Array<ArrayBuffer> =>
  vault.hash('neutral word', personId, soundKey(word))

export function isNeutralWord({ loaded: { neutralWord, personId, role } }: Turn, vault: Hashes, text: string): boolean {
  if (!neutralWord || role !== 'client' || text.length > LONGEST) return false
  return Buffer.from(neutralWord).equals(neutralWordHash(vault, personId, text))
}
