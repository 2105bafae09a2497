/** What stands of one person on one day: the fold of the events, which are never changed themselves. Pure. */
import type { PointId } from './windows.js'

export const MARKS = ['present', 'late', 'absent', 'excused'] as const
export type Mark = (typeof MARKS)[number]
export const isMark = (value: unknown): value is Mark => MARKS.some((each) => each === value)

/** The person's own: they came (by typing, by QR), cannot come, object. */
export const OWN_KINDS = ['code', 'qr', 'apology', 'objection'] as const
/** The trainer's: without a telephone, otherwise than it stood, excused, a guest of another group is welcome. */
export const TRAINER_KINDS = ['trainer', 'correction', 'excuse', 'guest'] as const
/** The house's own notes: who asked too early is reminded, once; to whom another group's day was offered. */
export const HOUSE_KINDS = ['early', 'reminded', 'offered'] as const
export type Kind = (typeof OWN_KINDS)[number] | (typeof TRAINER_KINDS)[number] | (typeof HOUSE_KINDS)[number]

export type AttendanceEvent = {
  kind: string
  /** Null: the whole day. */
  point: string | null
  at: Date
  becomes: string | null
  minutes: number | null
}

export type Standing = {
  /** Null: nothing is known yet. */
  mark: Mark | null
  minutes: number
  /** They apologised, and the trainer has not decided yet. */
  proposed: boolean
  /** Until the trainer closes the day. */
  provisional: boolean
  /** By their own check-in rather than by somebody's word. */
  own: boolean
}

const NOTHING: Standing = { mark: null, minutes: 0, proposed: false, provisional: true, own: false }

export const isThere = ({ mark }: Pick<Standing, 'mark'>): boolean => mark === 'present' || mark === 'late'

/** One event more, on what stood. The last word counts; only an apology takes nothing back. */
function after(standing: Standing, { kind, becomes, minutes }: AttendanceEvent): Standing {
  if (!isMark(becomes)) return standing
  if (kind === 'apology') return standing.mark === null ? { ...standing, mark: becomes, proposed: true } : standing
  return { ...standing, mark: becomes, minutes: minutes ?? 0, proposed: false, own: kind === 'code' || kind === 'qr' }
}

/** What stands at a point. When the day is closed, whoever was not marked was absent, and whoever apologised is excused. */
export function standingAt(events: readonly AttendanceEvent[], point: PointId, closed: boolean): Standing {
  const standing = events
    .filter((event) => event.point === null || event.point === point)
    .reduce<Standing>(after, NOTHING)
  if (!closed) return standing
  return { ...standing, mark: standing.mark ?? 'absent', proposed: false, provisional: false }
}

/** Somebody of another group, who makes a module up here: it counts when the trainer here has said so. */
export const isWelcome = (events: readonly Pick<AttendanceEvent, 'kind'>[]): boolean =>
  events.some(({ kind }) => kind === 'guest')
