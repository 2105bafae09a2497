/** How fast we may speak: a second's allowance for a channel, one bucket for each chat, and a minute's allowance for each group. */
import type { Budget } from './channel.js'
import { createGroupPace, type GroupPace } from './group-pace.js'
import { createSecondPace } from './second-pace.js'

type Bucket = { tokens: number; at: number }

/** A chat may get this many messages at once before the pace of one a second holds (a question after its answer must not wait). */
const CHAT_BURST = 3

export type Pace = {
  /**
   * 0 when this message may go now; otherwise how many milliseconds to wait. Its place is kept for it: asked again after that time it
   * goes, so that many who wait do not all come back for the one place that got free. Who comes back late may be asked to wait once more:
   * what a group takes in a minute is counted when it goes.
   *
   * `group` is the key of the group that the chat is, or is a place of; absent for a person's own chat.
   */
  take(chat: string, message: string, now: number, group?: string): number
}

/** One pace for each channel, shared by everything that speaks on it. */
export const createPaces = (channels: readonly { name: string; budget: Budget }[]): ReadonlyMap<string, Pace> =>
  new Map(channels.map(({ name, budget }) => [name, createPace(budget)]))

/** A place that nobody came back for (its message was dropped) is forgotten after this time. */
const KEPT_PLACE_MS = 60_000
const SWEEP_EVERY_MS = 10_000

export function createPace({ perSecond, perChatPerSecond, perGroupPerMinute }: Budget): Pace {
  const all = createSecondPace(perSecond)
  const chats = new Map<string, Bucket>()
  const groups = new Map<string, GroupPace>()
  const places = new Map<string, number>()

  const groupOf = (key: string): GroupPace => {
    const known = groups.get(key) ?? createGroupPace(perGroupPerMinute)
    groups.set(key, known)
    return known
  }

  const fill = (bucket: Bucket, rate: number, size: number, now: number) => {
    bucket.tokens = Math.min(size, bucket.tokens + (Math.max(0, now - bucket.at) * rate) / 1000)
    bucket.at = now
  }
  const wait = (bucket: Bucket, rate: number) =>
    bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) * 1000) / rate)

  let swept = 0
  /** A full bucket says nothing: forgotten chats cost no memory. Now and then only, or a long outbox would be looked through each time. */
  const sweep = (now: number) => {
    if (now - swept < SWEEP_EVERY_MS) return
    swept = now
    for (const [chat, bucket] of chats) {
      fill(bucket, perChatPerSecond, CHAT_BURST, now)
      if (bucket.tokens >= CHAT_BURST) chats.delete(chat)
    }
    for (const [key, group] of groups) if (group.isIdle(now)) groups.delete(key)
    for (const [message, at] of places) if (now - at > KEPT_PLACE_MS) places.delete(message)
  }

  /** The place has come, unless others who came late have used up this minute. */
  const comeBack = (group: GroupPace, message: string, place: number, now: number): number => {
    const late = Math.ceil(group.still(now) - now)
    if (late > 0) {
      places.set(message, now + late)
      group.book(now + late, place)
    } else group.sent(now, place)
    return late
  }

  return {
    take(chat, message, now, key) {
      const place = places.get(message)
      if (place !== undefined && place > now) return place - now
      if (places.delete(message)) return key === undefined ? 0 : comeBack(groupOf(key), message, place ?? now, now)
      sweep(now)
      const group = key === undefined ? undefined : groupOf(key)
      const mine = chats.get(chat) ?? { tokens: CHAT_BURST, at: now }
      fill(mine, perChatPerSecond, CHAT_BURST, now)
      chats.set(chat, mine)
      const pause = Math.max(
        Math.ceil(all.take(now) - now),
        wait(mine, perChatPerSecond),
        group ? Math.ceil(group.next(now) - now) : 0,
      )
      mine.tokens--
      if (pause > 0) {
        places.set(message, now + pause)
        group?.book(now + pause)
      } else group?.sent(now)
      return pause
    },
  }
}
