/** New messages, and earlier ones that were changed. */
import { readContent } from './content.js'
import {
  addressOf,
  cleanText,
  groupOf,
  type Head,
  HeadShape,
  ignored,
  isRecord,
  localeOf,
  momentOf,
  type Reading,
  replyOf,
  senderOf,
  type World,
} from './reading.js'

/** Who writes is nobody we answer: another bot (two bots would talk for ever), or a channel's post copied into its group. */
const isNobody = (head: Head) =>
  head.is_automatic_forward === true ||
  // Who writes in the name of the group or of a channel is a person; only the user that Telegram names there is a bot.
  (head.from?.is_bot === true && head.chat.type !== 'private' && !head.sender_chat)

export function readMessage(updateId: number, value: unknown, world: World): Reading | undefined {
  const { data: head } = HeadShape.safeParse(value)
  if (!head || !isRecord(value)) return undefined
  if (head.chat.type === 'channel') return ignored('channel_post')
  if (isNobody(head)) return ignored('bot')
  const event = readContent(value, head, world)
  if (event.kind === 'ignored') return event
  return {
    kind: 'incoming',
    chat: String(head.chat.id),
    ...(event.kind === 'files' && head.media_group_id && { album: head.media_group_id }),
    incoming: {
      channel: 'telegram',
      address: addressOf(head),
      // After an idle week Telegram begins its numbers anew, at random; with the message's own they stay apart.
      updateKey: `${updateId}-m${head.message_id}-${head.date}`,
      // 0 is no message yet, or one that only its receiver sees
      ...(head.message_id > 0 && { messageKey: String(head.message_id) }),
      at: momentOf(head.date, world.now),
      ...localeOf(head.from),
      ...groupOf(head.chat),
      ...senderOf(head.chat, head.from, head.sender_chat),
      ...replyOf(head),
      event,
    },
  }
}

export function readEditedMessage(updateId: number, value: unknown, world: World): Reading | undefined {
  const { data: head } = HeadShape.safeParse(value)
  if (!head || !isRecord(value)) return undefined
  if (head.chat.type === 'channel') return ignored('edited_channel_post')
  if (isNobody(head)) return ignored('bot')
  const text = [value.text, value.caption].find((words) => typeof words === 'string')
  // A live location moves several times a minute; Telegram also tells of changes that bots cannot see.
  if (typeof text !== 'string') return ignored('edit without words')
  return {
    kind: 'incoming',
    chat: String(head.chat.id),
    incoming: {
      channel: 'telegram',
      address: addressOf(head),
      updateKey: `${updateId}-e${head.message_id}-${head.edit_date ?? 0}`,
      at: momentOf(head.edit_date, world.now),
      ...localeOf(head.from),
      ...groupOf(head.chat),
      ...senderOf(head.chat, head.from, head.sender_chat),
      event: { kind: 'edit', messageKey: String(head.message_id), text: cleanText(text) },
    },
  }
}
