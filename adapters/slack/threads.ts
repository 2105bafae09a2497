/**
 * Whether the message that a thread hangs on is still there. When it is not, Slack answers "ok" and puts what was meant for the thread
 * into the channel, for everybody: so it is asked before. (https://github.com/slack-go/slack/issues/1571 describes the same.)
 */
import { DeliveryError, PLACE_GONE } from '../adapter.js'
import { keyOf } from './addresses.js'
import type { Slack } from './api.js'
import { toFailure } from './failures.js'

/** A case's messages come in bursts; within one nobody is asked twice. Slack also tells us when the message is deleted. */
const BELIEVED_MS = 30_000
const REMEMBERED = 1000

const placeGone = () => new DeliveryError('refused', PLACE_GONE)

export type Threads = ReturnType<typeof createThreads>

export function createThreads(call: Slack, now: () => Date) {
  const seenAt = new Map<string, number>()

  return {
    /** @throws DeliveryError `PLACE_GONE`; SlackFailure when it cannot be known. */
    async mustStand(channel: string, thread: string): Promise<void> {
      const key = keyOf(channel, thread)
      if (now().getTime() - (seenAt.get(key) ?? 0) < BELIEVED_MS) return
      const { messages = [] } = await call((api) => api.conversations.replies({ channel, ts: thread, limit: 1 })).catch(
        (error: unknown) => {
          if (toFailure(error).code === 'SLACK_THREAD_NOT_FOUND') return { messages: [] }
          throw error
        },
      )
      const root = messages.find(({ ts }) => ts === thread)
      // What is left of a deleted message with answers under it: nobody finds it in the channel any more.
      if (!root || ('subtype' in root && root.subtype === 'tombstone')) throw placeGone()
      seenAt.set(key, now().getTime())
      const [oldest] = seenAt.keys()
      if (seenAt.size > REMEMBERED && oldest) seenAt.delete(oldest)
    },

    /** Slack told us that this message is gone. */
    forget(channel: string, thread: string) {
      seenAt.delete(keyOf(channel, thread))
    },

    /**
     * It was deleted between our question and our message: what stands in the channel now is taken away again.
     *
     * @throws DeliveryError `PLACE_GONE`, unless `landedIn` is the thread; SlackFailure
     */
    async mustBeIn(
      thread: string,
      landedIn: string | undefined,
      where: { channel: string; ts: string },
    ): Promise<void> {
      if (landedIn === thread) return
      this.forget(where.channel, thread)
      await call((api) => api.chat.delete(where)).catch((error: unknown) => {
        if (toFailure(error).code !== 'SLACK_MESSAGE_NOT_FOUND') throw error
      })
      throw placeGone()
    },
  }
}
