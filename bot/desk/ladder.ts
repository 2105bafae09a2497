/** Whom an urgent case calls that nobody has taken, one after the other, and last of all the client, who is told honestly (S39). */
import { z } from 'zod'

const MINUTE_MS = 60_000

/** `on-call`: the next of the people on call; `supervisor`; `client`: nobody has come, here is whom to call instead. */
export const LadderStep = z.strictObject({
  call: z.enum(['on-call', 'supervisor', 'client'], 'ladder.call'),
  /** Since the case began to wait. */
  afterMinutes: z.int('ladder.minutes').min(0, 'ladder.minutes').max(1440, 'ladder.minutes'),
})
export type LadderStep = z.infer<typeof LadderStep>

/** Messages are codes (`ladder.minutes`, `ladder.call`, `ladder.tooMany`, `ladder.incomplete`). */
export const Ladder = z
  .array(LadderStep)
  .max(20, 'ladder.tooMany')
  // Without these two nobody would hear of a case that nobody takes.
  .refine(
    (steps) => ['supervisor', 'client'].every((who) => steps.some(({ call }) => call === who)),
    'ladder.incomplete',
  )
export type Ladder = z.infer<typeof Ladder>

export const DEFAULT_LADDER: Ladder = [
  { call: 'on-call', afterMinutes: 0 },
  { call: 'on-call', afterMinutes: 5 },
  { call: 'supervisor', afterMinutes: 10 },
  { call: 'client', afterMinutes: 15 },
]

/**
 * `id` is what is stored as done: `on-call:0`, `supervisor:0`, `client`. `nth` says which of those people: `on-call:1` is the second on
 * call. `at` is when it was due.
 */
export type Rung = { id: string; call: LadderStep['call']; nth: number; at: number }

/** `nextAt`: when to ask again; `undefined` when the top is reached. */
export type Climb = { due: Rung[]; nextAt: number | undefined }

/**
 * The rungs that are due and not done, in order: after an hour in which nothing ran, all that were missed. The client is told once,
 * however many steps say so.
 *
 * @param since epoch ms since when nobody has the case: its opening, or when it was given back (then with nothing done)
 * @param done ids of the rungs that were carried out
 */
export function ladder(since: number, now: number, steps: Ladder = DEFAULT_LADDER, done: Iterable<string> = []): Climb {
  const carriedOut = new Set(done)
  const open = rungs(since, steps).filter(({ id }) => !carriedOut.has(id))
  return { due: open.filter(({ at }) => at <= now), nextAt: open.find(({ at }) => at > now)?.at }
}

function rungs(since: number, steps: Ladder): Rung[] {
  const seen = { 'on-call': 0, supervisor: 0, client: 0 }
  const all = byTime(steps).map(({ call, afterMinutes }) => {
    const nth = seen[call]++
    return { id: call === 'client' ? call : `${call}:${nth}`, call, nth, at: since + afterMinutes * MINUTE_MS }
  })
  return all.filter(({ call, nth }) => call !== 'client' || nth === 0)
}

/**
 * The steps for as many people as are on call: nobody waits for one who is not there, so that what comes after moves up. With nobody
 * on call the supervisor is called at once.
 */
export function stepsFor(steps: Ladder, onCall: number): Ladder {
  const all = byTime(steps)
  const vacant = all.filter(({ call }) => call === 'on-call').slice(onCall)
  const [first] = vacant
  if (!first) return all
  const kept = all.filter((step) => !vacant.includes(step))
  const next = kept.find(({ afterMinutes }) => afterMinutes >= first.afterMinutes)
  const sooner = (next ?? first).afterMinutes - first.afterMinutes
  return kept.map((step) =>
    step.afterMinutes < first.afterMinutes ? step : { ...step, afterMinutes: step.afterMinutes - sooner },
  )
}

/** Steps at the same minute keep their order. */
const byTime = (steps: Ladder): Ladder => [...steps].sort((one, other) => one.afterMinutes - other.afterMinutes)
