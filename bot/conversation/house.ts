/** What the conversation room needs from the rest of the house, put together once in `bot/house.ts`. */
import type { Store, Tx } from '../store/store.js'
import type { Channel, ChannelName, Incoming } from './channel.js'
import type { FileSpace } from './file-space.js'
import type { Loaded } from './records.js'
import type { Mind } from './think.js'
import type { Turn } from './turn.js'

export type Clock = () => Date

/** Only codes and counts: no text, name, id or token ever (S29). */
export type Log = {
  info(fields: Record<string, string | number | boolean>, message: string): void
  warn(fields: Record<string, string | number | boolean>, message: string): void
}

/** Reads words before anybody else does, whoever owns the conversation. */
export type Guard = {
  /** Pure and quick: is this something for me? */
  suspects(text: string, whose: { loaded: Pick<Loaded, 'role'> }): boolean
  /** Says what must be said at once; `false` when nothing was, and the message goes its ordinary way. Runs in its transaction. */
  handle(text: string, turn: Turn, tx: Tx): Promise<boolean>
}

/** Has something to say to whoever waits for a human. */
export type Helper = {
  /** What may help with these words, noted as shown. Pure but for the turn, so that waiting costs no transaction. */
  beside(text: string, turn: Turn): string | undefined
}

export type House = {
  store: Store
  mind: Mind
  clock: Clock
  log: Log
  guard: Guard
  helper: Helper
  space: FileSpace
  /** Takes what happens in groups and on our own page of a messenger: that is staff's, and no conversation. Idempotent by `updateKey`. */
  staffroom?: (incoming: Incoming) => Promise<void>
  /** The flow that starts when nothing is open. */
  defaultFlow: string
  channel(name: ChannelName): Channel | undefined
}
