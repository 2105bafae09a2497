/** What a case needs of whoever takes it. */
import type { CaseFacts, CaseRole } from './facts.js'

/** Nobody without these sees the case (S42, S43). */
export type StrictRole = Extract<CaseRole, 'safeguarding' | 'trafficking'>

/** `required`: all of them; a trafficked child needs both. `preferred`: who is asked first. */
export type Need = { required: readonly StrictRole[]; preferred: CaseRole }

const TRAFFICKING_TOPIC = 'trafficking-violence'

/** Bans, papers, permits and unpaid wages: a social worker can begin, a lawyer knows the way. */
export const LEGAL_TOPICS: ReadonlySet<string> = new Set([
  'bans-deportation-fines',
  'stay-registration',
  'work-permit',
  'employment-rights',
  'lost-documents',
  'tp-registration',
  'tp-extension',
])

export function needOf({ topic, danger, minor }: CaseFacts): Need {
  const required: StrictRole[] = []
  if (topic === TRAFFICKING_TOPIC || danger === 'trafficking') required.push('trafficking')
  if (minor || danger === 'child') required.push('safeguarding')
  const legal = danger === 'detention' || (topic ? LEGAL_TOPICS.has(topic) : false)
  return { required, preferred: required[0] ?? (legal ? 'lawyer' : 'social') }
}
