/** One message of ours: sent once, changed, or taken away. */
import type { types } from '@slack/bolt'
import { type Clock, DeliveryError, type Outbound, PLACE_GONE, type Sent } from '../adapter.js'
import { isOf, isRoot, keyOf, toMessage, toTarget } from './addresses.js'
import type { Slack } from './api.js'
import type { Conversations } from './conversations.js'
import { SlackFailure, toDeliveryError, toFailure } from './failures.js'
import { blockIdOf, findOurs, metadataOf, type Where } from './finding.js'
import { controlBlocks } from './pickers.js'
import { fallbackText, textBlocks } from './rich-text.js'
import type { Threads } from './threads.js'
import { createUploader } from './uploads.js'

/** A preview would have Slack fetch the link, and show in a channel what is behind it (S35); nothing that people write is markup. */
const AS_IT_IS = { unfurl_links: false, unfurl_media: false, mrkdwn: false, parse: 'none', link_names: false } as const

/** What a message is made of; `id` is our own id of it. */
type Content = Pick<Outbound, 'id' | 'text' | 'buttons' | 'picker' | 'file' | 'again'>

/** Gone already, or never ours to take: bots may not delete what people wrote and sent. */
const NOTHING_TO_REMOVE = [
  'SLACK_MESSAGE_NOT_FOUND',
  'SLACK_THREAD_NOT_FOUND',
  'SLACK_CHANNEL_NOT_FOUND',
  'SLACK_CANT_DELETE_MESSAGE',
  'SLACK_FILE_NOT_FOUND',
  'SLACK_FILE_DELETED',
  'SLACK_CANT_DELETE_FILE',
]
const unlessNothing = (error: unknown) => {
  if (!NOTHING_TO_REMOVE.includes(toFailure(error).code)) throw error
}

/** A message with a file needs a block that can carry our mark also when it has no words. */
function markedBlocks({ id, text, ...controls }: Content, isRootPost: boolean): types.KnownBlock[] {
  const blockId = blockIdOf(id)
  const words = text ? textBlocks(text, blockId) : [{ type: 'divider', block_id: blockId } as const]
  return [...words, ...controlBlocks(controls, isRootPost)]
}

type Needs = { call: Slack; clock: Clock; apiUrl: string; conversationOf: Conversations; threads: Threads }

export type Sender = ReturnType<typeof createSender>

export function createSender({ call, clock, apiUrl, conversationOf, threads }: Needs) {
  const upload = createUploader({ call, clock, apiUrl })

  /** Posts there; what may already stand there is looked for first. `opens`: this message opens the place of a case. */
  async function post(content: Content, where: Where, opens = false): Promise<Sent> {
    const { channel, thread } = where
    if (thread) await threads.mustStand(channel, thread)
    if (content.again) {
      const found = await findOurs(call, where, content.id)
      if (found) return { messageKey: keyOf(channel, found) }
    }
    const { id, text, file } = content
    if (file) {
      const shared = await upload(file, where, markedBlocks(content, opens))
      if (thread) await threads.mustBeIn(thread, shared.thread, { channel, ts: shared.ts })
      return { messageKey: keyOf(channel, shared.ts) }
    }
    const message = {
      ...AS_IT_IS,
      channel,
      text: fallbackText(text),
      blocks: [...textBlocks(text), ...controlBlocks(content, opens)],
      metadata: metadataOf(id),
      ...(thread && { thread_ts: thread }),
    }
    const posted = await call((api) => api.chat.postMessage(message))
    const { ts } = posted
    if (!ts) throw new SlackFailure('SLACK_NO_TS')
    if (thread) await threads.mustBeIn(thread, posted.message?.thread_ts, { channel, ts })
    return { messageKey: keyOf(channel, ts) }
  }

  async function sendNew(message: Outbound): Promise<Sent> {
    const target = toTarget(message.address)
    const channel = await conversationOf(target)
    return post(message, { channel, thread: 'thread' in target ? target.thread : undefined })
  }

  async function change({ address, text, ...controls }: Outbound, messageKey: string): Promise<Sent> {
    const target = toTarget(address)
    const which = toMessage(messageKey)
    if (!which || !isOf(target, which.channel)) throw new DeliveryError('refused', 'SLACK_MESSAGE_UNKNOWN')
    const blocks = [...textBlocks(text), ...controlBlocks(controls, isRoot(target, which.ts))]
    const changed = { ...which, text: fallbackText(text), blocks, parse: 'none', link_names: false } as const
    // What the metadata says of the message stays as it was.
    await call((api) => api.chat.update(changed)).catch((error: unknown) => {
      const isGone = toFailure(error).code === 'SLACK_MESSAGE_NOT_FOUND'
      throw isGone && isRoot(target, which.ts) ? new DeliveryError('refused', PLACE_GONE) : error
    })
    return { messageKey }
  }

  /** The files of the message are ours as well, and would stay in the workspace without it. */
  async function removeFiles({ channel, ts }: { channel: string; ts: string }): Promise<void> {
    const range = { oldest: ts, latest: ts, inclusive: true, limit: 2 }
    const { messages = [] } = await call((api) => api.conversations.replies({ channel, ts, ...range }))
    const { files = [] } = messages.find((message) => message.ts === ts) ?? {}
    for (const { id: file } of files) if (file) await call((api) => api.files.delete({ file })).catch(unlessNothing)
  }

  return {
    post,

    /**
     * Not used, because Slack has nothing like it: `replyTo` (an answer to one message is a thread there, which in a person's chat
     * would hide it), `request` (a number or a place is typed), `guarded` (whoever may read a channel may copy from it).
     *
     * @throws DeliveryError
     */
    async send(message: Outbound): Promise<Sent> {
      try {
        return await (message.edits ? change(message, message.edits) : sendNew(message))
      } catch (error) {
        throw toDeliveryError(error)
      }
    },

    /** @throws DeliveryError */
    async remove(address: string, messageKey: string): Promise<void> {
      const which = toMessage(messageKey)
      if (!which) return
      try {
        if (!isOf(toTarget(address), which.channel)) return
        await removeFiles(which).catch(unlessNothing)
        await call((api) => api.chat.delete(which)).catch(unlessNothing)
      } catch (error) {
        throw toDeliveryError(error)
      }
    },
  }
}
