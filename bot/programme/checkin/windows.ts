/** When one can check in: points of a day, each with its window, in the zone in which the group meets. Pure. */
import { z } from 'zod'
import { DAY_MS, dayOf, firstAt, wallAt } from '../../desk/hours/zone.js'
import { CheckinRules } from '../rules.js'

/** In the order of the day. */
export const POINTS = ['arrival', 'lunch', 'third'] as const
export type PointId = (typeof POINTS)[number]
export const isPoint = (value: unknown): value is PointId => POINTS.some((each) => each === value)

const MINUTE = 60_000
export const OPENS_BEFORE_MS = 30 * MINUTE
export const ON_TIME_MS = 10 * MINUTE

/** The part of a programme's rules that is read here; a third point is asked for by a time of its own. */
const Rules = z.object({ checkin: CheckinRules.optional() })

export type Day = { startsAt: Date; endsAt: Date; timeZone: string; rules: unknown }
export type Point = { id: PointId; startsAt: Date; opensAt: Date }

const point = (id: PointId, at: number): Point => ({
  id,
  startsAt: new Date(at),
  opensAt: new Date(at - OPENS_BEFORE_MS),
})

/** The points of a day. A time that does not lie within it is none; unless the rules say otherwise, "after lunch" is its middle. */
export function pointsOf({ startsAt, endsAt, timeZone, rules }: Day): Point[] {
  const { checkin = {} } = Rules.safeParse(rules).data ?? {}
  const start = startsAt.getTime()
  const end = endsAt.getTime()
  const midnight = dayOf(wallAt(timeZone, start)) * DAY_MS
  const onTheWall = (time: string) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    return firstAt(timeZone, midnight + (hours * 60 + minutes) * MINUTE)
  }
  const middle = start + Math.floor((end - start) / 2 / MINUTE) * MINUTE
  const lunch = checkin.lunch ? onTheWall(checkin.lunch) : middle
  const later: [PointId, number][] = [['lunch', lunch]]
  if (checkin.third) later.push(['third', onTheWall(checkin.third)])
  const inside = later.filter(([, at]) => at > start && at < end).sort(([, a], [, b]) => a - b)
  return [point('arrival', start), ...inside.map(([id, at]) => point(id, at))]
}

export type Verdict =
  | { kind: 'early'; point: Point }
  | { kind: 'onTime'; point: Point }
  | { kind: 'late'; point: Point; minutes: number }

/** What a check-in at this moment is worth. The newest window counts; one stays open, later and later, until the trainer closes the day. */
export function verdictAt(points: readonly Point[], now: Date): Verdict {
  const [first] = points
  if (!first) throw new Error('A day has an arrival at least.')
  const open = points.findLast(({ opensAt }) => opensAt <= now)
  if (!open) return { kind: 'early', point: first }
  const late = now.getTime() - open.startsAt.getTime()
  return late <= ON_TIME_MS
    ? { kind: 'onTime', point: open }
    : { kind: 'late', point: open, minutes: Math.floor(late / MINUTE) }
}

/** The next window that is still shut, if there is one. */
export const nextPoint = (points: readonly Point[], now: Date): Point | undefined =>
  points.find(({ opensAt }) => opensAt > now)

/** What a clock in that zone shows: "8:30". */
export function clockIn(timeZone: string, at: Date): string {
  const wall = new Date(wallAt(timeZone, at.getTime()))
  return `${wall.getUTCHours()}:${String(wall.getUTCMinutes()).padStart(2, '0')}`
}

/** The day there, as YYYY-MM-DD. */
export const dateIn = (timeZone: string, at: Date): string =>
  new Date(wallAt(timeZone, at.getTime())).toISOString().slice(0, 10)
