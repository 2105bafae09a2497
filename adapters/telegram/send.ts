/** One message of ours: sent, changed or taken away. */
import type { Outbound, Sent } from '../adapter.js'
import { toMessageId, toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { TelegramFailure, toDeliveryError, toFailure } from './failures.js'
import { createKeyboards, inlineKeyboard } from './keyboards.js'
import { sendFile } from './uploads.js'

/** A preview would have Telegram fetch the link, and show what is behind it on a phone that is searched. */
const NO_PREVIEW = { is_disabled: true }

const isFailure = (error: unknown, ...codes: string[]) => error instanceof TelegramFailure && codes.includes(error.code)

export function createSender(call: Telegram) {
  const keyboards = createKeyboards()

  async function sendNew(message: Outbound): Promise<Sent> {
    const { address, text, file, replyTo } = message
    const replied = replyTo ? toMessageId(replyTo) : undefined
    const markup = keyboards.of(message)
    const target = {
      ...toTarget(address),
      ...(markup && { reply_markup: markup }),
      ...(replied && { reply_parameters: { message_id: replied, allow_sending_without_reply: true } }),
    }
    // No parse_mode anywhere: what people write is never markup.
    const { message_id: id } = file
      ? await sendFile(call, file, { ...target, ...(text && { caption: text }) })
      : await call((api, signal) => api.sendMessage({ ...target, text, link_preview_options: NO_PREVIEW }, signal))
    keyboards.sent(message)
    return { messageKey: String(id) }
  }

  /** The words of a message, or those under its file. */
  async function change({ address, text, buttons }: Outbound, messageKey: string): Promise<Sent> {
    const { chat_id: chat } = toTarget(address)
    const id = toMessageId(messageKey)
    if (!id) throw new TelegramFailure('TELEGRAM_MESSAGE_UNKNOWN', 400)
    const markup = inlineKeyboard(buttons)
    const which = { chat_id: chat, message_id: id, ...(markup && { reply_markup: markup }) }
    try {
      await call((api, signal) =>
        api.editMessageText({ ...which, text, link_preview_options: NO_PREVIEW }, signal),
      ).catch((error: unknown) => {
        if (!isFailure(error, 'TELEGRAM_NO_TEXT')) throw error
        return call((api, signal) => api.editMessageCaption({ ...which, caption: text }, signal))
      })
    } catch (error) {
      if (!isFailure(error, 'TELEGRAM_NOT_MODIFIED')) throw error
    }
    return { messageKey }
  }

  return {
    /** Throws `DeliveryError`. */
    async send(message: Outbound): Promise<Sent> {
      try {
        return await (message.edits ? change(message, message.edits) : sendNew(message))
      } catch (error) {
        throw toDeliveryError(error)
      }
    },

    /** Telegram lets a bot delete for 48 hours only; later it throws `refused` with `TELEGRAM_MESSAGE_TOO_OLD`. */
    async remove(address: string, messageKey: string): Promise<void> {
      const id = toMessageId(messageKey)
      if (!id) return
      try {
        const { chat_id: chat } = toTarget(address)
        await call((api, signal) => api.deleteMessage({ chat_id: chat, message_id: id }, signal))
      } catch (error) {
        if (toFailure(error).code !== 'TELEGRAM_MESSAGE_GONE') throw toDeliveryError(error)
      }
    },
  }
}
