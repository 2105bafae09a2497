/**
 * Looks for a message of ours that may have arrived although no answer came. Each one carries our own id of it: in its metadata, or,
 * since a file's message takes none, in the name of its first block.
 */

import type { Slack } from './api.js'
import { isRecord } from './updates/reading.js'

const EVENT_TYPE = 'rahnamo_message'

export const metadataOf = (id: string) => ({ event_type: EVENT_TYPE, event_payload: { id } })
export const blockIdOf = (id: string) => `rahnamo-${id}`

/** https://docs.slack.dev/reference/methods/conversations.history: "no more than 200 results at a time" is what they recommend. */
const PAGE = 200
/** A thousand later messages within an hour of trouble are more than anybody writes; so is a thread (read from its start) of so many. */
const PAGES_MAX = 5

type Seen = { ts?: string; thread_ts?: string; metadata?: unknown; blocks?: unknown }

function isMarked({ metadata, blocks }: Seen, id: string): boolean {
  if (isRecord(metadata) && metadata.event_type === EVENT_TYPE)
    return isRecord(metadata.event_payload) && metadata.event_payload.id === id
  return Array.isArray(blocks) && blocks.some((block) => isRecord(block) && block.block_id === blockIdOf(id))
}

export type Where = { channel: string; thread?: string | undefined }

/**
 * The `ts` of our message with this id among the newest of the conversation, or of the thread.
 *
 * @throws SlackFailure
 */
export async function findOurs(call: Slack, { channel, thread }: Where, id: string): Promise<string | undefined> {
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const ask = { channel, include_all_metadata: true, limit: PAGE, ...(cursor && { cursor }) }
    const { messages = [], response_metadata: next } = await call((api) =>
      thread ? api.conversations.replies({ ...ask, ts: thread }) : api.conversations.history(ask),
    )
    const found = messages.find((message) => isMarked(message, id))
    if (found?.ts) return found.ts
    cursor = next?.next_cursor || undefined
    if (!cursor) return undefined
  }
  return undefined
}
