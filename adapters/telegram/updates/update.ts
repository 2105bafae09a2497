/** One update of Telegram's, read. The table of kinds: what is asked for, what is ignored on purpose, and all the rest. */
import { readButton } from './button.js'
import { readMembership } from './membership.js'
import { readEditedMessage, readMessage } from './message.js'
import { ChatShape, ignored, isRecord, type Reading, type World } from './reading.js'

const READERS: Record<string, (updateId: number, value: unknown, world: World) => Reading | undefined> = {
  message: readMessage,
  edited_message: readEditedMessage,
  callback_query: readButton,
  my_chat_member: readMembership,
}

/** What we ask Telegram to send; named, since the default is whatever was asked for the last time. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/**
 * Never asked for, but an earlier owner of the bot may have, and what was queued then still comes. Nobody waits for an answer to
 * them: https://core.telegram.org/bots/api#update
 */
const IGNORED_UPDATES = [
  'channel_post',
  'edited_channel_post',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
  'guest_message',
  'stopped_message_generation',
  'message_reaction',
  'message_reaction_count',
  'inline_query',
  'chosen_inline_result',
  'shipping_query',
  'pre_checkout_query',
  'purchased_paid_media',
  'poll',
  'poll_answer',
  'chat_member',
  'chat_join_request',
  'chat_boost',
  'removed_chat_boost',
  'managed_bot',
  'subscription',
]

/** The number by which Telegram knows the update; `undefined` for what is no update at all. */
export const updateIdOf = (raw: unknown) =>
  isRecord(raw) && Number.isSafeInteger(raw.update_id) ? Number(raw.update_id) : undefined

/** Something that we cannot read is answered when it is clear that one person's chat sent it. */
function readStranger(updateId: number, kind: string, value: unknown, world: World): Reading {
  const { data: chat } = ChatShape.safeParse(isRecord(value) ? value.chat : undefined)
  if (chat?.type !== 'private') return ignored('unreadable')
  return {
    kind: 'incoming',
    chat: String(chat.id),
    incoming: {
      channel: 'telegram',
      address: String(chat.id),
      updateKey: `${updateId}-u`,
      at: world.now,
      event: { kind: 'unsupported', what: Object.hasOwn(READERS, kind) ? kind : 'unknown' },
    },
  }
}

/** Never throws, whatever `raw` is. */
export function readUpdate(raw: unknown, world: World): Reading {
  const updateId = updateIdOf(raw)
  if (updateId === undefined || !isRecord(raw)) return ignored('unreadable')
  const known = Object.keys(READERS).find((kind) => kind in raw)
  if (known) return READERS[known]?.(updateId, raw[known], world) ?? readStranger(updateId, known, raw[known], world)
  const noise = IGNORED_UPDATES.find((kind) => kind in raw)
  if (noise) return ignored(noise)
  const [kind = 'empty', value] = Object.entries(raw).find(([key]) => key !== 'update_id') ?? []
  return readStranger(updateId, kind, value, world)
}
