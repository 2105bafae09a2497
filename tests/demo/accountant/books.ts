/** What the accountant has counted. */

export type Mark = 'here' | 'late' | 'not here' | 'excused'
export type PointName = 'arrival' | 'after lunch'
export type Attended = { mark: Mark; minutes: number }
export type Day = {
  group: string
  module: number
  closed: boolean
  people: Map<string, Record<PointName, Attended>>
  guests: Map<string, Record<PointName, Attended>>
  welcome: Set<string>
}

export type Answer = number | string | readonly string[] | null
export type State =
  | 'not due yet'
  | 'missing'
  | 'begun'
  | 'sent'
  | 'given back'
  | 'sent again'
  | 'approved'
  | 'nothing to report'
  | 'locked'

export type Report = {
  person: string
  period: string
  state: State
  /** What it was when it was locked. */
  held: State | undefined
  late: boolean
  sentOn: string | undefined
  versions: number
  /** Of the last version, by question; undefined where nothing was sent, or there was nothing. */
  answers: Map<string, Answer> | undefined
  /** Its numbers stand in the sums. */
  counted: boolean
}

/** What one client said. */
export type Opinion = { worker: string; period: string; said: Readonly<Record<string, string>>; line: string }

export type Duty = {
  hours: number
  ofHours: number
  /** Modules attended from morning to evening. */
  whole: number
  /** Reports that are approved, of the months that are over. */
  approved: number
  due: number
  feedback: number
  /** So many things a certificate still takes. */
  missing: number
}

export type Support = { people: number; fulfilled: number; counted: number; amount: number }

export type Books = {
  programme: string
  groups: string[]
  people: Map<string, { group: string; city: string; organisation: string; joined: boolean }>
  days: Day[]
  reports: Map<string, Report>
  /** In the order in which they came. */
  opinions: Opinion[]
  duties: Map<string, Duty>
}

export const reportKey = (person: string, period: string): string => `${period} ${person}`
