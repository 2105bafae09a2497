/** How fast we may speak: one bucket for a channel, one for each chat. */
import type { Budget } from './channel.js'

type Bucket = { tokens: number; at: number }

/** A chat may get this many messages at once before the pace of one a second holds (a question after its answer must not wait). */
const CHAT_BURST = 3

export type Pace = {
  /** Takes a place now and returns 0, or returns how many milliseconds to wait. */
  take(chat: string, now: number): number
}

export function createPace({ perSecond, perChatPerSecond }: Budget): Pace {
  const all: Bucket = { tokens: perSecond, at: 0 }
  const chats = new Map<string, Bucket>()

  const fill = (bucket: Bucket, rate: number, size: number, now: number) => {
    bucket.tokens = Math.min(size, bucket.tokens + (Math.max(0, now - bucket.at) * rate) / 1000)
    bucket.at = now
  }
  const wait = (bucket: Bucket, rate: number) =>
    bucket.tokens >= 1 ? 0 : Math.ceil(((1 - bucket.tokens) * 1000) / rate)

  /** A full bucket says nothing: forgotten chats cost no memory. */
  const sweep = (now: number) => {
    for (const [chat, bucket] of chats) if (now - bucket.at > (CHAT_BURST * 1000) / perChatPerSecond) chats.delete(chat)
  }

  return {
    take(chat, now) {
      if (chats.size > 10_000) sweep(now)
      const mine = chats.get(chat) ?? { tokens: CHAT_BURST, at: now }
      fill(all, perSecond, perSecond, now)
      fill(mine, perChatPerSecond, CHAT_BURST, now)
      chats.set(chat, mine)
      const pause = Math.max(wait(all, perSecond), wait(mine, perChatPerSecond))
      if (pause > 0) return pause
      all.tokens--
      mine.tokens--
      return 0
    },
  }
}
