/** One message of ours: sent or changed. */
import { DeliveryError, type Log, type Outbound, PLACE_GONE, type Sent } from '../adapter.js'
import { toMessageId, toTarget } from './addresses.js'
import type { Telegram } from './api.js'
import { isFailure, TelegramFailure, toDeliveryError } from './failures.js'
import { createKeyboards, inlineKeyboard } from './keyboards.js'
import { type SentMessage, sendFile } from './uploads.js'

/** A preview would have Telegram fetch the link, and show what is behind it on a phone that is searched. */
const NO_PREVIEW = { is_disabled: true }

/** How often to try to take back what went astray. Each try waits for Telegram, so not often. */
const TAKE_BACK_TRIES = 2

export function createSender(call: Telegram, log: Log) {
  const keyboards = createKeyboards()

  async function sendNew(message: Outbound): Promise<Sent> {
    const { address, text, file, replyTo } = message
    const target = toTarget(address)
    const replied = replyTo ? toMessageId(replyTo) : undefined
    const markup = keyboards.of(message)
    const params = {
      ...target,
      ...(markup && { reply_markup: markup }),
      ...(replied && { reply_parameters: { message_id: replied, allow_sending_without_reply: true } }),
      ...(message.guarded && { protect_content: true }),
    }
    // No parse_mode anywhere: what people write is never markup.
    const sent: SentMessage = file
      ? await sendFile(call, file, { ...params, ...(text && { caption: text }) })
      : await call((api, signal) => api.sendMessage({ ...params, text, link_preview_options: NO_PREVIEW }, signal))
    await keepInTopic(sent, target)
    keyboards.sent(message)
    return { messageKey: String(sent.message_id) }
  }

  /**
   * Where topics were switched off, and at times when one was deleted, Telegram puts the message into the main chat without a word
   * (https://github.com/tdlib/telegram-bot-api/issues/854). It is taken away again before anybody is told that it was sent.
   */
  async function keepInTopic(
    sent: SentMessage,
    { chat_id: chat, message_thread_id: topic }: ReturnType<typeof toTarget>,
  ) {
    if (!topic || (sent.message_thread_id === topic && sent.is_topic_message)) return
    for (let tries = 1; ; tries++) {
      try {
        await call((api, signal) => api.deleteMessage({ chat_id: chat, message_id: sent.message_id }, signal))
        break
      } catch (error) {
        if (isFailure(error, 'TELEGRAM_MESSAGE_GONE')) break
        if (tries < TAKE_BACK_TRIES) continue
        // To send it again would only put it there twice.
        log.warn(
          { channel: 'telegram', code: 'TELEGRAM_STRAY_MESSAGE' },
          'A message for a topic that is gone stands in the main chat of its group.',
        )
        break
      }
    }
    throw new DeliveryError('refused', PLACE_GONE)
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

  /**
   * @throws {DeliveryError} with `PLACE_GONE` when the topic is no more; then the message stands nowhere.
   */
  return async function send(message: Outbound): Promise<Sent> {
    try {
      return await (message.edits ? change(message, message.edits) : sendNew(message))
    } catch (error) {
      throw toDeliveryError(error)
    }
  }
}
