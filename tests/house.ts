/** A whole house for tests: the real rooms on a real database, and a channel whose other side is the test. */

import { readConfig } from '../bot/config.js'
import {
  type Channel,
  DeliveryError,
  type HistoryItem,
  type Incoming,
  type IncomingEvent,
  type Outbound,
  PLACE_GONE,
} from '../bot/conversation/channel.js'
import { openHouse, type WholeHouse } from '../bot/house.js'
import { neverLog, suiteLog } from './logs.js'
import { type Database, KEY, quickDatabase } from './store/databases.js'

/** Time that only the test moves. */
export type FakeClock = { now(): Date; set(at: Date): void; forward(ms: number): void }

export function fakeClock(start: string): FakeClock {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    set: (date) => {
      at = date.getTime()
    },
    forward: (ms) => {
      at += ms
    },
  }
}

export type TestChannel = Channel & {
  /** Places of cases that were opened, by address; taken away again they are not there any more. */
  places: Map<string, { title: string; open: boolean }>
  /** What arrived at an address, oldest first. */
  sent(address: string): Outbound[]
  removed: string[]
  /** Who was put out of which group. */
  dismissed: string[]
  /** Why nobody can be put out now. */
  keepIn?: () => Error | undefined
  /** Makes the next sends throw this. */
  failWith?: (message: Outbound) => Error | undefined
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** Telegram's measure and name, without Telegram. */
export function testChannel(name: Channel['name'] = 'telegram'): TestChannel {
  const all: Outbound[] = []
  const removed: string[] = []
  const dismissed: string[] = []
  const places: TestChannel['places'] = new Map()
  let topics = 0
  const opened = new Set<string>()
  const gone = (address: string) => opened.has(address) && !places.has(address)
  const channel: TestChannel = {
    places,
    rooms: {
      check: async () => [],
      async open(group, title, first) {
        const address = `${group}/${++topics}`
        places.set(address, { title, open: true })
        opened.add(address)
        return { address, ...(await channel.send({ ...first, address })) }
      },
      async setOpen(address, open) {
        const place = places.get(address)
        if (place) place.open = open
      },
      async remove(address, keys) {
        places.delete(address)
        removed.push(...keys)
      },
      async dismiss(group, member) {
        const error = channel.keepIn?.()
        if (error) throw error
        dismissed.push(`${member} from ${group}`)
      },
    },
    name,
    limits: {
      text: 4096,
      caption: 1024,
      label: 64,
      buttonDataBytes: 64,
      buttons: 100,
      fileBytesIn: 20e6,
      fileBytesOut: 50e6,
      ...(name === 'telegram' && { removableMs: 48 * 3_600_000 }),
    },
    budget: { perSecond: 1e6, perChatPerSecond: 1e6, perGroupPerMinute: 1e6 },
    start: async () => undefined,
    async send(message) {
      const error = channel.failWith?.(message)
      if (error) throw error
      if (gone(message.address)) throw new DeliveryError('refused', PLACE_GONE)
      all.push(message)
      return { messageKey: message.edits ?? `out-${message.id}` }
    },
    remove: async (_, key) => void removed.push(key),
    // A picture of one point, whatever was asked for.
    fetchFile: async () => PNG,
    health: () => ({ state: 'up', sentence: 'Up.' }),
    stop: async () => undefined,
    sent: (address) => all.filter((message) => message.address === address),
    removed,
    dismissed,
  }
  return channel
}

export type TestHouse = WholeHouse & {
  wire: TestChannel
  slack: TestChannel
  fake: FakeClock
  logged(): string
  end(): Promise<void>
}

export async function testHouse(
  options: { now?: string; database?: () => Promise<Database & { url?: string }> } = {},
): Promise<TestHouse> {
  const database = await (options.database ?? quickDatabase)()
  // The house opens the database by itself, migrated already.
  await database.store.close()
  const fake = fakeClock(options.now ?? '2026-11-20T12:00:00Z')
  const wire = testChannel()
  const slack = testChannel('slack')
  const lines: string[] = []
  const config = readConfig({
    DATA_DIR: database.dataDir,
    RAHNAMO_KEY: KEY.toString('base64'),
    ...(database.url ? { DATABASE_URL: database.url } : {}),
  })
  const log = suiteLog((line) => void lines.push(line))
  const house = await openHouse({ config, log, clock: fake.now, channels: () => [wire, slack] })
  const { receive } = house.conversation.ports
  house.conversation.ports.receive = (incoming) => {
    neverLog(incoming.address, 'text' in incoming.event ? incoming.event.text : undefined)
    return receive(incoming)
  }
  return {
    ...house,
    wire,
    slack,
    fake,
    logged: () => lines.join(''),
    async end() {
      await house.close()
      await database.drop()
    },
  }
}

/** A chat takes three messages at once; the fourth waits for the clock to move. */
const ROUNDS = 4

/** In the house it looks once in an hour, too, and asks thirty questions each time. */
const SELDOM = { name: 'lifetimes', everyMs: 3_600_000 }
const lookedAt = new WeakMap<object, number>()

/** Runs what the workers would do by now, until a round has changed nothing. */
export async function settle(house: TestHouse): Promise<void> {
  const written = async () =>
    (await house.store.sql<{ at: string }>('select pg_current_wal_insert_lsn()::text as at', []))[0]?.at
  let before = await written()
  for (let round = 0; round < ROUNDS; round++) {
    for (const worker of house.conversation.workers) {
      const now = house.fake.now().getTime()
      const last = lookedAt.get(worker)
      if (worker.name === SELDOM.name && last !== undefined && Math.abs(now - last) < SELDOM.everyMs) continue
      lookedAt.set(worker, now)
      await worker.drain()
    }
    house.fake.forward(1)
    const after = await written()
    if (after === before) return
    before = after
  }
}

/** One person on the test channel. */
export function person(house: TestHouse, address: string) {
  let n = 0
  let read = 0
  const receive = async (event: IncomingEvent, extra: Partial<Incoming> = {}): Promise<void> => {
    n++
    await house.conversation.ports.receive({
      channel: house.wire.name,
      address,
      updateKey: `${address}/${n}`,
      ...(event.kind === 'button' || event.kind === 'edit' ? {} : { messageKey: `m${n}` }),
      at: house.fake.now(),
      event,
      ...extra,
    })
  }
  return {
    address,
    receive,
    settle: () => settle(house),
    async writes(text: string, extra?: Partial<Incoming>) {
      await receive(text.startsWith('/') ? command(text) : { kind: 'text', text }, extra)
      await settle(house)
    },
    async does(event: IncomingEvent, extra?: Partial<Incoming>) {
      await receive(event, extra)
      await settle(house)
    },
    /** Presses a button of the newest message that has one with this label. */
    async presses(label: string) {
      const message = house.wire
        .sent(address)
        .findLast(({ buttons }) => buttons?.flat().some((button) => button.label === label))
      const button = message?.buttons?.flat().find((each) => each.label === label)
      if (!button || !('data' in button))
        throw new Error(`There is no button "${label}". Newest: ${JSON.stringify(house.wire.sent(address).at(-1))}`)
      await receive({ kind: 'button', data: button.data })
      await settle(house)
    },
    /** What arrived since the last look. */
    hears(): Outbound[] {
      const all = house.wire.sent(address)
      const fresh = all.slice(read)
      read = all.length
      return fresh
    },
    history: (after = 0): Promise<HistoryItem[]> => house.conversation.ports.history(house.wire.name, address, after),
  }
}

const command = (text: string): IncomingEvent => {
  const [name = '', ...rest] = text.slice(1).split(' ')
  return { kind: 'command', name, argument: rest.join(' ') }
}
