/** Attendance counts by module: a day that was missed is made up on any group's day of the same module. Pure. */
import { type AttendanceEvent, isThere, isWelcome, standingAt } from './attendance.js'
import { type Day, pointsOf } from './windows.js'

export type AttendedDay = Day & {
  module: number
  closed: boolean
  /** Of another group than the person's own. */
  elsewhere: boolean
  events: readonly AttendanceEvent[]
}

/** Whole: there at every point of a day. Part: at some. Excused is not there, and can be made up. */
export type ModuleState = 'whole' | 'part' | 'missed' | 'open'

const RANK: Record<ModuleState, number> = { open: 0, missed: 1, part: 2, whole: 3 }

function stateOf(day: AttendedDay): ModuleState {
  if (!day.closed) return 'open'
  if (day.elsewhere && !isWelcome(day.events)) return 'missed'
  const points = pointsOf(day)
  const there = points.filter(({ id }) => isThere(standingAt(day.events, id, true))).length
  if (there === points.length) return 'whole'
  return there > 0 ? 'part' : 'missed'
}

/** The best that each module came to, on whichever day. A module of which no day was closed is open. */
export function moduleStates(days: readonly AttendedDay[]): Map<number, ModuleState> {
  const best = new Map<number, ModuleState>()
  for (const day of days) {
    const state = stateOf(day)
    if (RANK[state] >= RANK[best.get(day.module) ?? 'open']) best.set(day.module, state)
  }
  return best
}
