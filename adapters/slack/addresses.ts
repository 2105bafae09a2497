/**
 * Slack, as a channel: it carries, and knows nothing of what is said.
 *
 * A person's address is their user id, so that whoever writes in a channel (`sender`) has the address of their own chat with us. A
 * channel's is its id, and `channel/thread` for a thread in it. A message is `conversation:ts`, since a `ts` alone names nothing.
 */
import { DeliveryError } from '../adapter.js'

export const USER_ID = /^[UW][A-Z0-9]{2,20}$/
export const CONVERSATION_ID = /^[CGD][A-Z0-9]{2,20}$/
export const TS = /^\d{1,12}\.\d{1,9}$/

/** Our own chat with one person. The conversation's id begins with D, a channel's with C, or G when it is an old private one. */
export const isDirect = (conversation: string) => conversation.startsWith('D')

export type Target = { user: string } | { channel: string; thread?: string }

/** @throws DeliveryError for what was never an address of ours. */
export function toTarget(address: string): Target {
  if (USER_ID.test(address)) return { user: address }
  const [channel = '', thread, ...rest] = address.split('/')
  const isChannel = CONVERSATION_ID.test(channel) && !isDirect(channel)
  if (!isChannel || rest.length > 0 || (thread !== undefined && !TS.test(thread)))
    throw new DeliveryError('gone', 'SLACK_ADDRESS_WRONG')
  return { channel, ...(thread && { thread }) }
}

export const keyOf = (conversation: string, ts: string) => `${conversation}:${ts}`

/** `undefined` for a message of another channel or of nobody. */
export function toMessage(messageKey: string): { channel: string; ts: string } | undefined {
  const [channel = '', ts = ''] = messageKey.split(':', 2)
  return CONVERSATION_ID.test(channel) && TS.test(ts) ? { channel, ts } : undefined
}

/** Whether the message can stand there at all: an address must not reach into another conversation. */
export const isOf = (target: Target, channel: string) =>
  'user' in target ? isDirect(channel) : target.channel === channel

/** The message that opened the place of a case carries the place's own address. */
export const isRoot = (target: Target, ts: string | undefined) => 'channel' in target && target.thread === ts
