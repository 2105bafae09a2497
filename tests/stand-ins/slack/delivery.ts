/** What the app is told, and how: over its lines (Socket Mode), or by calling its server (Events API). */
import { note } from '../logs.js'
import type { EventsCaller } from './events-caller.js'
import type { Lines } from './lines.js'

export type Envelope = {
  type: 'events_api' | 'interactive' | 'slash_commands'
  /** Things of one conversation are told in its order. */
  conversation: string
  payload: Record<string, unknown>
}

/** How it ended; `answer` is what came with the acknowledgement. */
export type Outcome = { acknowledged: boolean; answer?: unknown }

export function createDelivery(lines: Lines, caller: EventsCaller, keep?: number) {
  const sent: Envelope[] = []
  const deliver = (envelope: Envelope): Promise<Outcome> =>
    caller.isSet() ? caller.deliver(envelope) : lines.deliver(envelope)
  return {
    /** All that was told, oldest first. */
    sent,
    tell(envelope: Envelope): Promise<Outcome> {
      note(sent, envelope, keep)
      return deliver(envelope)
    },
    /** Tells it once more, as Slack does when it saw no answer. */
    again: (envelope: Envelope) => deliver(envelope),
  }
}
export type Delivery = ReturnType<typeof createDelivery>
