/**
 * What the workers of a programme owe, what each has done of it, and the paper that says so. No pages.
 *
 * The rule itself, pure: facts in, what is still missing out. Nothing that somebody does more ever takes a certificate away.
 */
import type { State } from '../reports/states.js'
import type { ProgrammeRules } from '../rules.js'

/** Made up: on a day of another group. Part: at some points of the day. Ahead: no day of it is closed yet. */
export const MODULE_STATES = ['attended', 'madeUp', 'part', 'excused', 'missed', 'ahead'] as const
export type ModuleState = (typeof MODULE_STATES)[number]

/** `share`: how much of the day they were there, from 0 to 1; every point of a day stands for the same part of it. */
export type ModuleDuty = { module: number; state: ModuleState; share: number }

/** A month of which a report is expected; `over` where they live. */
export type MonthDuty = { period: string; over: boolean; state: State }

export type Facts = { modules: readonly ModuleDuty[]; months: readonly MonthDuty[]; feedback: number }

export type Missing =
  | { kind: 'module'; module: number; why: Exclude<ModuleState, 'attended' | 'madeUp'> }
  | { kind: 'hours'; hours: number }
  | { kind: 'month'; period: string; why: MonthWhy }
  | { kind: 'feedback'; count: number }

/** `waits`: sent, and a coordinator has not approved it yet. */
export type MonthWhy = 'due' | 'draft' | 'returned' | 'waits'

type Rules = Pick<ProgrammeRules, 'certificate' | 'hoursPerModule'>

/** A third of a day is no number that a computer can write: what differs by less than this is the same. */
const EPSILON = 1e-6

export const isWhole = ({ share }: Pick<ModuleDuty, 'share'>): boolean => share > 1 - EPSILON

export function hoursOf({ hoursPerModule }: Pick<Rules, 'hoursPerModule'>, modules: readonly ModuleDuty[]): number {
  const hours = modules.reduce((sum, { share }) => sum + share * hoursPerModule, 0)
  return Math.round(hours * 100) / 100
}

const whyOf = (state: State): MonthWhy | undefined => {
  switch (state) {
    case 'approved':
      return undefined
    case 'submitted':
    case 'resubmitted':
    case 'nothing':
      return 'waits'
    default:
      return state
  }
}

/** A month that runs still is owed by nobody; what was never sent, or came back, is. Approved is done: a colleague has looked at it. */
export const monthWhy = ({ over, state }: MonthDuty): MonthWhy | undefined => (over ? whyOf(state) : undefined)

/** What a certificate still takes, in the order in which it is done; nothing: it can be issued. */
export function missingOf(rules: Rules, { modules, months, feedback }: Facts): Missing[] {
  const { hours, everyReport, feedbackFrom } = rules.certificate
  const lacking = hours - hoursOf(rules, modules)
  const missing: Missing[] = []
  if (lacking > EPSILON) {
    for (const { module, state, share } of modules)
      if (!isWhole({ share }) && state !== 'attended' && state !== 'madeUp')
        missing.push({ kind: 'module', module, why: state })
    // More hours than all modules together have
    if (missing.length === 0) missing.push({ kind: 'hours', hours: lacking })
  }
  if (everyReport)
    for (const month of months) {
      const why = monthWhy(month)
      if (why) missing.push({ kind: 'month', period: month.period, why })
    }
  if (feedback < feedbackFrom) missing.push({ kind: 'feedback', count: feedbackFrom - feedback })
  return missing
}
