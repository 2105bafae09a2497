/** What a trainer may want to look at, and nobody else: it proves nothing. No place is asked of anybody. Pure. */

export type OwnCheckIn = { enrolmentId: string; point: string | null; at: Date }

export const TOGETHER_MS = 1000
/** In a crowd everybody is within a second of somebody. */
const QUIET_MS = 10_000

/**
 * Two accounts, in the order in which they came, that checked in within a second of each other in a quiet room: perhaps one hand held two telephones. With others around
 * them it tells nothing, unless the same two did it at every point of the day.
 */
export function pairsTogether(checkIns: readonly OwnCheckIn[]): [string, string][] {
  const found = new Map<string, { pair: [string, string]; alone: boolean; points: number }>()
  const points = new Set(checkIns.map(({ point }) => point))
  for (const point of points) {
    const here = checkIns.filter((each) => each.point === point).sort((a, b) => a.at.getTime() - b.at.getTime())
    const gap = (from: number, to: number) =>
      (here[to]?.at.getTime() ?? Number.POSITIVE_INFINITY) - (here[from]?.at.getTime() ?? Number.NEGATIVE_INFINITY)
    here.forEach((one, i) => {
      for (let k = i + 1; k < here.length && gap(i, k) <= TOGETHER_MS; k++) {
        const other = here[k]
        if (!other) continue
        const pair: [string, string] = [one.enrolmentId, other.enrolmentId]
        const key = [...pair].sort().join()
        const alone = k === i + 1 && gap(i - 1, i) > QUIET_MS && gap(k, k + 1) > QUIET_MS
        const known = found.get(key) ?? { pair, alone: false, points: 0 }
        found.set(key, { pair: known.pair, alone: known.alone || alone, points: known.points + 1 })
      }
    })
  }
  return [...found.values()]
    .filter(({ alone, points: n }) => alone || (n > 1 && n === points.size))
    .map(({ pair }) => pair)
}

export type Elsewhere = { enrolmentId: string; startsAt: Date; endsAt: Date }

/** Who checked in by themselves here and on another day that runs at the same time. */
export const inTwoPlaces = (day: { startsAt: Date; endsAt: Date }, elsewhere: readonly Elsewhere[]): string[] => [
  ...new Set(
    elsewhere
      .filter(({ startsAt, endsAt }) => startsAt < day.endsAt && endsAt > day.startsAt)
      .map(({ enrolmentId }) => enrolmentId),
  ),
]
