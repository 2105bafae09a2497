import type { Values } from '../engine/types.js'
import type { Language } from '../text/languages.js'

/** The part of the texts that a conversation needs. */
export type Words = {
  say(language: Language, key: string, values?: Values): string
  /** A day (YYYY-MM-DD) as people of this language write it. */
  date(language: Language, day: string): string
  find(language: Language, key: string, values?: Values): string | undefined
}
