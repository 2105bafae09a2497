/** A way in: the channel's adapter, the other side of it, and what can be thrown there. */
import type { Arbitrary } from 'fast-check'
import type { Channel, Clock, Log } from '../../adapters/adapter.js'
import type { Site, WholeHouse } from '../../bot/house.js'
import type { Shot } from './classes.js'

export const WAYS = ['telegram-webhook', 'telegram-polling', 'slack-events', 'slack-socket', 'web'] as const
export type Way = (typeof WAYS)[number]
export const CHANNELS = ['telegram', 'slack', 'web'] as const

/** Time passes also for whoever has to come again. */
export type FuzzClock = Clock & { forward(ms: number): void }

/** A well-behaved person on this channel. */
export type Witness = {
  write(text: string): Promise<void>
  press(label: string): Promise<void>
  /** All that was said to them so far. */
  heard(): Promise<string>
  /** The channel's id of them. */
  address: string
}

export type Ground = {
  name: Channel['name']
  channel(site: Site, options: { log: Log; clock: Clock; url: string }): Channel
  /** The house listens: what the other side has to know of it. */
  begin(house: WholeHouse, url: string): Promise<void>
  /** Somebody in a group of the staff on this channel writes the code that connects it; nothing where there are no groups. */
  connectGroup?(code: string): void
  /** The colleague writes the code that connects their own account. */
  connectAccount?(code: string): void
  shots: Arbitrary<Shot<unknown>>
  /** Throws it; resolves when the other side would rest. What comes back is the sentence of a fault. */
  fire(shot: Shot<unknown>): Promise<string | undefined>
  /** Resolves when all that was told has been taken. */
  taken(): Promise<void>
  witness(): Promise<Witness>
  /** Whether a message to this address must arrive: a person of ours who never blocked anybody. */
  mustReach(address: string): boolean
  /** Forgets what only grows. */
  prune(): void
  close(): Promise<void>
}
