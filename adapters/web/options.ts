/** The web chat: a page that any phone opens, and the routes behind it. What it needs, and what it promises. */
import type { Words } from '../../bot/conversation/words.js'
import { FILE_MAX_BYTES } from '../../bot/limits.js'
import type { Language } from '../../bot/text/languages.js'
import type { Budget, Clock, IncomingEvent, Limits, Log } from '../adapter.js'

const MEGABYTE = 1024 * 1024

/** Ours to choose, since the page has no limits of its own: twice Telegram's text, and the same files. */
export const WEB_LIMITS: Limits = {
  text: 8000,
  caption: 4000,
  label: 120,
  buttonDataBytes: 64,
  buttons: 40,
  fileBytesIn: FILE_MAX_BYTES,
  fileBytesOut: 50 * MEGABYTE,
}

/** Sending is only waking open pages; nobody has to be spared. */
export const WEB_BUDGET: Budget = { perSecond: 1000, perChatPerSecond: 100, perGroupPerMinute: 1000 }

export const FILES_AT_ONCE_MAX = 10

/** Tabs and waiting requests of one person. Browsers open at most six connections to a host, and sending needs one. */
export const STREAMS_PER_VISITOR = 4

/** Each looks for news every few seconds. Whoever comes when so many are open asks now and then instead, and misses nothing. */
export const STREAMS_IN_ALL = 2_000

export type WebOptions = {
  log: Log
  clock?: Clock
  /** Signs the visitor's cookie and hides whose an update key is. */
  secret: Buffer | string
  words: Pick<Words, 'say' | 'find'>
  /** Where people reach us, as configured; may have a path. Without it the page believes the request's own host. */
  publicUrl?: string | undefined
  /** The language of that person's conversation, once it has one; it goes before what the browser says. */
  languageOf?: (address: string) => Promise<Language | undefined>
  /** Cries for help pass every limit (S33). */
  urgent?: (event: IncomingEvent) => boolean
}
