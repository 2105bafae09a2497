/** Sorting by several things, the first that differs decides. */

/** Smaller comes first; `false` before `true`. */
type Rank = number | boolean | string

export function byRanks<T>(list: readonly T[], ranks: (each: T) => readonly Rank[]): T[] {
  return list
    .map((each) => ({ each, own: ranks(each) }))
    .sort((one, other) => compare(one.own, other.own))
    .map(({ each }) => each)
}

function compare(one: readonly Rank[], other: readonly Rank[]): number {
  for (const [nth, rank] of one.entries()) {
    const against = other[nth]
    if (against === undefined || rank === against) continue
    return rank < against ? -1 : 1
  }
  return 0
}
