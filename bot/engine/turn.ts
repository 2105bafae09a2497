/** One turn at work: what is read, what has been decided so far. Mutable, and never seen outside `advance`. */
import type { Scope } from './cel.js'
import type { Library } from './library.js'
import type { Flow, Inputs, Place, Step } from './model.js'
import type { Frame, Position } from './position.js'
import type { Context, Effect, Event, Json, TextRef, Values } from './types.js'

/** More steps than this in one turn, actions included, is a circle. */
export const MAX_STEPS = 50
/** Sub-flows and interrupts within each other. */
export const MAX_DEPTH = 8

/** Thrown inside the engine when a conversation cannot go on; `advance` answers it with an apology and the menu. */
export class Lost extends Error {}

/** What a function gives back that has dealt with the turn: all it did stands in the turn. */
export type Handled = undefined

export type Turn = {
  library: Library
  event: Event
  context: Context
  effects: Effect[]
  /** The newest asking. */
  turn: number
  just: number | undefined
  justBy: string | undefined
  justAt: number | undefined
  frames: Frame[]
  waits: Position['waits']
  steps: number
  /** Kept answers of the flow that this event enters; whoever enters it takes them. */
  draft: Values | undefined
  /** A human has taken over in this turn: the next question waits for `resume`. */
  quiet: boolean
}

/** 2026-01-01, so that the tokens of buttons stay short. */
const EPOCH_S = 1_767_225_600

const stepsOf = (position: Position | null): number => {
  const steps = position?.waits?.steps ?? 0
  return Number.isSafeInteger(steps) && steps >= 0 ? steps : MAX_STEPS
}

const firstTurn = (now: number): number => {
  const seconds = Math.floor(now / 1000) - EPOCH_S
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 0
}

export function beginTurn(library: Library, position: Position | null, event: Event, context: Context): Turn {
  return {
    library,
    event,
    context,
    effects: [],
    // A conversation begun afresh (after an erasure, say) must not take the old one's buttons for its own
    turn: position?.turn ?? firstTurn(context.now),
    just: position?.just,
    justBy: position?.justBy,
    justAt: position?.justAt,
    frames: position ? position.frames.map((frame) => ({ ...frame })) : [],
    waits: position?.waits,
    steps: stepsOf(position),
    draft: context.draft,
    quiet: position?.waits?.quiet === true,
  }
}

export function endTurn({ turn, just, justBy, justAt, frames, waits }: Turn): Position {
  const [own] = frames
  return { turn, just, justBy, justAt, flow: own?.flow, version: own?.version, frames, waits }
}

/** The frame that is under way. */
export function topOf(turn: Turn): Frame {
  const frame = turn.frames.at(-1)
  if (!frame) throw new Lost('nothing is open')
  return frame
}

export function flowOf(turn: Turn, frame: Frame): Flow {
  const flow = turn.library.version(frame.flow, frame.version)
  if (!flow) throw new Lost(`${frame.flow} ${frame.version} is gone`)
  return flow
}

/** The step that is open. */
export function stepOf(turn: Turn, frame: Frame): Step {
  const step = flowOf(turn, frame).byId.get(frame.at)
  if (!step) throw new Lost(`${frame.flow}: step ${frame.at} is gone`)
  return step
}

export function push(turn: Turn, effect: Effect): void {
  turn.effects.push(effect)
}

export function tell(turn: Turn, key: string, values?: Values): void {
  push(turn, { kind: 'say', say: { text: values ? { key, values } : { key } } })
}

const NOTHING: Values = {}

export const scopeOf = ({ context, event }: Turn, frame: Frame): Scope => ({
  answers: frame.answers,
  person: context.person,
  input: frame.input ?? NOTHING,
  event: eventValues(event),
})

function eventValues(event: Event): Values {
  if (event.kind === 'failed') return { kind: event.kind, code: event.code }
  if (event.kind !== 'input' && event.kind !== 'edit') return { kind: event.kind }
  const { input } = event
  return { kind: input.kind, ...('text' in input && input.text !== undefined ? { text: input.text } : {}) }
}

export function valuesOf(turn: Turn, frame: Frame, inputs: Inputs): Values {
  const scope = scopeOf(turn, frame)
  const values: Values = {}
  for (const { name, expression, literal } of inputs)
    values[name] = expression ? expression.value(scope) : (literal ?? null)
  return values
}

/** A step's text with its values. */
export function textOf(turn: Turn, frame: Frame, step: Step): TextRef {
  return step.values.length === 0 ? { key: step.key } : { key: step.key, values: valuesOf(turn, frame, step.values) }
}

/** Where the flow goes after this step. */
export function after(turn: Turn, frame: Frame, step: Step): Place {
  for (const { when, to } of step.next) if (!when || when.value(scopeOf(turn, frame)) === true) return to
  return step.below
}

/** Same value, as JSON. */
export const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
