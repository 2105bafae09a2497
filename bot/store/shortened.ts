/** Lifetimes that this installation keeps shorter than the table (`lifetimes.ts`). A setting can shorten and never lengthen. */
import { z } from 'zod'
import { LIFETIMES } from './lifetimes.js'
import type { Sql } from './store.js'

const DAY_MS = 86_400_000

/** What is promised to clients as a limit, so that less is always allowed. */
export const SHORTENABLE = ['message', 'case', 'person', 'phone'] as const
export type ShortenableName = (typeof SHORTENABLE)[number]

export const usualDays = (name: ShortenableName): number => LIFETIMES[name].ms / DAY_MS

/** Null days: as long as usual. Not less than a day: whoever asks today must be able to read the answer tomorrow. */
export const Shortening = z
  .object({ name: z.enum(SHORTENABLE), days: z.int().min(1).nullable() })
  .refine(({ name, days }) => days === null || days < usualDays(name))
export type Shortening = z.infer<typeof Shortening>

const days = (name: ShortenableName) => z.int().min(1).max(usualDays(name)).optional()

const Shortened = z.strictObject({
  message: days('message'),
  case: days('case'),
  person: days('person'),
  phone: days('phone'),
})

const Stored = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('not JSON')
      return z.NEVER
    }
  })
  .pipe(Shortened)

/** By name, the days; what is missing is kept as long as usual. */
export type Shortened = Partial<Record<ShortenableName, number>>

const NAME = 'lifetimes'

/** What cannot be read as ours shortens nothing: then all is kept as long as was promised, and no longer. */
export async function readShortened(sql: Sql): Promise<Shortened> {
  const [row] = await sql<{ value: string }>('select value from setting where name = $1', [NAME])
  const read = Stored.safeParse(row?.value ?? '{}')
  return read.success ? definedOnly(read.data) : {}
}

const definedOnly = (of: z.infer<typeof Shortened>): Shortened =>
  Object.fromEntries(Object.entries(of).filter(([, n]) => n !== undefined))

export async function writeShortened(sql: Sql, shortened: Shortened): Promise<void> {
  await sql(
    'insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value',
    [NAME, JSON.stringify(Shortened.parse(shortened))],
  )
}
