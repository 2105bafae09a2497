/** Messages that were changed or taken back, by their writers or with what hangs on them. */
import { z } from 'zod'
import type { IncomingEvent } from '../../adapter.js'
import { keyOf } from '../addresses.js'
import { isBot, MessageShape } from './message.js'
import { plainText } from './plain-text.js'
import { ConversationId, ignored, isRecord, momentOf, OWN, placeOf, type Reading, Ts, type World } from './reading.js'

const Inner = MessageShape.omit({ channel: true }).extend({ edited: z.object({ ts: Ts }).optional().catch(undefined) })
type Inner = z.infer<typeof Inner>

const ChangedShape = z.object({ channel: ConversationId, event_ts: Ts.optional().catch(undefined), message: Inner })

/** A message that still has answers under it stays as an empty stone when it is deleted. */
const TOMBSTONE = 'tombstone'

type Change = { channel: string; message: Inner; key: string; at: string; event: IncomingEvent }

function reading({ channel, message, key, at, event }: Change, world: World): Reading {
  const { user, ts, thread_ts: thread } = message
  if (!user) return ignored('change of nobody’s message')
  return {
    kind: 'incoming',
    incoming: {
      channel: 'slack',
      ...placeOf({ channel, user, ts, thread }),
      updateKey: `${key}-${keyOf(channel, ts)}`,
      at: momentOf(at, world.now),
      event,
    },
  }
}

export function readChanged(value: unknown, world: World): Reading | undefined {
  const { data } = ChangedShape.safeParse(value)
  if (!data || !isRecord(value)) return undefined
  const { channel, message, event_ts: at = message.ts } = data
  const before = Inner.safeParse(value.previous_message).data
  const messageKey = keyOf(channel, message.ts)
  if (message.subtype === TOMBSTONE) {
    const writer = before ?? message
    if (writer.user === world.me) return { kind: 'ours-removed', channel, ts: message.ts }
    if (isBot(writer)) return ignored('bot')
    const ofWriter = { ...writer, ts: message.ts }
    return reading({ channel, message: ofWriter, key: 'd', at, event: { kind: 'removed', messageKey } }, world)
  }
  if (message.user === world.me) return OWN
  if (isBot(message)) return ignored('bot')
  const text = plainText(message.text, message.blocks)
  // Slack also tells of previews, reactions of its own and answers under a message; then the words are the same.
  if (before && plainText(before.text, before.blocks) === text) return ignored('change without words')
  const key = `e${message.edited?.ts ?? at}`
  return reading({ channel, message, key, at, event: { kind: 'edit', messageKey, text } }, world)
}

const DeletedShape = z.object({
  channel: ConversationId,
  deleted_ts: Ts,
  event_ts: Ts.optional().catch(undefined),
  previous_message: Inner.optional().catch(undefined),
})

export function readDeleted(value: unknown, world: World): Reading | undefined {
  const { data } = DeletedShape.safeParse(value)
  if (!data) return undefined
  const { channel, deleted_ts: ts, event_ts: at = ts, previous_message: before } = data
  if (!before) return ignored('deletion of an unknown message')
  if (before.user === world.me) return { kind: 'ours-removed', channel, ts }
  if (isBot(before)) return ignored('bot')
  const event = { kind: 'removed', messageKey: keyOf(channel, ts) } as const
  return reading({ channel, message: { ...before, ts }, key: 'd', at, event }, world)
}
