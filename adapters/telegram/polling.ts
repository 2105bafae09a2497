/**
 * Long polling. Telegram forgets an update as soon as we ask for a later one, so we ask for a later one only when all before it
 * are committed; it gives up to 100 from there each time. While one is held up, we look again for what came behind it.
 */
import type { Clock, Incoming, Ports } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import { createLanes } from '../lanes.js'
import { createOffering } from '../offering.js'
import { gatherAlbums, joinAlbum } from './albums.js'
import type { Telegram } from './api.js'
import { toFailure } from './failures.js'
import type { Health } from './health.js'
import { TELEGRAM_UPDATES_MAX } from './limits.js'
import type { World } from './updates/reading.js'
import { ALLOWED_UPDATES, readUpdate, updateIdOf } from './updates/update.js'

/** How long Telegram holds the line open when there is nothing new (it allows 50 s). */
const LONG_POLL_S = 30
/** Two that read the same bot take turns in being cut off. Who may hold the line open this long is alone again. */
const RIVAL_GONE_S = 5
/** An empty answer sooner than this was not waited for. */
const HELD_OPEN_MIN_MS = 500
/** Beyond that, the line is dead. */
const LONG_POLL_TIMEOUT_MS = (LONG_POLL_S + 15) * 1000
/** How soon to look for updates behind those that are still being taken. */
const LOOK_AGAIN_MS = 200
const LOOK_AGAIN_LONGEST_MS = 1000
/** More than this behind a stuck update, and Telegram's hundred would soon show nothing new to anybody. */
const HELD_MAX = TELEGRAM_UPDATES_MAX / 2

type Held = { done: boolean; stuck: boolean }
type Item = { chat: string; album?: string; incoming: Incoming; held: Held; callbackId?: string }

export type PollingNeeds = {
  call: Telegram
  ports: Ports
  clock: Clock
  health: Health
  world: () => World
  /** Takes the waiting look from a pressed button. */
  answerButton: (callbackId: string) => void
  /** Told of each update that needs no answer. */
  ignored: (what: string) => void
  /** One of the stuck updates is from now on only in memory. */
  setAside: () => void
  signal: AbortSignal
}

/** Resolves when `signal` is aborted and nothing is being received any more. Never rejects. */
export async function poll(needs: PollingNeeds): Promise<void> {
  const { call, ports, clock, health, signal } = needs
  const lanes = createLanes()
  const offering = createOffering({ ports, clock, signal, health })
  /** What we have from Telegram and not yet confirmed, in Telegram's order. */
  const held = new Map<number, Held>()
  let offset: number | undefined
  let wake = () => {}

  const emit = (items: Item[]) => {
    const [first] = items
    if (!first) return
    const parts = items.map((item) => item.incoming)
    const incoming = first.album ? joinAlbum(first.album, parts) : first.incoming
    const committed = () => {
      for (const item of items) item.held.done = true
      if (first.callbackId) needs.answerButton(first.callbackId)
      if (isSettled()) wake()
    }
    const stuck = () => {
      for (const item of items) item.held.stuck = true
    }
    void lanes.run(first.chat, () => offering.offer(incoming, committed, stuck))
  }
  const albums = gatherAlbums(emit)
  const isSettled = () => [...held.values()].every((one) => one.done)

  /** Returns whether it was new. */
  const take = (raw: unknown) => {
    const id = updateIdOf(raw)
    if (id === undefined || held.has(id)) return false
    const reading = readUpdate(raw, needs.world())
    const entry: Held = { done: reading.kind === 'ignored', stuck: false }
    held.set(id, entry)
    if (reading.kind === 'ignored') needs.ignored(reading.what)
    else albums.add({ ...reading, held: entry })
    return true
  }

  /** Moves `offset` past all that is committed. */
  const confirm = () => {
    for (const [id, one] of held) {
      const inTheWay = one.stuck && held.size > HELD_MAX
      if (!one.done && !inTheWay) return
      if (!one.done) needs.setAside()
      offset = id + 1
      held.delete(id)
    }
  }

  let failures = 0
  let tried = false
  let isRivalled = false
  let pause = LOOK_AGAIN_MS
  while (!signal.aborted) {
    // After a failure, and at first, ask without waiting, so that it shows at once that all is well.
    const isQuick: boolean = held.size > 0 || failures > 0 || !tried
    const timeout = isQuick ? 0 : isRivalled ? RIVAL_GONE_S : LONG_POLL_S
    const ask = { limit: TELEGRAM_UPDATES_MAX, timeout, allowed_updates: ALLOWED_UPDATES, ...(offset && { offset }) }
    const askedAt = clock.now().getTime()
    try {
      const batch: unknown = await call((api, stop) => api.getUpdates(ask, stop), {
        signal,
        timeoutMs: LONG_POLL_TIMEOUT_MS,
      })
      if (!Array.isArray(batch)) throw new TypeError('no list of updates')
      tried = true
      failures = 0
      if (!isQuick) isRivalled = false
      if (!isRivalled) health.up()
      const fresh = batch.map(take).includes(true)
      // A Bot API server that does not hold the line open would be asked thousands of times a second.
      const hastened = timeout > 0 && batch.length === 0 && clock.now().getTime() - askedAt < HELD_OPEN_MIN_MS
      if (hastened) await clock.wait(LOOK_AGAIN_MS, signal)
      // Cannot be confirmed, so it would come again at once, for ever.
      if (batch.some((raw) => updateIdOf(raw) === undefined)) await clock.wait(pause, signal)
      albums.looked()
      pause = fresh || albums.isWaiting() ? LOOK_AGAIN_MS : Math.min(pause * 2, LOOK_AGAIN_LONGEST_MS)
    } catch (error) {
      if (signal.aborted) break
      const { code, retryAfterMs } = toFailure(error)
      isRivalled = code === 'TELEGRAM_SECOND_POLLER'
      health.become(code)
      failures += 1
      await clock.wait(retryAfterMs ?? backoffMs(failures), signal)
    }
    if (!isSettled()) {
      const nap = new AbortController()
      wake = () => nap.abort()
      signal.addEventListener('abort', wake, { once: true })
      await clock.wait(pause, nap.signal)
      signal.removeEventListener('abort', wake)
    }
    confirm()
  }
  await lanes.idle()
  await offering.idle()
}
