/** What Telegram refuses, in its own words: https://core.telegram.org/bots/api and what its server answers. */
import { z } from 'zod'
import { ApiError, badRequest, forbidden } from './errors.js'
import type { Chat, Markup, Message, World } from './world.js'

export const TEXT_MAX = 4096
export const CAPTION_MAX = 1024
export const CALLBACK_DATA_MAX_BYTES = 64
export const BUTTONS_MAX = 100
export const DOWNLOAD_MAX = 20_000_000
export const UPLOAD_MAX = 50_000_000
export const PHOTO_MAX = 10_000_000
export const DELETE_WITHIN_S = 48 * 3600

export type Params = Record<string, unknown>

const CLOSED = {
  blocked: 'bot was blocked by the user',
  deactivated: 'user is deactivated',
  kicked: 'bot was kicked from the group chat',
}

/** Topic 1 is "General", which nobody may name: https://github.com/tdlib/telegram-bot-api, check_message_topic */
const GENERAL_TOPIC = 1

/** The chat that a method names, if the bot may write there. */
export function chatOf(world: World, params: Params): Chat {
  const chat = world.chats.get(Number(params.chat_id))
  if (!chat) throw badRequest('chat not found')
  if (chat.migratedTo)
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.migratedTo })
  if (chat.bot?.status === 'kicked') throw forbidden(`bot was kicked from the ${chat.type} chat`)
  if (chat.bot?.status === 'left') throw forbidden(`bot is not a member of the ${chat.type} chat`)
  if (chat.closed) throw forbidden(CLOSED[chat.closed])
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
  if (chat.slowDown)
    throw new ApiError(429, `Too Many Requests: retry after ${chat.slowDown}`, { retry_after: chat.slowDown })
  return chat
}

/**
 * The topic that a message goes to. Where topics are off, a group takes the message all the same, into its main chat.
 * https://github.com/tdlib/telegram-bot-api, check_message_topic
 */
export function topicOf(chat: Chat, params: Params): number | undefined {
  if (params.message_thread_id === undefined) return undefined
  if (chat.type === 'group' || (chat.type === 'supergroup' && !chat.forum)) return undefined
  const id = Number(params.message_thread_id)
  const topic = id === GENERAL_TOPIC ? undefined : chat.topics.get(id)
  if (!topic && chat.strays) return undefined
  if (!topic) throw badRequest('message thread not found')
  // Who opened it, and who may manage topics, may write in a closed one.
  if (topic.closed && !topic.byBot && !chat.bot?.can_manage_topics) throw badRequest('TOPIC_CLOSED')
  return topic.id
}

/** Throws when the bot lacks this right in the group. */
export function checkRight(
  chat: Chat,
  right: 'can_manage_topics' | 'can_delete_messages' | 'can_restrict_members',
  toDo: string,
) {
  if (chat.bot?.status !== 'administrator' || !chat.bot[right]) throw badRequest(`not enough rights to ${toDo}`)
}

const Label = z.string().min(1)
const MarkupShape = z.union([
  z.strictObject({
    inline_keyboard: z.array(
      z.array(z.strictObject({ text: Label, callback_data: z.string().optional(), url: z.string().optional() })),
    ),
  }),
  z.strictObject({
    keyboard: z.array(
      z.array(
        z.strictObject({
          text: Label,
          request_contact: z.boolean().optional(),
          request_location: z.boolean().optional(),
        }),
      ),
    ),
    one_time_keyboard: z.boolean().optional(),
    resize_keyboard: z.boolean().optional(),
  }),
  z.strictObject({ remove_keyboard: z.literal(true) }),
])

export function markupOf(chat: Chat, params: Params): Markup | undefined {
  if (params.reply_markup === undefined) return undefined
  const { data } = MarkupShape.safeParse(params.reply_markup)
  if (!data) throw badRequest("can't parse reply keyboard markup JSON object")
  if ('keyboard' in data) {
    const asks = data.keyboard.flat().some((key) => key.request_contact || key.request_location)
    if (asks && chat.type !== 'private') throw badRequest('phone number can be requested in private chats only')
  }
  const buttons = 'inline_keyboard' in data ? data.inline_keyboard.flat() : []
  if (buttons.length > BUTTONS_MAX) throw badRequest('reply markup is too long')
  for (const { callback_data: carried, url } of buttons) {
    if ((carried === undefined) === (url === undefined))
      throw badRequest('Text buttons are unallowed in the inline keyboard')
    const bytes = Buffer.byteLength(carried ?? 'x')
    if (bytes === 0 || bytes > CALLBACK_DATA_MAX_BYTES) throw badRequest('BUTTON_DATA_INVALID')
    if (url !== undefined && !/^(https?|tg):\/\/[^\s]+$/.test(url)) throw badRequest('BUTTON_URL_INVALID')
  }
  // As JSON has it: without the keys that were not given.
  return JSON.parse(JSON.stringify(data))
}

export function textOf(params: Params): string {
  const text = String(params.text ?? '')
  if (text.trim() === '') throw badRequest('message text is empty')
  if (text.length > TEXT_MAX) throw badRequest('message is too long')
  return text
}

export function captionOf(params: Params): string {
  const caption = String(params.caption ?? '')
  if (caption.length > CAPTION_MAX) throw badRequest('message caption is too long')
  return caption
}

/** The message that is replied to; nothing when it may be missing and is. */
export function repliedBy(chat: Chat, params: Params): Message | undefined {
  const reply = params.reply_parameters
  if (typeof reply !== 'object' || reply === null) return undefined
  const message = chat.messages.get('message_id' in reply ? Number(reply.message_id) : 0)
  const mayMiss = 'allow_sending_without_reply' in reply && reply.allow_sending_without_reply === true
  if (!message && !mayMiss) throw badRequest('message to be replied not found')
  return message
}
