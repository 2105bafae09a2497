/** The notice that a person agrees to before anything is kept, and what they said to it. */
import type { ConsentState } from './records.js'

/**
 * The version of the notice (`hotline:notice`); whoever agreed to another is asked again (S03).
 * Change it whenever the notice says something else.
 */
export const NOTICE_VERSION = '2026-11-23'

/** Empty: not asked yet, or asked with an older text. */
export function consentWord(consent: ConsentState | undefined): '' | 'given' | 'refused' | 'withdrawn' {
  if (consent?.version !== NOTICE_VERSION) return ''
  if (consent.withdrawn) return 'withdrawn'
  return consent.given ? 'given' : 'refused'
}
