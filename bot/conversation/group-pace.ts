/**
 * How many messages a minute one group takes, whatever topics they go to. The allowance may be used all at once; who comes then gets a
 * place in line, evenly spread, so that not all of them go the moment the minute is over.
 */
const MINUTE_MS = 60_000

export type GroupPace = {
  /** When a message that asks now may go: now, or a place behind those that wait already. */
  next(now: number): number
  /** Keeps this place in line, instead of an earlier one. */
  book(at: number, instead?: number): void
  /** When a message whose place has come may really go. Others may have gone later than their own places said. */
  still(now: number): number
  /** It goes now; `booked` is the place that it had. */
  sent(now: number, booked?: number): void
  /** Nothing is remembered that could hold up anybody. */
  isIdle(now: number): boolean
}

export function createGroupPace(perMinute: number): GroupPace {
  /** The minute's places, taken or kept, in order; one that nobody came for passes away with its minute. */
  const places: number[] = []
  /** When the last `perMinute` messages really went: what the limit is measured by. */
  const gone: number[] = []

  const forget = (now: number) => {
    while (places[0] !== undefined && places[0] <= now - MINUTE_MS) places.shift()
  }
  const put = (at: number, instead?: number) => {
    const kept = instead === undefined ? -1 : places.indexOf(instead)
    if (kept >= 0) places.splice(kept, 1)
    const behind = places.findLastIndex((place) => place <= at)
    places.splice(behind + 1, 0, at)
  }
  const still = (now: number) => Math.max(now, gone.length < perMinute ? now : (gone[0] ?? now) + MINUTE_MS)

  return {
    next(now) {
      forget(now)
      const last = places.at(-1)
      if (places.length < perMinute || last === undefined) return still(now)
      return Math.max(still(now), (places.at(-perMinute) ?? now) + MINUTE_MS, last + MINUTE_MS / perMinute)
    },
    book: put,
    still,
    sent(now, booked) {
      put(now, booked)
      gone.push(now)
      if (gone.length > perMinute) gone.shift()
    },
    isIdle(now) {
      forget(now)
      return places.length === 0
    },
  }
}
