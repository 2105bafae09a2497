/** What an act changes in the clock of a case. */
import type { Case } from '../store/generated/client.js'
import { isLanguage } from '../text/languages.js'

/** Whose hours count for a case: those in which somebody speaks the client's language. */
export const filterOf = ({ language }: Pick<Case, 'language'>) => (isLanguage(language) ? { language } : {})

/** No goal is due. */
export const NOBODY_WAITS = {
  waitingSince: null,
  goal: null,
  dueAt: null,
  warnAt: null,
  breachedAt: null,
  toldAt: null,
} as const

/** The client was answered. */
export const replied = (found: Pick<Case, 'firstReplyAt'>, now: Date) => ({
  ...NOBODY_WAITS,
  firstReplyAt: found.firstReplyAt ?? now,
})
