/** How long each kind of thing is kept, in one place (S13, S14): whoever deletes reads it here, and so does the data map. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What the notice promises to everybody who is asked for consent (`hotline:notice`): change both together. */
const PROMISED = 30 * DAY

/** Who ends it. */
export const ENDED_BY = {
  job: 'the cleaning job',
  worker: 'the worker that does it',
  staff: 'a colleague, at the desk',
  nothing: 'nothing: it is meant to stay',
} as const

export type Lifetime = {
  /** So long after `from`; zero: on that very moment; null: no clock ends it. */
  ms: number | null
  /** The moment that it runs from, or what it waits for. */
  from: string
  by: keyof typeof ENDED_BY
  /** The promise or rule that it keeps. */
  source: string
}

export const LIFETIMES = {
  message: {
    ms: PROMISED,
    from: 'the case is closed; without a case, the words were said',
    by: 'job',
    source: 'S14, the notice',
  },
  case: { ms: PROMISED, from: 'it is closed', by: 'job', source: 'S14, the notice' },
  /** A worker, with what they reported: funders ask about a programme for years after it ended. Their words go with their key. */
  worker: {
    ms: 5 * 365 * DAY,
    from: 'the last day of the last programme they were in',
    by: 'job',
    source: 'the programme',
  },
  /** Shorter than the notice promises: the words, the files and the case of somebody under eighteen. */
  child: { ms: 7 * DAY, from: 'the case of somebody under eighteen is closed', by: 'job', source: 'S42' },
  /** Somebody who agreed to be kept. */
  person: { ms: PROMISED, from: 'the chat was last used, and no case is open', by: 'job', source: 'S14, the notice' },
  /** Somebody who was not asked yet, or took back what they agreed to: until the chat has been still this long. */
  stranger: { ms: DAY, from: 'the chat of somebody who did not agree was last used', by: 'job', source: 'S02' },
  /** Somebody who refused: as long as the talk goes on, so that they are not asked at each step; then only a number is left. */
  refused: { ms: HOUR, from: 'the chat of somebody who refused was last used', by: 'job', source: 'S02' },
  /** Somebody of whom nothing is left. */
  erased: { ms: 10 * MINUTE, from: 'everything of theirs was erased', by: 'job', source: 'S15' },
  /** What the bot said to somebody who refused to be kept (their own words are not written down): as long as a page needs to show it, */
  unkept: { ms: 10 * MINUTE, from: 'the bot said it to somebody who did not agree', by: 'job', source: 'S02' },
  /** and that something was said. */
  unkeptRows: { ms: HOUR, from: 'it was said to somebody who did not agree', by: 'job', source: 'S02' },
  /** A number that was given for a call which nobody made; one that was called is gone with the call. */
  phone: {
    ms: 7 * DAY,
    from: 'a call was asked for; at once when it was made',
    by: 'job',
    source: 'S07, S14, the notice',
  },
  /** How a message was delivered, and that it was not; the words of a case live as long as it. */
  delivery: { ms: 14 * DAY, from: 'a message was said', by: 'job', source: 'S14' },
  /** An update may be delivered again this long. */
  receipt: { ms: 7 * DAY, from: 'the update was taken', by: 'job', source: 'S26' },
  draft: { ms: 0, from: 'the day that its flow says (`draft:`)', by: 'job', source: 'the flow' },
  block: { ms: 0, from: 'the day that it was set for', by: 'job', source: 'S33' },
  session: { ms: 0, from: 'it runs out (`bot/console/sessions.ts`), or is signed out', by: 'job', source: 'S36' },
  /** Whoever opens a dead link a little later is still told why. */
  invitation: { ms: DAY, from: 'the link or code opens nothing any more', by: 'job', source: 'S36' },
  /** A wrong code at a check-in: five minutes of them are counted. */
  guess: { ms: HOUR, from: 'a wrong code was tried', by: 'job', source: 'the check-in' },
  /** What clients added to their feedback in their own words, by group and month: as long as somebody learns from a year of them. */
  feedback: { ms: 365 * DAY, from: 'the month that it is about is over', by: 'job', source: 'the programme' },
  /** A case's topic or thread on a messenger; what it says there is taken away with it. */
  place: { ms: DAY, from: 'the case is closed; at once when the case is gone', by: 'worker', source: 'S14' },
  /** The same where the app was put out of the group: only whoever lets it in again could have it taken away there. */
  lostPlace: {
    ms: 2 * DAY,
    from: 'the case is over, and the app is not in the group any more',
    by: 'job',
    source: 'S14',
  },
  removal: { ms: null, from: 'taken away on the channel, or given up after two days', by: 'worker', source: 'S19' },
  timer: { ms: null, from: 'it fires, or another turn makes it void', by: 'worker', source: 'the flow' },
  /** A file in the folder that no row knows: a write that was cut off, or a person who was erased meanwhile. */
  strayFile: { ms: DAY, from: 'it was written into the folder, and no row knows it', by: 'job', source: 'S13' },
  /** A backup cannot be restored after that, */
  backup: { ms: 30 * DAY, from: 'it was made', by: 'staff', source: 'S17' },
  /** and whoever was erased is named a little longer than any backup that could bring them back lives. */
  erasure: { ms: 31 * DAY, from: 'they were erased', by: 'job', source: 'S17' },
  staff: {
    ms: null,
    from: 'access is closed at the desk; the row stays for what it wrote',
    by: 'staff',
    source: 'S24',
  },
  /** A question of one colleague to another, and what was agreed to. What is about a case goes with it. */
  approval: { ms: PROMISED, from: 'it was refused, lapsed or was used up', by: 'job', source: 'S08, S37' },
  /** Art. 33 (5) GDPR wants each one documented; for how long it does not say. */
  breach: { ms: 2 * 365 * DAY, from: 'two people said that it is over', by: 'job', source: 'S47' },
  audit: { ms: 2 * 365 * DAY, from: 'the act, unless the chain is broken', by: 'job', source: 'S14, S30' },
  statistics: { ms: null, from: 'for ever: it carries no person', by: 'nothing', source: 'S12, S14' },
  house: { ms: null, from: 'for ever: centres, groups, knowledge, scripts', by: 'nothing', source: 'about nobody' },
} as const satisfies Record<string, Lifetime>

export type LifetimeName = keyof typeof LIFETIMES

/** Those that a clock ends. */
type Timed = { [Name in LifetimeName]: (typeof LIFETIMES)[Name]['ms'] extends number ? Name : never }[LifetimeName]

/** The moment before which a thing of this kind is over its time; `days`: where this house keeps some of them shorter (`shortened.ts`). */
export function overBefore(name: Timed, now: Date, days: Partial<Record<string, number>> = {}): Date {
  const shorter = days[name]
  const ms = shorter === undefined ? LIFETIMES[name].ms : Math.min(LIFETIMES[name].ms, shorter * DAY)
  return new Date(now.getTime() - ms)
}

const UNITS = [
  [365 * DAY, 'year'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
] as const

/** "30 days", for people. */
export function spoken(ms: number | null): string {
  if (ms === null) return '–'
  if (ms === 0) return 'at once'
  const [size, unit] = UNITS.find(([each]) => ms % each === 0) ?? UNITS[3]
  const n = ms / size
  return `${n} ${unit}${n === 1 ? '' : 's'}`
}
