/** What Telegram allows, each number with its document; those that bind the whole house stand in `bot/limits.ts`. */
import { BUTTONS_MAX, CAPTION_MAX, FILE_MAX_BYTES, LABEL_MAX, MESSAGE_MAX } from '../../bot/limits.js'
import type { Budget, Limits } from '../adapter.js'

/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
const TELEGRAM_CALLBACK_DATA_MAX_BYTES = 64
/** https://core.telegram.org/bots/api#sending-files: "10 MB max size for photos, 50 MB for other files". */
const TELEGRAM_UPLOAD_MAX_BYTES = 50_000_000
export const TELEGRAM_PHOTO_MAX_BYTES = 10_000_000
/** https://core.telegram.org/bots/api#sendmediagroup: "must include 2-10 items". */
export const TELEGRAM_ALBUM_MAX = 10
/** https://core.telegram.org/bots/api#createforumtopic: "Topic name, 1-128 characters". */
export const TELEGRAM_TOPIC_NAME_MAX = 128
/** https://core.telegram.org/bots/api#deletemessages: "1-100 identifiers of messages to delete". */
export const TELEGRAM_DELETE_MAX = 100
/** https://core.telegram.org/bots/api#deletemessage: "A message can only be deleted if it was sent less than 48 hours ago". */
const TELEGRAM_DELETE_WITHIN_MS = 48 * 3_600_000
/** https://core.telegram.org/bots/api#getupdates: "Values between 1-100 are accepted". */
export const TELEGRAM_UPDATES_MAX = 100
/** https://core.telegram.org/bots/api#setwebhook: "1-256 characters. Only characters A-Z, a-z, 0-9, _ and - are allowed". */
export const TELEGRAM_SECRET_FORM = /^[A-Za-z0-9_-]{1,256}$/

export const limits: Limits = {
  text: MESSAGE_MAX,
  caption: CAPTION_MAX,
  label: LABEL_MAX,
  buttonDataBytes: TELEGRAM_CALLBACK_DATA_MAX_BYTES,
  buttons: BUTTONS_MAX,
  fileBytesIn: FILE_MAX_BYTES,
  fileBytesOut: TELEGRAM_UPLOAD_MAX_BYTES,
  removableMs: TELEGRAM_DELETE_WITHIN_MS,
}

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (all topics of a group together). */
export const budget: Budget = { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 }
