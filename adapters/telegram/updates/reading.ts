/**
 * What one update of Telegram's comes to, and the parts that every kind of update shares. Updates are checked here, field by
 * field as we use them: what Telegram promises today is not what arrives tomorrow, or from somebody else.
 */
import { z } from 'zod'
import type { Incoming } from '../../adapter.js'

export type Reading =
  | {
      kind: 'incoming'
      incoming: Incoming
      /** Updates of one chat are taken in order; those of different chats do not wait for each other. */
      chat: string
      /** To be answered once the update is committed, so that the button stops to look busy. */
      callbackId?: string
      /** The album (media group) that this is a part of. */
      album?: string
    }
  /** Needs no answer. `what` is a word of Telegram's API, never content. */
  | { kind: 'ignored'; what: string }

export type Ignored = Extract<Reading, { kind: 'ignored' }>
export const ignored = (what: string): Ignored => ({ kind: 'ignored', what })

/** What an update is read with. `username` is the bot's own, when it is known. */
export type World = { now: Date; username?: string | undefined }

const id = z.number().int().refine(Number.isSafeInteger)

export const ChatShape = z.object({ id, type: z.enum(['private', 'group', 'supergroup', 'channel']) })
export const UserShape = z.object({ id, is_bot: z.boolean().optional(), language_code: z.string().optional() })
export type Chat = z.infer<typeof ChatShape>
export type User = z.infer<typeof UserShape>

/** What every message carries, whatever is in it. */
export const HeadShape = z.object({
  message_id: id,
  date: z.number(),
  edit_date: z.number().optional(),
  chat: ChatShape,
  from: UserShape.optional(),
  sender_chat: z.object({ id }).optional(),
  // What cannot be read of it does not make the message unreadable.
  reply_to_message: z
    .object({ message_id: id, forum_topic_created: z.unknown().optional() })
    .optional()
    .catch(undefined),
  message_thread_id: id.optional(),
  is_topic_message: z.boolean().optional(),
  is_automatic_forward: z.boolean().optional(),
  media_group_id: z.string().optional(),
})
export type Head = z.infer<typeof HeadShape>
export type RawMessage = Record<string, unknown>

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * `chat`, or `chat/topic` in a forum. Outside of topics a group's `message_thread_id` only names a chain of replies.
 * https://core.telegram.org/bots/api#message (is_topic_message)
 */
export const addressOf = ({
  chat,
  message_thread_id: thread,
  is_topic_message: topic,
}: Omit<Head, 'message_id' | 'date'>) =>
  chat.type === 'supergroup' && topic && thread && thread > 0 ? `${chat.id}/${thread}` : `${chat.id}`

/** Seconds since 1970, or `now` when they are none (an inaccessible message has 0). */
export const momentOf = (seconds: number | undefined, now: Date) => {
  const at = new Date((seconds ?? 0) * 1000)
  return seconds && seconds > 0 && !Number.isNaN(at.getTime()) ? at : now
}

const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/
export const localeOf = (user: User | undefined) =>
  user?.language_code && LANGUAGE_TAG.test(user.language_code) ? { locale: user.language_code } : {}

export const groupOf = (chat: Chat) => (chat.type === 'private' ? {} : { group: true })

/**
 * Who wrote, in a group: their user id, which is also the id of their own chat with us. Who writes in the name of the group or of a
 * channel (`sender_chat`) stays unknown; the user that Telegram names there is made up.
 */
export const senderOf = (chat: Chat, from: User | undefined, inNameOf?: Head['sender_chat']) =>
  chat.type !== 'private' && from && from.id > 0 && from.is_bot !== true && !inNameOf ? { sender: String(from.id) } : {}

/**
 * The message that this one answers. In a topic whatever answers nothing else "answers" the notice that opened the topic:
 * https://core.telegram.org/api/forum
 */
export function replyOf({ reply_to_message: replied, message_thread_id: thread, is_topic_message: topic }: Head) {
  if (!replied || replied.message_id <= 0) return {}
  const isRoot = replied.forum_topic_created !== undefined || (topic === true && replied.message_id === thread)
  return isRoot ? {} : { replyTo: String(replied.message_id) }
}

/** PostgreSQL keeps no NUL in a text, and nobody types one. */
export const cleanText = (text: string) => text.replaceAll('\u0000', '')
