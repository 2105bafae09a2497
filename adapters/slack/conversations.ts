/** The conversation behind an address: a channel's id is its own, a person's chat with us has one that Slack knows. */

import type { Target } from './addresses.js'
import type { Slack } from './api.js'
import { SlackFailure } from './failures.js'

/** Beyond this many people the oldest is asked for again. */
const REMEMBERED = 10_000

export type Conversations = ReturnType<typeof createConversations>

export function createConversations(call: Slack) {
  const known = new Map<string, string>()
  /**
   * Opening what is already open is no event for anybody.
   *
   * @throws SlackFailure
   */
  return async function conversationOf(target: Target): Promise<string> {
    if ('channel' in target) return target.channel
    const { user } = target
    const id = known.get(user)
    if (id) return id
    const { channel } = await call((api) => api.conversations.open({ users: user }))
    if (!channel?.id) throw new SlackFailure('SLACK_CHANNEL_NOT_FOUND')
    known.set(user, channel.id)
    const [oldest] = known.keys()
    if (known.size > REMEMBERED && oldest) known.delete(oldest)
    return channel.id
  }
}
