/** What a conversation remembers between two messages. Plain JSON, small, and never trusted: it may be older than this program. */
import type { Json, Values } from './types.js'

/** An answer of a list that an action gave: these are shown as they are, in the language they came in. */
export type Choice = { id: string; label: string }

/** The question that waits. */
export type Open = {
  /** Names this asking: buttons and timers carry it. */
  turn: number
  /** Wrong answers in a row. */
  wrong?: number | undefined
  /** The page of a long list of buttons. */
  page?: number | undefined
  /** What is ticked so far in a list of which many may be chosen. */
  picked?: string[] | undefined
  /** What we think was meant ("45 min?" → 45), until the person says yes. */
  guess?: Json | undefined
  /** The few options that the last answer may have meant. */
  narrow?: string[] | undefined
  /** Options that an action gave for this question. */
  options?: Choice[] | undefined
  /** The language of their labels; in another one they are fetched anew. */
  language?: string | undefined
  /** The message that was not understood: editing it answers again. */
  missed?: string | undefined
}

/** A finished sub-flow leaves its own trail, so that `back` finds the way into it. */
export type Passed = string | { run: string; flow: string; version: string; trail: Passed[] }

/** One flow that is under way. */
export type Frame = {
  flow: string
  version: string
  /** How it was entered; absent for the conversation's own flow. */
  by?: 'run' | 'interrupt' | undefined
  /** The step that is open. */
  at: string
  open?: Open | undefined
  /** Step → answer. A skipped question has none. */
  answers: Values
  /** The steps that were passed, each once, in the order of their last passing. */
  trail: Passed[]
  /** After a correction: what still holds, not asked or done again when the way leads past it. */
  ahead?: Passed[] | undefined
  /** After a correction: the step that was open. What lies ahead and was not met before it is void. */
  until?: string | undefined
  input?: Values | undefined
  /** Sent message → the step (or `run/step`) that it answered; the newest last. */
  sent?: [messageKey: string, path: string][] | undefined
  /** What the chosen options of an action are called, where that is still needed. */
  labels?: { [step: string]: Choice[] } | undefined
  /** The words that opened the conversation, kept for the step that takes them. */
  said?: string | undefined
}

export type Position = {
  /** Counts askings; the newest. Never reused within a conversation. */
  turn: number
  /** The asking that was answered last: a second press of its button is not an answer. */
  just?: number | undefined
  /** The button that answered it, if one did: only that one is a second press; another is an old button. */
  justBy?: string | undefined
  /** When (milliseconds since 1970): a press much later is not a second one. */
  justAt?: number | undefined
  /** The conversation's own flow and version; absent when nothing is open. */
  flow?: string | undefined
  version?: string | undefined
  /** From the conversation's own flow to the one that is open; empty when nothing is. */
  frames: Frame[]
  /** An action runs: for a `do` step, or for the options of a question. `steps` counts this turn's steps so far; `quiet`: a human took over. */
  waits?: { for: 'step' | 'options'; steps: number; quiet: boolean } | undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every one of a list; without closures, because this is asked of every position at every turn. */
function all(list: unknown, is: (value: unknown) => boolean): boolean {
  if (!Array.isArray(list)) return false
  for (const value of list) if (!is(value)) return false
  return true
}

function isPassed(value: unknown): boolean {
  if (typeof value === 'string') return true
  if (!isObject(value)) return false
  const { run, flow, version, trail } = value
  return typeof run === 'string' && typeof flow === 'string' && typeof version === 'string' && all(trail, isPassed)
}

function isFrame(value: unknown): boolean {
  if (!isObject(value)) return false
  const { flow, version, at, answers, trail, ahead, open } = value
  return (
    typeof flow === 'string' &&
    typeof version === 'string' &&
    typeof at === 'string' &&
    isObject(answers) &&
    all(trail, isPassed) &&
    (ahead === undefined || all(ahead, isPassed)) &&
    (open === undefined || (isObject(open) && typeof open.turn === 'number'))
  )
}

/** Whether this is a position as we write them. Anything else cannot be gone on from. */
export const isPosition = (value: unknown): value is Position =>
  isObject(value) && Number.isSafeInteger(value.turn) && all(value.frames, isFrame)

/** Nothing is open: the next words begin the default flow. (The position still knows which button was pressed last.) */
export const isIdle = (position: Position | null): boolean => !position || position.frames.length === 0

/** The step's id, whether it was a sub-flow or not. */
export const idOf = (passed: Passed): string => (typeof passed === 'string' ? passed : passed.run)
