/**
 * How many messages a channel takes in any second, whenever that begins. A bucket that fills up while it is emptied would let out twice as
 * many in the first one; here each place is a second after the one that is so many before it.
 */
const SECOND_MS = 1000
/** Places that passed are thrown away so many at a time. */
const SWEEP_AT = 1024

export type SecondPace = {
  /** The next place in line: now, or later. It is taken. */
  take(now: number): number
}

export function createSecondPace(perSecond: number): SecondPace {
  const size = Math.max(1, Math.floor(perSecond))
  /** In order: those of the last second, and those that are still to come. */
  const places: number[] = []
  let first = 0
  return {
    take(now) {
      for (let at = places[first]; at !== undefined && at <= now - SECOND_MS; at = places[first]) first++
      if (first >= SWEEP_AT) places.splice(0, first)
      if (first >= SWEEP_AT) first = 0
      const before = places.length - first < size ? undefined : places[places.length - size]
      const place = Math.max(now, before === undefined ? now : before + SECOND_MS)
      places.push(place)
      return place
    },
  }
}
