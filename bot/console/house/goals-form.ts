/** Goals as a form has them: minutes for what is urgent, hours for the rest, and when to warn. */
import { Goals } from '../../desk/goals.js'
import type { Form } from '../forms.js'

export const GOAL_NAMES = ['urgent.first', 'urgent.next', 'normal.first', 'normal.next'] as const

/** Minutes in one of what the field counts in. */
const UNIT = { urgent: 1, normal: 60 } as const
type Urgency = keyof typeof UNIT

export type GoalsRows = Record<string, string>

export function goalsRows(goals: Goals): GoalsRows {
  const rows: GoalsRows = {}
  for (const urgency of ['urgent', 'normal'] as const) {
    const { warnBefore, ...own } = goals[urgency]
    for (const goal of ['first', 'next'] as const) {
      rows[`${urgency}.${goal}`] = String(Math.round((own[goal].minutes / UNIT[urgency]) * 100) / 100)
      rows[`${urgency}.${goal}.clock`] = own[goal].clock
    }
    const share = 'share' in warnBefore ? warnBefore.share : warnBefore.minutes / own.first.minutes
    rows[`${urgency}.warn`] = String(Math.round(share * 100))
  }
  return rows
}

export function readGoalsRows(form: Form): GoalsRows {
  const names = [...GOAL_NAMES.flatMap((name) => [name, `${name}.clock`]), 'urgent.warn', 'normal.warn']
  return Object.fromEntries(names.map((name) => [name, form.field(name).trim()]))
}

/** The goals, or the fields in which something is wrong, each with its code. */
export function checkGoals(rows: GoalsRows): { goals?: Goals; problems: Record<string, string> } {
  const number = (name: string) => Number((rows[name] ?? '').replace(',', '.') || Number.NaN)
  const one = (urgency: Urgency) => ({
    first: goal(urgency, 'first'),
    next: goal(urgency, 'next'),
    warnBefore: { share: number(`${urgency}.warn`) / 100 },
  })
  const goal = (urgency: Urgency, name: string) => ({
    minutes: Math.round(number(`${urgency}.${name}`) * UNIT[urgency]),
    clock: rows[`${urgency}.${name}.clock`],
  })
  const read = Goals.safeParse({ urgent: one('urgent'), normal: one('normal') })
  if (read.success) return { goals: read.data, problems: {} }
  const problems = read.error.issues.map(({ path, message }): [string, string] => [
    path[1] === 'warnBefore' ? `${String(path[0])}.warn` : `${String(path[0])}.${String(path[1])}`,
    message.startsWith('goals.') ? message : 'goals.minutes',
  ])
  return { problems: Object.fromEntries(problems) }
}
