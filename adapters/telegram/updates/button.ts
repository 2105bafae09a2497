/**
 * What Telegram sends, read into `Incoming`: pure, one file for each kind of update.
 *
 * A button of ours that was pressed, perhaps a week late, on a message that Telegram no longer shows us.
 */
import { z } from 'zod'
import {
  addressOf,
  cleanText,
  groupOf,
  HeadShape,
  ignored,
  localeOf,
  type Reading,
  senderOf,
  UserShape,
  type World,
} from './reading.js'

const CallbackShape = z.object({
  id: z.string().min(1).max(200),
  from: UserShape,
  data: z.string().optional(),
  // An inaccessible message has only these, with the date 0: https://core.telegram.org/bots/api#inaccessiblemessage
  message: HeadShape.optional(),
})

export function readButton(updateId: number, value: unknown, world: World): Reading | undefined {
  const { data: callback } = CallbackShape.safeParse(value)
  if (!callback) return undefined
  const { message, from, data } = callback
  if (!message) return ignored('button of an inline message')
  if (data === undefined) return ignored('game')
  return {
    kind: 'incoming',
    chat: String(message.chat.id),
    callbackId: callback.id,
    incoming: {
      channel: 'telegram',
      address: addressOf(message),
      updateKey: `${updateId}-b${callback.id}`,
      at: world.now,
      ...localeOf(from),
      ...groupOf(message.chat),
      // Also of an anonymous administrator: who presses is told as they are.
      ...senderOf(message.chat, from),
      event: { kind: 'button', data: cleanText(data), messageKey: String(message.message_id) },
    },
  }
}
