/** Sends what the outbox holds: in order for each address, within each channel's pace, and never twice what was marked as sent. */
import { closeAddress, moveAddress } from './addresses.js'
import { createPace, type Pace } from './budget.js'
import { type Channel, type ChannelName, DeliveryError, type Outbound, type OutFile } from './channel.js'
import type { House } from './house.js'
import { claimDue, type Due, markEnded, markRetry, markSent, nextDue } from './outbox.js'
import type { Body } from './render.js'
import { createWorker, type Worker } from './worker.js'

const BATCH = 50
/** A message that met this many failures that are nobody's choice is a dead letter. About four days with the pauses below. */
const MAX_ATTEMPTS = 100
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 3_600_000

/** Doubles from a second to an hour: a service that is away for a day finds its messages waiting. */
export const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 12))

export type DeliverHouse = House & {
  channels: Channel[]
  /** The content of a file of this person, ready to be sent. */
  loadFile(fileId: string, personId: string): Promise<OutFile | undefined>
}

export function createDeliver(house: DeliverHouse): Worker {
  const { store, clock, log } = house
  const paces = new Map<ChannelName, Pace>(house.channels.map((channel) => [channel.name, createPace(channel.budget)]))

  const sendOne = async (due: Due): Promise<void> => {
    const channel = house.channel(due.channel)
    if (!channel || !due.wrappedKey || !due.body) return void (await markEnded(store.sql, due.id, 'dropped', 'ERASED'))
    const now = clock()
    const pause = paces.get(due.channel)?.take(due.conversationId, now.getTime()) ?? 0
    if (pause > 0) return void (await markRetry(store.sql, due.id, new Date(now.getTime() + pause), 'PACE', false))
    const drawer = store.vault.drawer(due.personId, due.wrappedKey)
    const address = drawer.openText('address.sealed', due.address)
    try {
      const message = await compose(due, drawer.openJson<Body>('message.body', due.body), address)
      const { messageKey } = await channel.send(message)
      const hash = store.vault.hash('message', due.channel, address, messageKey)
      await markSent(store.sql, due, clock(), { sealed: drawer.seal('message.channel_key', messageKey), hash })
      channel.settled?.(address)
      if (due.caseId) store.signals.emit('case', due.caseId)
    } catch (error) {
      await failed(due, address, error)
    }
  }

  const compose = async (due: Due, body: Body, address: string): Promise<Outbound> => {
    const file = due.fileId ? await house.loadFile(due.fileId, due.personId) : undefined
    const { text, buttons, request } = body
    return {
      id: due.id,
      address,
      text,
      ...(buttons ? { buttons } : {}),
      ...(request ? { request } : {}),
      ...(file ? { file } : {}),
    }
  }

  const failed = async (due: Due, address: string, error: unknown): Promise<void> => {
    const hash = () => store.vault.hash('address', due.channel, address)
    const { policy, code, detail } = error instanceof DeliveryError ? error : UNKNOWN
    log.warn({ code, channel: due.channel, policy, attempts: due.attempts }, 'A message was not delivered.')
    if (policy === 'gone') {
      await markEnded(store.sql, due.id, 'dropped', code)
      await closeAddress(store, due.channel, hash(), 'gone')
      if (due.caseId) store.signals.emit('case', due.caseId)
      return
    }
    if (policy === 'refused' || due.attempts >= MAX_ATTEMPTS) {
      await markEnded(store.sql, due.id, 'dead', code)
      if (due.caseId) store.signals.emit('case', due.caseId)
      return
    }
    if (policy === 'moved' && detail.to) await moveAddress(store, due.channel, hash(), detail.to)
    const pause = policy === 'moved' ? 0 : (detail.retryAfterMs ?? pauseAfter(due.attempts))
    await markRetry(store.sql, due.id, new Date(clock().getTime() + pause), code)
  }

  /** Channels that are down keep their messages; asking them would only count failures. */
  const ready = () => house.channels.filter((channel) => channel.health().state === 'up').map(({ name }) => name)

  return createWorker({
    name: 'deliver',
    log,
    clock,
    async run() {
      const due = await claimDue(store.sql, clock(), ready(), BATCH)
      await Promise.all(due.map(sendOne))
      return due.length > 0 ? clock() : await nextDue(store.sql, ready())
    },
    wakenBy: (wake) => store.signals.on('outbox', wake),
  })
}

const UNKNOWN = { policy: 'retry' as const, code: 'SEND_FAILED', detail: {} as { retryAfterMs?: number; to?: string } }
