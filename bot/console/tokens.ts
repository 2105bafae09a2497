/** Secrets of the desk: whoever holds one is let in. */
import { randomBytes } from 'node:crypto'

/** Nobody guesses that many, however long and from wherever. */
export const TOKEN_BITS = 128

const TOKEN = /^[0-9a-f]{32}$/

/** Random, in letters that survive every terminal, messenger and dictation. */
export const newToken = (): string => randomBytes(TOKEN_BITS / 8).toString('hex')

export const isToken = (text: string): boolean => TOKEN.test(text)
