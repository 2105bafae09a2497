/** The queue of updates that wait for the bot, and the one long poll that may empty it. */
import { ApiError } from './errors.js'

export type Update = { update_id: number; [kind: string]: unknown }

/** Not sent unless asked for by name: https://core.telegram.org/bots/api#getupdates (allowed_updates) */
const ONLY_BY_NAME = ['chat_member', 'message_reaction', 'message_reaction_count']
/** An offset further ahead than this belongs to numbers before they were begun anew. */
const AHEAD_MAX = 10

const SECOND_POLLER =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'

export type Ask = { offset?: number; limit?: number; timeout?: number; allowed_updates?: string[] }

export function createUpdates() {
  let queue: Update[] = []
  let nextId = 100_000
  let allowed: string[] = []
  let waiting: { wake: () => void; terminate: () => void } | undefined
  let listener = () => {}

  const isAllowed = (kind: string) => (allowed.length > 0 ? allowed.includes(kind) : !ONLY_BY_NAME.includes(kind))

  return {
    get waiting(): readonly Update[] {
      return queue
    },
    /** Somebody holds a long poll open. */
    isPolled: () => waiting !== undefined,
    /** Told when something was queued; the webhook's delivery listens. */
    onQueued(listen: () => void) {
      listener = listen
    },
    allow(kinds: string[] | undefined) {
      if (kinds) allowed = kinds
    },
    /** Queues `{ [kind]: value }`; returns it, or nothing when the bot does not want this kind. */
    add(kind: string, value: unknown): Update | undefined {
      if (!isAllowed(kind)) return undefined
      const update = { update_id: nextId++, [kind]: value }
      this.addRaw(update)
      return update
    },
    /** Queues exactly this. */
    addRaw(update: Update) {
      queue.push(update)
      waiting?.wake()
      listener()
    },
    /** "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly." */
    restartIds(at: number) {
      nextId = at
    },
    forget(update: Update) {
      queue = queue.filter((one) => one !== update)
    },
    clear() {
      queue = []
    },
    /** Ends the long poll that is open, as a second one or a new webhook does. */
    terminate() {
      waiting?.terminate()
    },
    /** Until something is queued, the time is over, or the asker is gone. Rejects when another one takes the place. */
    async wait(ms: number, gone: AbortSignal) {
      let timer: NodeJS.Timeout | undefined
      const turn = new Promise<void>((resolve, reject) => {
        timer = setTimeout(resolve, ms)
        gone.addEventListener('abort', () => resolve())
        waiting = { wake: resolve, terminate: () => reject(new ApiError(409, SECOND_POLLER)) }
      })
      const mine = waiting
      try {
        await turn
      } finally {
        clearTimeout(timer)
        if (waiting === mine) waiting = undefined
      }
    },
    async get(
      { offset = 0, limit = 100, timeout = 0, allowed_updates: kinds }: Ask,
      gone: AbortSignal,
    ): Promise<Update[]> {
      waiting?.terminate()
      this.allow(kinds)
      const last = queue.at(-1)?.update_id
      if (offset < 0) queue = queue.slice(offset)
      else if (last === undefined || offset <= last + AHEAD_MAX) queue = queue.filter((one) => one.update_id >= offset)
      if (queue.length === 0 && timeout > 0) await this.wait(timeout * 1000, gone)
      return queue.slice(0, Math.min(Math.max(limit, 1), 100))
    },
  }
}
export type Updates = ReturnType<typeof createUpdates>
