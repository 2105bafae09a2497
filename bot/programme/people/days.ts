/** Whole days, as the programme counts them: `2026-10-05`, kept as that day's first moment in UTC. */
import { wallAt } from '../../desk/hours/zone.js'
import { UserError } from '../../errors.js'

const DAY_MS = 86_400_000

/** @throws UserError badDay */
export function dayOf(text: string): Date {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  // The thirty-first of a shorter month reads as a day of the next one
  if (!at || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text) throw new UserError('badDay')
  return at
}

export const wordOf = (day: Date): string => day.toISOString().slice(0, 10)

export const dayBefore = (day: Date): Date => new Date(day.getTime() - DAY_MS)

/** The day that it is now in this zone. */
export const todayIn = (timeZone: string, now: Date): Date => dayOf(wallOf(timeZone, now).day)

/** What calendar and clock show in that zone: `2026-12-05`, `09:00`. */
export function wallOf(timeZone: string, at: Date): { day: string; time: string } {
  const wall = new Date(wallAt(timeZone, at.getTime())).toISOString()
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) }
}
