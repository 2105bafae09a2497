/** What the app itself wrote in a thread: all that Slack lets it take away, also what the house did not keep the number of. */
import { keyOf } from './addresses.js'
import type { Slack } from './api.js'
import { toFailure } from './failures.js'

/** The most that Slack gives at once (https://docs.slack.dev/reference/methods/conversations.replies). */
const PAGE = 200

/** Their keys. @throws SlackFailure when Slack cannot be asked */
export async function ownMessages(
  call: Slack,
  { channel, thread }: { channel: string; thread: string },
): Promise<string[]> {
  const { user_id: me } = await call((api) => api.auth.test())
  const found: string[] = []
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const from: string = cursor
    const page = await call((api) =>
      api.conversations.replies({ channel, ts: thread, limit: PAGE, ...(from && { cursor: from }) }),
    ).catch((error: unknown) => {
      // Nothing of it is left.
      if (toFailure(error).code !== 'SLACK_THREAD_NOT_FOUND') throw error
      return undefined
    })
    for (const { ts, user } of page?.messages ?? []) if (ts && user === me) found.push(keyOf(channel, ts))
    cursor = page?.response_metadata?.next_cursor || undefined
  }
  return found
}
