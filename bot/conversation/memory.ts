/** What was asked and shown in this conversation, for the human who takes it over. Lives in its encrypted state. */
import type { Turn } from './turn.js'

export type Memory = {
  question: string
  shown: string[]
  topic?: string | undefined
  /** Danger was told of, and no case could be opened for it yet. */
  danger?: string | undefined
}

/** The topic of a question that is like nothing we know. */
export const OTHER_TOPIC = 'other'

const SHOWN_KEPT = 12

export function recall(turn: Turn): Memory {
  const memory = memoryOf(turn)
  return memory.question ? memory : { ...memory, question: waiting(turn) }
}

const memoryOf = ({ state }: Turn): Memory => state.memory ?? { question: '', shown: [] }

/** What somebody said before they could be asked anything. */
const waiting = ({ state }: Turn): string => state.position?.frames.find(({ said }) => said)?.said ?? ''

/** The newest question, and every answer that was shown for it or before. */
export function remember(turn: Turn, seen: Partial<Memory>): void {
  const { question, shown, topic, danger } = memoryOf(turn)
  turn.state.memory = {
    question: seen.question || question,
    shown: [...new Set([...shown, ...(seen.shown ?? [])])].slice(-SHOWN_KEPT),
    // A new question has its own topic, or none.
    topic: seen.topic ?? (seen.question ? undefined : topic),
    danger: seen.danger ?? danger,
  }
}
