/** What a centre's hours come to, for whoever writes them: today, next, and what they never reach. */
import type { Centre } from '../../store/generated/client.js'
import { isLanguage, type Language } from '../../text/languages.js'
import { dueAt, type Goals } from '../goals.js'
import type { Hours } from '../hours/hours.js'
import { isOpen, nextOpening, type OpeningIn, openIntervals, openingIn } from '../hours/opening.js'
import { DAY_MS, dayOf, firstAt, wallAt } from '../hours/zone.js'

export type GoalName = `${'urgent' | 'normal'}.${'first' | 'next'}`

export type Preview = {
  open: boolean
  /** HH:MM, from and to; empty on a day without hours. */
  today: { from: string; to: string }[]
  /** When it opens next, if it is closed now; `undefined` also when it never does. */
  next: OpeningIn | undefined
  /** Languages of the centre in which nobody is ever there. */
  silent: Language[]
  /** Goals that these hours never hold: no alarm would ring for them. */
  unreachable: GoalName[]
}

export function previewOf(
  hours: Hours,
  goals: Goals,
  { timeZone: zone, languages }: Pick<Centre, 'timeZone' | 'languages'>,
  now: Date,
): Preview {
  const at = now.getTime()
  const midnight = dayOf(wallAt(zone, at)) * DAY_MS
  const window = { from: firstAt(zone, midnight), to: firstAt(zone, midnight + DAY_MS) }
  const open = isOpen(hours, zone, at)
  const next = open ? undefined : nextOpening(hours, zone, at)
  const clock = (instant: number) => {
    const wall = wallAt(zone, instant) - midnight
    return wall >= DAY_MS ? '24:00' : new Date(wall).toISOString().slice(11, 16)
  }
  const names = ['urgent.first', 'urgent.next', 'normal.first', 'normal.next'] as const
  return {
    open,
    today: openIntervals(hours, zone, window).map(({ from, to }) => ({ from: clock(from), to: clock(to) })),
    next: next === undefined ? undefined : openingIn(next, at, zone),
    silent: languages.filter(isLanguage).filter((language) => nextOpening(hours, zone, at, { language }) === undefined),
    unreachable: names.filter((name) => {
      const [urgency, goal] = name.split('.') as ['urgent' | 'normal', 'first' | 'next']
      return dueAt(goals[urgency][goal], at, hours, zone) === undefined
    }),
  }
}
