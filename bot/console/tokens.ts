/** Secrets of the desk: whoever holds one is let in. */
import { randomBytes } from 'node:crypto'

const TOKEN = /^[0-9a-f]{32}$/

/** 128 random bits in letters that survive every terminal, messenger and dictation. */
export const newToken = (): string => randomBytes(16).toString('hex')

export const isToken = (text: string): boolean => TOKEN.test(text)
