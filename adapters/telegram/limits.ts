/** What Telegram allows, each number with its document. */
import type { Budget, Limits } from '../adapter.js'

/** https://core.telegram.org/bots/api#sendmessage: characters after entities parsing. */
export const TELEGRAM_TEXT_MAX = 4096
/** https://core.telegram.org/bots/api#sendphoto and its sisters. */
export const TELEGRAM_CAPTION_MAX = 1024
/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
export const TELEGRAM_CALLBACK_DATA_MAX_BYTES = 64
/** https://limits.tginfo.me/en (the API's own document names no number): buttons of one inline keyboard. */
export const TELEGRAM_BUTTONS_MAX = 100
/** Not in a document: longer labels are accepted, but a phone shows no more of them on one line. */
export const TELEGRAM_LABEL_MAX = 64
/** https://core.telegram.org/bots/api#getfile: "bots can download files of up to 20MB in size". */
export const TELEGRAM_DOWNLOAD_MAX_BYTES = 20_000_000
/** https://core.telegram.org/bots/api#sending-files: "10 MB max size for photos, 50 MB for other files". */
export const TELEGRAM_UPLOAD_MAX_BYTES = 50_000_000
export const TELEGRAM_PHOTO_MAX_BYTES = 10_000_000
/** https://core.telegram.org/bots/api#sendmediagroup: "must include 2-10 items". */
export const TELEGRAM_ALBUM_MAX = 10
/** https://core.telegram.org/bots/api#getupdates: "Values between 1-100 are accepted". */
export const TELEGRAM_UPDATES_MAX = 100
/** https://core.telegram.org/bots/api#setwebhook: "1-256 characters. Only characters A-Z, a-z, 0-9, _ and - are allowed". */
export const TELEGRAM_SECRET_FORM = /^[A-Za-z0-9_-]{1,256}$/

export const limits: Limits = {
  text: TELEGRAM_TEXT_MAX,
  caption: TELEGRAM_CAPTION_MAX,
  label: TELEGRAM_LABEL_MAX,
  buttonDataBytes: TELEGRAM_CALLBACK_DATA_MAX_BYTES,
  buttons: TELEGRAM_BUTTONS_MAX,
  fileBytesIn: TELEGRAM_DOWNLOAD_MAX_BYTES,
  fileBytesOut: TELEGRAM_UPLOAD_MAX_BYTES,
}

/** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (all topics of a group together). */
export const budget: Budget = { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 }
