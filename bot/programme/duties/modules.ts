/** What each module came to for one person: the best of their own days, and of those on which they made it up. Pure. */
import { isThere, isWelcome, standingAt } from '../checkin/attendance.js'
import type { AttendedDay } from '../checkin/modules.js'
import { pointsOf } from '../checkin/windows.js'
import { MODULE_STATES, type ModuleDuty } from './rule.js'

/** Undefined for a day that says nothing of them: a guest whom the trainer there has not welcomed. */
function dutyOn(day: AttendedDay): ModuleDuty | undefined {
  const { module } = day
  if (day.elsewhere && !isWelcome(day.events)) return undefined
  // Until the trainer closes the day its attendance is provisional
  if (!day.closed) return { module, state: 'ahead', share: 0 }
  const standings = pointsOf(day).map(({ id }) => standingAt(day.events, id, true))
  const there = standings.filter(isThere).length
  if (there === standings.length) return { module, state: day.elsewhere ? 'madeUp' : 'attended', share: 1 }
  if (there > 0) return { module, state: 'part', share: there / standings.length }
  return { module, state: standings.some(({ mark }) => mark === 'excused') ? 'excused' : 'missed', share: 0 }
}

const rank = ({ state }: ModuleDuty): number => -MODULE_STATES.indexOf(state)

const isBetter = (one: ModuleDuty, other: ModuleDuty): boolean =>
  one.share === other.share ? rank(one) > rank(other) : one.share > other.share

/** Of modules 1 to `modules`; one of which there was no day is ahead. */
export function moduleDuties(modules: number, days: readonly AttendedDay[]): ModuleDuty[] {
  return Array.from({ length: modules }, (_, index) => {
    const ahead: ModuleDuty = { module: index + 1, state: 'ahead', share: 0 }
    return days
      .filter(({ module }) => module === ahead.module)
      .flatMap((day) => dutyOn(day) ?? [])
      .reduce((best, each) => (isBetter(each, best) ? each : best), ahead)
  })
}
