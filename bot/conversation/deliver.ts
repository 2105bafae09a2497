/** Sends what the outbox holds: in order for each address, within each channel's pace, and never twice what was marked as sent. */
import { isTrouble } from '../store/trouble.js'
import type { Drawer } from '../store/vault.js'
import { closeAddress, moveAddress } from './addresses.js'
import type { Pace } from './budget.js'
import { type Channel, type ChannelHealth, DeliveryError, type Outbound, type OutFile, type Sent } from './channel.js'
import type { House } from './house.js'
import { claimDue, type Due, keyOf, markEnded, markRetry, markSent, nextDue } from './outbox.js'
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
  paces: ReadonlyMap<string, Pace>
  /** The content of a file of this person, ready to be sent. */
  loadFile(fileId: string, personId: string): Promise<OutFile | undefined>
}

export function createDeliver(house: DeliverHouse): Worker {
  const { store, clock, log } = house
  /** Sent, but the database was away before it could be marked: marked at the next claim instead of sent again. */
  const unmarked = new Map<string, Sent>()
  /** What is being sent. One slow chat must not keep the others waiting, so nobody waits for all of them. */
  const flying = new Set<Promise<void>>()
  let trouble: { error: unknown } | undefined
  let land: () => void = () => undefined

  /** What a flight met, the worker tells. */
  const tellTrouble = (): void => {
    if (!trouble) return
    const { error } = trouble
    trouble = undefined
    throw error
  }

  const fly = (due: Due): void => {
    const flight: Promise<void> = sendOne(due)
      .catch((error: unknown) => {
        trouble = { error }
      })
      .finally(() => {
        flying.delete(flight)
        land()
      })
    flying.add(flight)
  }

  const sendOne = async (due: Due): Promise<void> => {
    const channel = house.channel(due.channel)
    if (!channel || !due.wrappedKey || !due.body) return void (await markEnded(store.sql, due.id, 'dropped', 'ERASED'))
    let parcel: { drawer: Drawer; address: string; message: Outbound }
    try {
      const drawer = store.vault.drawer(due.personId, due.wrappedKey)
      const address = drawer.openText('address.sealed', due.address)
      const message = await compose(due, drawer, address)
      parcel = { drawer, address, message }
    } catch (error) {
      if (isTrouble(error)) throw error
      // What cannot be opened today cannot be opened tomorrow; staff see it.
      log.warn({ code: 'UNREADABLE', channel: due.channel }, 'A message could not be read.')
      return void (await markEnded(store.sql, due.id, 'dead', 'UNREADABLE'))
    }
    const { drawer, address, message } = parcel
    let sent = unmarked.get(due.id)
    if (!sent) {
      const now = clock()
      const pause = house.paces.get(due.channel)?.take(due.conversationId, due.id, now.getTime()) ?? 0
      if (pause > 0) return void (await markRetry(store.sql, due.id, new Date(now.getTime() + pause), 'PACE', false))
      try {
        sent = await channel.send(message)
      } catch (error) {
        return failed(due, address, error)
      }
      unmarked.set(due.id, sent)
    }
    const hash = store.vault.hash('message', due.channel, address, sent.messageKey)
    const key = { sealed: drawer.seal('message.channel_key', sent.messageKey), hash }
    const stands = await markSent(store.sql, due, clock(), key)
    unmarked.delete(due.id)
    // It was dropped while it was on its way (the person cleared the chat, or erased everything): taken back.
    if (!stands) await channel.remove?.(address, sent.messageKey).catch(() => undefined)
    channel.settled?.(address)
    if (due.caseId) store.signals.emit('case', due.caseId)
  }

  const compose = async (due: Due, drawer: Drawer, address: string): Promise<Outbound> => {
    const file = due.fileId ? await house.loadFile(due.fileId, due.personId) : undefined
    const { text, buttons, request, picker, edits } = drawer.openJson<Body>(
      'message.body',
      due.body ?? new Uint8Array(),
    )
    const open = (key: Uint8Array | null | undefined) => (key ? drawer.openText('message.channel_key', key) : undefined)
    const replyTo = open(due.answersKey)
    const edited = edits && open(await keyOf(store.sql, edits))
    return {
      id: due.id,
      address,
      text,
      ...(replyTo ? { replyTo } : {}),
      ...(edited ? { edits: edited } : {}),
      ...(due.attempts > 1 ? { again: true } : {}),
      ...(buttons ? { buttons } : {}),
      ...(request ? { request } : {}),
      ...(picker ? { picker } : {}),
      ...(file ? { file } : {}),
    }
  }

  const failed = async (due: Due, address: string, error: unknown): Promise<void> => {
    const hash = () => store.vault.hash('address', due.channel, address)
    const { policy, code, detail } = error instanceof DeliveryError ? error : UNKNOWN
    log.warn({ code, channel: due.channel, policy, attempts: due.attempts }, 'A message was not delivered.')
    const gone = policy === 'gone'
    if (gone || policy === 'refused' || due.attempts >= MAX_ATTEMPTS) {
      // Closed in one statement with all that waits: ended first, the next message would be tried in between.
      if (gone) await closeAddress(store, due.channel, hash(), 'gone')
      else await markEnded(store.sql, due.id, 'dead', code)
      if (due.caseId) store.signals.emit('case', due.caseId)
      return
    }
    if (policy === 'moved' && detail.to) await moveAddress(store, due.channel, hash(), detail.to)
    const pause = policy === 'moved' && detail.to ? 0 : (detail.retryAfterMs ?? pauseAfter(due.attempts))
    await markRetry(store.sql, due.id, new Date(clock().getTime() + pause), code)
  }

  /** Channels that are down keep their messages; asking them would only count failures. */
  const ready = () => house.channels.filter((channel) => canSend(channel.health())).map(({ name }) => name)

  const worker = createWorker({
    name: 'deliver',
    log,
    clock,
    async run() {
      // From here on, a message that comes or a place that gets free ends the wait below.
      const landed = new Promise<void>((resolve) => {
        land = resolve
      })
      tellTrouble()
      const due = flying.size < BATCH ? await claimDue(store.sql, clock(), ready(), BATCH - flying.size) : []
      for (const each of due) fly(each)
      if (due.length > 0) return clock()
      tellTrouble()
      if (flying.size === 0) return nextDue(store.sql, ready())
      await landed
      return clock()
    },
    wakenBy: (wake) =>
      store.signals.on('outbox', () => {
        land()
        wake()
      }),
  })
  return {
    ...worker,
    async stop() {
      land()
      await worker.stop()
      await Promise.all(flying)
    },
  }
}

const canSend = ({ state, sends }: ChannelHealth) => state === 'up' || sends === true

const UNKNOWN = { policy: 'retry' as const, code: 'SEND_FAILED', detail: {} as { retryAfterMs?: number; to?: string } }
