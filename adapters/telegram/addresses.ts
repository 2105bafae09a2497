/**
 * Telegram, as a channel: it carries, and knows nothing of what is said.
 *
 * `chat` or `chat/topic`, as Telegram's parameters.
 */
import { DeliveryError } from '../adapter.js'

const ADDRESS = /^(-?\d{1,16})(?:\/(\d{1,16}))?$/

/** Throws `DeliveryError` for what was never an address of ours. */
export function toTarget(address: string): { chat_id: number; message_thread_id?: number } {
  const [, chat, topic] = ADDRESS.exec(address) ?? []
  if (!chat) throw new DeliveryError('gone', 'TELEGRAM_ADDRESS_WRONG')
  return { chat_id: Number(chat), ...(topic && { message_thread_id: Number(topic) }) }
}

/** Ids of messages are positive; anything else is a message of another channel or of nobody. */
export function toMessageId(messageKey: string): number | undefined {
  const id = /^\d{1,16}$/.test(messageKey) ? Number(messageKey) : 0
  return id > 0 && Number.isSafeInteger(id) ? id : undefined
}
