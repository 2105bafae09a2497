/**
 * Messages taken away, ours and the person's own. Telegram lets a bot delete for 48 hours only; later it is `refused` with
 * `TELEGRAM_MESSAGE_TOO_OLD`. https://core.telegram.org/bots/api#deletemessage
 */
import { toMessageId, toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { isFailure, toDeliveryError } from './failures.js'
import { TELEGRAM_DELETE_MAX } from './limits.js'

export function createRemover(call: Telegram) {
  /** @throws {DeliveryError} */
  async function remove(address: string, messageKey: string): Promise<void> {
    const id = toMessageId(messageKey)
    if (!id) return
    try {
      const { chat_id: chat } = toTarget(address)
      await call((api, signal) => api.deleteMessage({ chat_id: chat, message_id: id }, signal))
    } catch (error) {
      if (!isFailure(error, 'TELEGRAM_MESSAGE_GONE')) throw toDeliveryError(error)
    }
  }

  /**
   * Those that are gone are passed over; one that may not be deleted keeps all of its hundred.
   *
   * @throws {DeliveryError}
   */
  async function removeMany(address: string, messageKeys: readonly string[]): Promise<void> {
    const ids = messageKeys.flatMap((key) => toMessageId(key) ?? [])
    try {
      const { chat_id: chat } = toTarget(address)
      for (let from = 0; from < ids.length; from += TELEGRAM_DELETE_MAX) {
        const some = ids.slice(from, from + TELEGRAM_DELETE_MAX)
        await call((api, signal) => api.deleteMessages({ chat_id: chat, message_ids: some }, signal))
      }
    } catch (error) {
      if (!isFailure(error, 'TELEGRAM_MESSAGE_GONE')) throw toDeliveryError(error)
    }
  }

  return { remove, removeMany }
}
