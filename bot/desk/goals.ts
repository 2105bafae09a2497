/**
 * How soon somebody must answer, and how a case stands against it. Whoever is told, and how, is said elsewhere; how an urgent case
 * that nobody takes climbs is in `ladder.ts`.
 */
import { z } from 'zod'
import type { Urgency } from './cases.js'
import type { Hours, HoursFilter } from './hours/hours.js'
import { addWorkingTime } from './hours/working-time.js'

const MINUTE_MS = 60_000
/** Thirty days: a goal beyond it would comfort nobody. */
const GOAL_MAX_MINUTES = 43_200

/** `working`: minutes in which the centre is open; `wall`: minutes by the clock. */
export const Goal = z.strictObject({
  minutes: z.int('goals.minutes').min(1, 'goals.minutes').max(GOAL_MAX_MINUTES, 'goals.minutes'),
  clock: z.enum(['working', 'wall'], 'goals.clock'),
})
export type Goal = z.infer<typeof Goal>

const WARN = 'goals.warnBefore'

/** What is left of the goal's own time when people are warned: a share of it, or minutes. */
const WarnBefore = z.union(
  [
    z.strictObject({ share: z.number(WARN).gt(0, WARN).lt(1, WARN) }),
    z.strictObject({ minutes: z.int(WARN).min(1, WARN).max(GOAL_MAX_MINUTES, WARN) }),
  ],
  WARN,
)
type WarnBefore = z.infer<typeof WarnBefore>

/** `first`: until the first words of a human; `next`: until the client's later words are answered. */
const GoalsOfOneUrgency = z.strictObject({ first: Goal, next: Goal, warnBefore: WarnBefore })

/** As it is stored for a centre. Messages are codes (`goals.minutes`, `goals.clock`, `goals.warnBefore`). */
export const Goals = z.strictObject({ urgent: GoalsOfOneUrgency, normal: GoalsOfOneUrgency })
export type Goals = z.infer<typeof Goals>

/** Danger does not wait for the morning; everything else may be answered within the working day. */
export const DEFAULT_GOALS: Goals = {
  urgent: {
    first: { minutes: 10, clock: 'wall' },
    next: { minutes: 15, clock: 'wall' },
    warnBefore: { share: 0.25 },
  },
  normal: {
    first: { minutes: 4 * 60, clock: 'working' },
    next: { minutes: 8 * 60, clock: 'working' },
    warnBefore: { share: 0.25 },
  },
}

/**
 * Epoch ms at which the goal is missed. `undefined` when the centre's hours never hold that much working time: whoever stored such
 * hours must be told, for no alarm will ring.
 */
export function dueAt(
  { minutes, clock }: Goal,
  from: number,
  hours: Hours,
  zone: string,
  filter?: HoursFilter,
): number | undefined {
  const ms = Math.round(minutes * MINUTE_MS)
  return clock === 'wall' ? from + ms : addWorkingTime(hours, zone, from, ms, filter)
}

/** What of a case counts; epoch ms. */
export type AnswerFacts = {
  urgency: Urgency
  openedAt: number
  firstReplyAt: number | null
  /** When the oldest unanswered words came; null when nobody waits. */
  waitingSince: number | null
  /** When an ordinary case became urgent: the short goal cannot have run before. */
  urgentSince?: number | null | undefined
}

/** Whose working time counts. */
export type Timetable = { hours: Hours; zone: string; filter?: HoursFilter | undefined }

export type Standing = {
  goal: 'first' | 'next'
  /** When its time began to run. */
  since: number
  /** Epoch ms; `undefined` when the hours never hold that much working time. */
  due: number | undefined
  warnAt: number | undefined
  /** Before the breach only. */
  warned: boolean
  /** From the instant `due` on. */
  breached: boolean
}

/** `undefined` when the client waits for nothing. */
export function standing(
  facts: AnswerFacts,
  goals: Goals,
  { hours, zone, filter }: Timetable,
  now: number,
): Standing | undefined {
  if (facts.waitingSince === null) return undefined
  const { warnBefore, ...own } = goals[facts.urgency]
  const goal = facts.firstReplyAt === null ? 'first' : 'next'
  const waits = goal === 'first' ? facts.openedAt : facts.waitingSince
  const since = facts.urgency === 'urgent' ? Math.max(waits, facts.urgentSince ?? waits) : waits
  const due = dueAt(own[goal], since, hours, zone, filter)
  const warnAt = dueAt(untilWarning(own[goal], warnBefore), since, hours, zone, filter)
  const breached = due !== undefined && now >= due
  return { goal, since, due, warnAt, warned: !breached && warnAt !== undefined && now >= warnAt, breached }
}

/** The warning runs by the goal's own clock; one that would come before the goal began comes at once. */
function untilWarning({ minutes, clock }: Goal, before: WarnBefore): Goal {
  const left = 'share' in before ? minutes * before.share : before.minutes
  return { minutes: Math.max(0, minutes - left), clock }
}
