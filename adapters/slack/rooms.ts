/** The staff's channels: each case is a thread, and the message that it hangs on is its place. */
import { DeliveryError, type Rooms } from '../adapter.js'
import { keyOf, toTarget } from './addresses.js'
import type { Slack } from './api.js'
import { createDismiss } from './dismiss.js'
import { toDeliveryError, toFailure } from './failures.js'
import { ownMessages } from './own-messages.js'
import type { Sender } from './send.js'

/** What staff's channels ask of the app; `manifest.yaml` has them all, but a workspace may have installed an older one. */
const SCOPES = ['chat:write', 'files:read', 'files:write']
const SCOPES_OF = {
  private: ['groups:read', 'groups:history'],
  public: ['channels:read', 'channels:history'],
}

const channelOf = (address: string): string => {
  const target = toTarget(address)
  if (!('channel' in target)) throw new DeliveryError('gone', 'SLACK_ADDRESS_WRONG')
  return target.channel
}

export function createRooms(call: Slack, { post, remove }: Pick<Sender, 'post' | 'remove'>): Rooms {
  const dismiss = createDismiss(call)
  return {
    /** @throws DeliveryError when Slack cannot be asked */
    async check(group) {
      const id = channelOf(group)
      try {
        const { channel = {} } = await call((api) => api.conversations.info({ channel: id }))
        const { response_metadata: given } = await call((api) => api.auth.test())
        const needed = [...SCOPES, ...SCOPES_OF[channel.is_private ? 'private' : 'public']]
        return [
          ...(channel.is_member ? [] : ['SLACK_NOT_IN_CHANNEL']),
          ...(channel.is_archived ? ['SLACK_CHANNEL_ARCHIVED'] : []),
          // People of other organisations read along.
          ...(channel.is_ext_shared || channel.is_pending_ext_shared ? ['SLACK_EXTERNAL_CHANNEL'] : []),
          // Everybody in the workspace can read along, staff or not.
          ...(channel.is_private ? [] : ['SLACK_PUBLIC_CHANNEL']),
          ...(needed.every((scope) => given?.scopes?.includes(scope) ?? true) ? [] : ['SLACK_SCOPE_MISSING']),
        ]
      } catch (error) {
        const { code } = toFailure(error)
        if (code === 'SLACK_MISSING_SCOPE') return ['SLACK_SCOPE_MISSING']
        // Slack does not tell a private channel that we are not in from one that does not exist.
        if (code === 'SLACK_CHANNEL_NOT_FOUND') return ['SLACK_NOT_IN_CHANNEL']
        throw toDeliveryError(error)
      }
    },

    async open(group, title, first) {
      try {
        const channel = channelOf(group)
        const text = first.text.includes(title) ? first.text : `${title}\n${first.text}`
        const sent = await post({ ...first, text }, { channel }, true)
        return { ...sent, address: `${channel}/${sent.messageKey.slice(channel.length + 1)}` }
      } catch (error) {
        throw toDeliveryError(error)
      }
    },

    /** A thread of Slack's cannot be closed; whoever writes into it later is answered by the house. */
    async setOpen() {},

    /**
     * All that is ours in the thread. What people wrote stays, and keeps the thread's empty shell with it: an app may delete only its own
     * messages.
     */
    async remove(address, messageKeys) {
      const target = toTarget(address)
      if (!('channel' in target) || !target.thread) return
      const { channel, thread } = target
      const root = keyOf(channel, thread)
      try {
        const answers = new Set([...messageKeys, ...(await ownMessages(call, { channel, thread }))])
        answers.delete(root)
        for (const key of [...answers, root]) await remove(address, key)
      } catch (error) {
        throw toDeliveryError(error)
      }
    },

    async dismiss(group, member) {
      try {
        await dismiss(channelOf(group), member)
      } catch (error) {
        throw toDeliveryError(error)
      }
    },
  }
}
