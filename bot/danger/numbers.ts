import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { SetupError } from '../errors.js'
import { COUNTRIES, type Country } from '../text/countries.js'
import { DANGER_KINDS } from './lexicon.js'

const NUMBERS_FILE = join(import.meta.dirname, '../../prisma/seed/emergency-numbers.yaml').replace(
  '/dist/prisma',
  '/prisma',
)

/** A number works in all four countries and in the whole EU; for whoever is somewhere else, or has not said where. */
export const EVERYWHERE = '112'

/** After so many days a number must be called again (S38). */
export const NUMBERS_STALE_AFTER_DAYS = 90
const DAY_MS = 24 * 60 * 60 * 1000

/** What help is needed for: a kind of danger, or the SOS button, which does not say. */
export const HELP_KINDS = ['sos', ...DANGER_KINDS] as const
export type HelpKind = (typeof HELP_KINDS)[number]

/** Who answers; the words are the text `danger:number.<what>`. */
const ANSWERERS = [
  'emergency',
  'police',
  'ambulance',
  'women',
  'children',
  'family',
  'victims',
  'trafficking',
  'psychologistMoscow',
  'crisisUkraine',
] as const

const EmergencyNumber = z.strictObject({
  number: z.string().regex(/^[\d +-]+$/, 'digits, spaces and dashes'),
  kinds: z.array(z.enum(HELP_KINDS)).min(1),
  what: z.enum(ANSWERERS),
  /** The day somebody called and it answered; null when nobody has. */
  checkedAt: z.iso.date().nullable(),
  asOf: z.string(),
  confidence: z.enum(['high', 'medium']),
  source: z.url(),
})
export type EmergencyNumber = z.infer<typeof EmergencyNumber>

const NumbersFile = z.strictObject(
  Object.fromEntries(COUNTRIES.map((country) => [country, z.array(EmergencyNumber).min(1)])) as Record<
    Country,
    z.ZodArray<typeof EmergencyNumber>
  >,
)
type NumbersFile = z.infer<typeof NumbersFile>

/** Throws `SetupError` DANGER_NUMBERS_UNREADABLE, which names the entry that is wrong. */
export function readNumbers(path = NUMBERS_FILE): NumbersFile {
  try {
    return NumbersFile.parse(parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new SetupError('DANGER_NUMBERS_UNREADABLE', `Correct the emergency numbers in ${path}: ${why}`)
  }
}

const numbers = readNumbers()

/** Whom to call in a country, in the order to say it. Never empty: every country has a number for every kind. */
export const numbersFor = (country: Country, kind: HelpKind): EmergencyNumber[] =>
  numbers[country].filter(({ kinds }) => kinds.includes(kind))

/** The numbers nobody has called within 90 days before `now`, or ever; the start warns of them. */
export function staleNumbers(
  now: Date,
  from: NumbersFile = numbers,
): { country: Country; number: string; checkedAt: string | null }[] {
  const oldest = now.getTime() - NUMBERS_STALE_AFTER_DAYS * DAY_MS
  return COUNTRIES.flatMap((country) =>
    from[country]
      .filter(({ checkedAt }) => checkedAt === null || Date.parse(checkedAt) < oldest)
      .map(({ number, checkedAt }) => ({ country, number, checkedAt })),
  )
}
