/** Whether the lifetimes can be kept: looked at before anything starts, so that a slip of the pen does not keep words for ever (S13). */
import { z } from 'zod'
import { SetupError } from '../errors.js'
import { ENDED_BY, LIFETIMES, type Lifetime } from './lifetimes.js'

const words = z.string().min(3)

const Entry = z
  .strictObject({
    ms: z.int().nonnegative().nullable(),
    from: words,
    by: z.enum(Object.keys(ENDED_BY) as [Lifetime['by'], ...Lifetime['by'][]]),
    source: words,
  })
  .refine(({ ms, by }) => ms !== null || by !== 'job', 'The cleaning job needs a time; null is what no clock ends.')
  .refine(({ ms, by }) => ms === null || by !== 'nothing', 'What has a time must be ended by somebody.')

const DAY = 86_400_000

/** What one of them promises about another one. */
const Table = z
  .record(z.string(), Entry)
  .refine(
    ({ erasure, backup }) => longer(erasure, backup),
    'erasure must outlive backup, or a restore brings somebody back (S17).',
  )
  .refine(
    ({ person, message }) => !longer(message, person),
    'person must not end before message: words hang on their person.',
  )
  .refine(({ child, message }) => longer(message, child), 'child must be shorter than message (S42).')
  .refine(({ receipt }) => within(receipt, 600_000, 7 * DAY), 'receipt must be from ten minutes to seven days (S26).')
  .refine(({ stranger, person }) => longer(person, stranger), 'stranger must be shorter than person (S02).')

type Known = z.output<typeof Entry> | undefined

const longer = (one: Known, other: Known) => (one?.ms ?? 0) > (other?.ms ?? 0)
const within = (one: Known, least: number, most: number) => (one?.ms ?? 0) >= least && (one?.ms ?? 0) <= most

/** @throws SetupError LIFETIMES_WRONG */
export function checkLifetimes(table: Readonly<Record<string, unknown>> = LIFETIMES): void {
  const checked = Table.safeParse(table)
  if (checked.success) return
  const [issue] = checked.error.issues
  throw new SetupError(
    'LIFETIMES_WRONG',
    `bot/store/lifetimes.ts cannot be kept: ${issue?.path.join('.')} ${issue?.message} Mend it there and start again.`,
  )
}
