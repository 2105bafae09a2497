/** The conversation room, put together: what adapters reach it by, and the workers that act by themselves. */
import { UserError } from '../errors.js'
import type { FileStore } from '../store/files.js'
import { isDuplicate } from '../store/trouble.js'
import type { Pace } from './budget.js'
import type { Channel, ChannelName, Ports } from './channel.js'
import { createDeliver } from './deliver.js'
import { within } from './file-space.js'
import { createFileFetcher, keepFile, loadFile } from './files.js'
import { welcome } from './first-contact.js'
import { history } from './history.js'
import type { House } from './house.js'
import { releaseLeases } from './outbox.js'
import { createReceive } from './receive.js'
import { createRemover } from './removals.js'
import { createTimers } from './timers.js'
import type { Worker } from './worker.js'

export type Conversation = { ports: Ports; workers: Worker[]; start(): Promise<void>; stop(): Promise<void> }

export function createConversation(
  house: House & {
    channels: Channel[]
    paces: ReadonlyMap<string, Pace>
    files: FileStore
    /** This process alone holds the database. */
    alone: boolean
    /** Other rooms' own workers. */
    more?: Worker[]
  },
): Conversation {
  const { store, files } = house
  const workers = [
    createDeliver({ ...house, loadFile: (id, personId) => loadFile(store, files, id, personId) }),
    createTimers(house),
    createFileFetcher(house, files),
    createRemover(house),
    ...(house.more ?? []),
  ]

  const personAt = async (channel: ChannelName, address: string) => {
    const found = await store.db.address.findUnique({
      where: { channel_hash: { channel, hash: store.vault.hash('address', channel, address) } },
      include: { person: true },
    })
    const { role, wrappedKey } = found?.person ?? {}
    return found && role && wrappedKey ? { id: found.personId, role, wrappedKey } : undefined
  }

  const ports: Ports = {
    receive: createReceive(house),
    history: (channel, address, after) => history(store, channel, address, after),
    async keepFile(channel, address, file) {
      let person = await personAt(channel, address)
      // A page may bring a file as the very first thing
      if (!person) {
        await welcome(store, store.sql, { channel, address, at: house.clock() }).catch((error: unknown) => {
          // Somebody else was first with the same person
          if (!isDuplicate(error)) throw error
        })
        person = await personAt(channel, address)
      }
      if (!person) throw new Error('A file came from nobody.')
      const left = await house.space.left(store.sql, person.id, house.clock())
      const cries = file.caption && house.guard.suspects(file.caption, { loaded: person })
      const incoming = { kind: 'document', mime: file.mime, bytes: file.content.length } as const
      if (!cries && within(left, [incoming]).length === 0) throw new UserError(left.why)
      return keepFile(store, files, person, channel, file)
    },
    async readFile(channel, address, id) {
      const person = await personAt(channel, address)
      return person && loadFile(store, files, id, person.id)
    },
  }

  return {
    ports,
    workers,
    async start() {
      if (house.alone) await releaseLeases(store.sql)
      for (const worker of workers) worker.start()
    },
    stop: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
  }
}
