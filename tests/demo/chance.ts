/** Chance that comes out the same for the same seed (mulberry32, by Tommy Ettinger, in the public domain). */
export type Chance = {
  /** A chance of its own, for whoever acts beside others. */
  fork(): Chance
  whole(from: number, to: number): number
  /** True that often. */
  often(share: number): boolean
  oneOf<T>(list: readonly [T, ...T[]]): T
  /** So many of them, in their own order. */
  some<T>(list: readonly T[], count: number): T[]
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    fork: () => createChance(whole(0, 2 ** 31)),
    whole,
    often: (share) => next() < share,
    oneOf(list) {
      return list[whole(0, list.length - 1)] ?? list[0]
    },
    some(list, count) {
      const left = list.map((_, place) => place)
      while (left.length > count) left.splice(whole(0, left.length - 1), 1)
      return left.flatMap((place) => list[place] ?? [])
    },
  }
}
