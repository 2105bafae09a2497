/** What the rules of a programme say of its reports, and by whose clock its days begin. */
import { z } from 'zod'
import { COUNTRY_TIME_ZONES, isCountry } from '../../text/countries.js'

/** "Monthly report" of the programme's own description: the due day, and reminders 3 days before, on the day, 3 days after. */
const ReportRules = z.object({
  dueDay: z.int().min(1).max(28).default(5),
  reminderDays: z.array(z.int().min(-20).max(20)).max(6).default([-3, 0, 3]),
})
export type ReportRules = z.output<typeof ReportRules>

/** Throws when the programme's rules are none: nobody may work by half of them. */
export const reportRules = (rules: unknown): ReportRules => ReportRules.parse(rules)

/** Where somebody said they are, else where their group meets. */
export const zoneOf = (country: string | null, groupZone: string): string =>
  isCountry(country) ? COUNTRY_TIME_ZONES[country] : groupZone
