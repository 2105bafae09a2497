/** What can become of a report, in one table. What does not stand in it is refused. */

/** What the database keeps. `due` is the row of a month of which nothing was written yet (a longer time was given, say). */
export const STATES = ['due', 'draft', 'submitted', 'returned', 'resubmitted', 'approved', 'nothing'] as const
export type State = (typeof STATES)[number]

export const EVENTS = ['begin', 'submit', 'nothing', 'undo', 'return', 'approve'] as const
export type ReportEventName = (typeof EVENTS)[number]

type Moves = Partial<Record<State, State>>

/** Zero is confirmed by whoever reports it, and is never what is merely missing. It is taken back, and edited, until it is approved. */
export const MOVES: Record<ReportEventName, Moves> = {
  /** A first answer. What was sent is no draft again: it stands until its next version comes. */
  begin: {
    due: 'draft',
    draft: 'draft',
    submitted: 'submitted',
    returned: 'returned',
    resubmitted: 'resubmitted',
    nothing: 'nothing',
  },
  submit: {
    due: 'submitted',
    draft: 'submitted',
    submitted: 'submitted',
    returned: 'resubmitted',
    resubmitted: 'resubmitted',
    nothing: 'submitted',
  },
  nothing: {
    due: 'nothing',
    draft: 'nothing',
    submitted: 'nothing',
    returned: 'nothing',
    resubmitted: 'nothing',
    nothing: 'nothing',
  },
  undo: { nothing: 'draft' },
  /** The coordinator's exception: also what was approved. */
  return: { submitted: 'returned', resubmitted: 'returned', nothing: 'returned', approved: 'returned' },
  approve: { submitted: 'approved', resubmitted: 'approved', nothing: 'approved' },
}

export type Standing = { state: State; locked: boolean }

/** Where an event leads, or why it does not. A lock holds everything as it is. */
export function leadsTo(now: Standing, event: ReportEventName): State | 'locked' | 'refused' {
  if (now.locked) return 'locked'
  return MOVES[event][now.state] ?? 'refused'
}

/** Waits for whoever reports. */
export const OPEN_STATES = ['due', 'draft', 'returned'] as const satisfies State[]
export const isOpen = (state: State): boolean => OPEN_STATES.some((each) => each === state)

export const isState = (state: string): state is State => STATES.some((each) => each === state)

/** What a month looks like to people. */
export type Shown = State | 'notExpected' | 'notDue' | 'locked'

export type Month = {
  expected: boolean
  /** The month is over where they live. */
  over: boolean
  report: Standing | undefined
}

/** A month that nobody expects shows a report all the same when there is one. */
export function shown({ expected, over, report }: Month): Shown {
  if (report?.locked) return 'locked'
  if (report && report.state !== 'due') return report.state
  if (!expected) return 'notExpected'
  return over ? 'due' : 'notDue'
}

/** Late: sent after the day it was due, or still not there after it. */
export const isLate = (due: string, sentOn: string | null, today: string): boolean => (sentOn ?? today) > due
