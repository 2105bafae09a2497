/**
 * Adapters join channels (Telegram, Slack, the web page, a terminal) to the house. Nothing here or beside it knows what a conversation
 * means; an adapter only carries. What each promises, and what `tests/adapters/contract.ts` holds it to:
 *
 * **Taking in.** Whatever a person does becomes one `Incoming`, or is noise that the adapter lists by name as needing no
 * answer. The channel is told "we have it" only after `receive` has resolved. When `receive` rejects, the same update comes again
 * with the same `updateKey`, as often as it takes. One address is taken in the order it wrote, one update at a time; different
 * addresses do not wait for each other. Names, user names and pictures of people are never passed on. Something that the
 * adapter cannot read is `unsupported` when it knows whose it is, and never stops what comes after.
 *
 * **Sending.** One `Outbound` is one message, exactly as given: plain text, nothing read as markup, no link previews,
 * neither split nor shortened. A button comes back with its `data` and the `messageKey` of the message that carried it.
 * `send` resolves when the other side has the message, or throws a `DeliveryError` whose policy says what to do.
 * Its code and message hold no content, no address and no token. Editing a message into what it already says is fine.
 * A lost answer leaves the outcome unknown; it counts as `retry`, since twice is better than never.
 *
 * **Staff's groups.** What is written in a group says who wrote it (`sender`), as the address that this person's own chat has; the heart
 * of the house decides whether that is somebody of the staff. A place of a case that was deleted is told as `PLACE_GONE`, and nothing
 * that was meant for it appears anywhere else.
 *
 * **Bad days.** `start` resolves although the other side is away, refuses us or talks to somebody else; the channel goes on
 * trying by itself, says so in one sentence of `health()`, and in the log once for each change. `stop` ends everything that was
 * begun: nothing is received after it resolves. It can be called twice.
 *
 * **Logging.** Codes and counts only.
 */
export type {
  Budget,
  Channel,
  ChannelHealth,
  ChannelName,
  HistoryItem,
  Incoming,
  IncomingEvent,
  IncomingFile,
  Limits,
  OutButton,
  Outbound,
  OutFile,
  OutForm,
  OutPicker,
  Ports,
  Rooms,
  Sent,
} from '../bot/conversation/channel.js'
export { DeliveryError, PLACE_GONE } from '../bot/conversation/channel.js'

/** What an adapter needs of a logger; pino's is one. */
export type Log = {
  info(fields: Record<string, string | number>, message: string): void
  warn(fields: Record<string, string | number>, message: string): void
}

/** Time as an argument, so that an hour of outage is a moment in a test. */
export type Clock = {
  now(): Date
  /** Resolves after `ms`, or at once when `signal` is aborted; never rejects. */
  wait(ms: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal?.addEventListener('abort', done)
    }),
}
