/**
 * Acts that need two people (S08, S37, S41, S47): one asks and says why, another agrees. What may be asked for stands here, and who may
 * ask and decide in the one table of access.
 */
import type { DeskAction } from '../access.js'
import type { Audited } from '../audit.js'

const HOUR_MS = 3_600_000

/** A question that nobody answered lapses after this time, and so does what was agreed to. */
export const APPROVAL_LIVES_HOURS = 24
export const APPROVAL_LIVES_MS = APPROVAL_LIVES_HOURS * HOUR_MS

/** Enough to say why, too short for a file on somebody. */
export const REASON_MAX = 1000

type Kind = {
  ask: DeskAction & Audited
  /** Why; the words stand in `house:reason.<kind>.*`. */
  reasons: readonly string[]
  /** Stands still while a breach is looked into (S47). */
  freezes: boolean
  /** Done in the moment when the second person agrees; otherwise the asker uses it, within its time. */
  atOnce: boolean
}

export const KINDS = {
  reveal: { ask: 'reveal.ask', reasons: ['life', 'child', 'law'], freezes: true, atOnce: false },
  export: { ask: 'export.ask', reasons: ['report', 'audit', 'law'], freezes: true, atOnce: false },
  lifetimes: { ask: 'lifetimes.ask', reasons: ['law', 'safety', 'undo'], freezes: false, atOnce: true },
  unfreeze: { ask: 'unfreeze.ask', reasons: ['mended', 'falseAlarm'], freezes: false, atOnce: true },
} as const satisfies Record<string, Kind>

export type ApprovalKind = keyof typeof KINDS

export const isApprovalKind = (kind: string): kind is ApprovalKind => Object.hasOwn(KINDS, kind)

export const kindOf = (kind: string): Kind => {
  if (!isApprovalKind(kind)) throw new Error(`Nobody knows the kind of approval ${kind}.`)
  return KINDS[kind]
}
