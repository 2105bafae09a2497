/** What a message says: one reader for each key that Telegram may put the content under. */
import { z } from 'zod'
import type { IncomingEvent } from '../../adapter.js'
import { FILE_READERS } from './files.js'
import { cleanText, type Head, type Ignored, ignored, type RawMessage, type World } from './reading.js'

type Content = IncomingEvent | Ignored | undefined
type Reader = (value: unknown, message: { raw: RawMessage; head: Head; world: World }) => Content

/** https://core.telegram.org/bots/features#commands; the name after @ is there in groups with several bots. */
const COMMAND = /^\/([a-z0-9_]{1,32})(?:@(\w{1,64}))?(?:\s+([\s\S]*))?$/i

const text: Reader = (value, { world }) => {
  if (typeof value !== 'string') return undefined
  const [, name, bot, argument = ''] = COMMAND.exec(value) ?? []
  if (!name) return { kind: 'text', text: cleanText(value) }
  if (bot && world.username && bot.toLowerCase() !== world.username.toLowerCase())
    return ignored('command of another bot')
  return { kind: 'command', name: name.toLowerCase(), argument: cleanText(argument.trim()) }
}

const ContactShape = z.object({ phone_number: z.string().min(1).max(64), user_id: z.number().optional() })
const contact: Reader = (value, { head }) => {
  const { data } = ContactShape.safeParse(value)
  const own = data?.user_id !== undefined && data.user_id === head.from?.id
  // Only the number: the names on the card are not ours to know.
  return data && { kind: 'phone', phone: cleanText(data.phone_number), own }
}

const PlaceShape = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
const location: Reader = (value) => {
  const { data } = PlaceShape.safeParse(value)
  return data && { kind: 'location', ...data }
}
const venue: Reader = (value, message) =>
  location(typeof value === 'object' && value && 'location' in value ? value.location : undefined, message)

const file =
  (key: string): Reader =>
  (value, { raw }) => {
    const announced = FILE_READERS[key]?.(value)
    const caption = typeof raw.caption === 'string' ? cleanText(raw.caption) : ''
    return announced && { kind: 'files', files: [announced], ...(caption && { text: caption }) }
  }

const READERS: [key: string, reader: Reader][] = [
  ['text', text],
  ...Object.keys(FILE_READERS).map((key): [string, Reader] => [key, file(key)]),
  ['contact', contact],
  ['venue', venue],
  ['location', location],
]

/** Content that we cannot read and say so. */
const UNSUPPORTED = [
  'sticker',
  'poll',
  'dice',
  'game',
  'story',
  'checklist',
  'paid_media',
  'rich_message',
  'invoice',
  'giveaway',
  'gift',
  'unique_gift',
  'passport_data',
  'users_shared',
  'chat_shared',
  'web_app_data',
]

/**
 * Notices of the messenger itself: nobody said anything, so nobody is answered.
 * https://core.telegram.org/bots/api#message ("Service message")
 */
const NOTICES = [
  'migrate_from_chat_id',
  'pinned_message',
  'message_auto_delete_timer_changed',
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'chat_owner_left',
  'chat_owner_changed',
  'chat_background_set',
  'boost_added',
  'connected_website',
  'write_access_allowed',
  'proximity_alert_triggered',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'video_chat_scheduled',
  'video_chat_started',
  'video_chat_ended',
  'video_chat_participants_invited',
  'giveaway_created',
  'giveaway_winners',
  'giveaway_completed',
  'successful_payment',
  'refunded_payment',
  'poll_option_added',
  'poll_option_deleted',
  'checklist_tasks_done',
  'checklist_tasks_added',
  'community_chat_added',
  'community_chat_joined',
  'community_chat_removed',
  'gift_upgrade_sent',
  'paid_message_price_changed',
  'direct_message_price_changed',
  'managed_bot_created',
]

/** The event of a message. Content newer than we are, or malformed, is `unsupported`: it deserves an answer. */
export function readContent(raw: RawMessage, head: Head, world: World): IncomingEvent | Ignored {
  if (Number.isSafeInteger(raw.migrate_to_chat_id)) return { kind: 'moved', to: String(raw.migrate_to_chat_id) }
  const [key, reader] = READERS.find(([name]) => name in raw) ?? []
  if (key && reader) return reader(raw[key], { raw, head, world }) ?? { kind: 'unsupported', what: key }
  const notice = NOTICES.find((name) => name in raw)
  if (notice) return ignored(notice)
  return { kind: 'unsupported', what: UNSUPPORTED.find((name) => name in raw) ?? 'unknown' }
}
