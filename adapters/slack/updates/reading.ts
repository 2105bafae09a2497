/**
 * What Slack sends, read into `Incoming`: pure, one file for each kind. Everything is checked here, field by field as we use it: what
 * Slack promises today is not what arrives tomorrow, or from somebody else.
 */
import { z } from 'zod'
import type { Incoming, OutForm } from '../../adapter.js'
import { CONVERSATION_ID, isDirect, keyOf, TS, USER_ID } from '../addresses.js'
import type { FormOrigin } from '../forms.js'

export type Reading =
  | {
      kind: 'incoming'
      incoming: Incoming
      /** Words from a form: whoever sent them waits, with the form still open, to hear that they are stored. */
      fromForm?: boolean
    }
  /** A button that asks for words was pressed. */
  | { kind: 'form'; triggerId: string; form: OutForm; origin: FormOrigin }
  /** The workspace took our token away. */
  | { kind: 'revoked' }
  /** A message of ours was taken away, perhaps by somebody else: `conversation` and `ts` name it. */
  | { kind: 'ours-removed'; channel: string; ts: string }
  /** Our own words: Slack tells us of every message that we send. */
  | { kind: 'own' }
  /** Needs no answer. `what` is a word of Slack's API, never content. */
  | { kind: 'ignored'; what: string }

export type Ignored = Extract<Reading, { kind: 'ignored' }>
export const ignored = (what: string): Ignored => ({ kind: 'ignored', what })

export const OWN: Reading = { kind: 'own' }

/** What an update is read with; `me` is our own user in the workspace. */
export type World = { now: Date; me: string }

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const UserId = z.string().regex(USER_ID)
export const ConversationId = z.string().regex(CONVERSATION_ID)
export const Ts = z.string().regex(TS)

/** A `ts` is a moment, too: https://docs.slack.dev/messaging/retrieving-messages */
export function momentOf(ts: string, now: Date): Date {
  const moment = new Date(Number(ts) * 1000)
  return Number.isNaN(moment.getTime()) ? now : moment
}

type Where = { channel: string; user: string; ts?: string; thread?: string | undefined }

/** Where it was said, and by whom. In our own chat with a person a thread is only an answer to one message, not a place. */
export function placeOf({
  channel,
  user,
  ts,
  thread,
}: Where): Pick<Incoming, 'address' | 'group' | 'sender' | 'replyTo'> {
  if (isDirect(channel)) return { address: user, ...(thread && thread !== ts && { replyTo: keyOf(channel, thread) }) }
  return { address: thread ? `${channel}/${thread}` : channel, group: true, sender: user }
}

/** PostgreSQL keeps no NUL in a text, and nobody types one. */
export const cleanText = (text: string) => text.replaceAll('\u0000', '')
