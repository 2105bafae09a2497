/** The encrypted part of a conversation: where its talks stand, and what whoever takes it over should know. */
import type { Position } from '../engine/position.js'
import type { Json } from '../engine/types.js'
import { isValues } from '../engine/values.js'
import type { Memory } from './memory.js'

/** `aside` is a flow that runs while a human owns the conversation (a privacy request, say). */
export type State = {
  position: Position | null
  aside: Position | null
  /** When the person was last told that their words wait for a human (milliseconds since 1970). */
  passedOn?: number
  /** When help in danger was last shown (milliseconds since 1970). */
  helpedAt?: number
  /** Which help that was. */
  helpedWith?: string
  /** The album whose first part was answered. */
  album?: string
  /** What was last said of a file that is not kept, and when (milliseconds since 1970). */
  untaken?: { key: string; at: number }
  memory?: Memory
  /** When the nearest centre was last shown (milliseconds since 1970), and for which place. */
  nearest?: { at: number; place: string }
}

export const emptyState = (): State => ({ position: null, aside: null })

/** The same place in the talk, without what was said there. */
export function withoutWords({ memory, ...rest }: State): State {
  return {
    ...rest,
    // That there was danger must not be forgotten before a human could be called.
    ...(memory?.danger ? { memory: { question: '', shown: [], danger: memory.danger } } : {}),
    position: silent(rest.position),
    aside: silent(rest.aside),
  }
}

const silent = (position: Position | null): Position | null =>
  position && {
    ...position,
    frames: position.frames.map(({ said: _said, input: _input, ...frame }) => ({
      ...frame,
      answers: Object.fromEntries(
        Object.entries(frame.answers).map(([step, answer]) => [step, hasText(answer) ? { text: '' } : answer]),
      ),
    })),
  }

const hasText = (answer: Json): boolean => isValues(answer) && typeof answer.text === 'string'
