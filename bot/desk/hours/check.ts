/** Hours as somebody typed them into a form: usable or not, and what to say beside which field. */
import { Hours } from './hours.js'

/** `code` names the text, `path` the field, such as `shifts.0.to`; empty for the whole form. */
export type HoursProblem = { code: string; path: string }

/** `hours` is undefined when they cannot be used. Usable ones may have a problem too: `hours.empty`, nobody is ever there. */
export type CheckedHours = { hours: Hours | undefined; problems: HoursProblem[] }

/**
 * Codes: `hours.time`, `hours.days`, `hours.date`, `hours.dates` (the last day is before the first), `hours.language`,
 * `hours.channel`, `hours.name` (too long), `hours.shifts`, `hours.exception`, `hours.tooMany`, `hours.unreadable`, `hours.empty`.
 * Shifts that overlap are no problem: they are one.
 */
export function checkHours(input: unknown): CheckedHours {
  const read = Hours.safeParse(input)
  if (!read.success) {
    const problems = read.error.issues.map(({ message, path }) => ({
      code: message.startsWith('hours.') ? message : 'hours.unreadable',
      path: path.join('.'),
    }))
    return { hours: undefined, problems }
  }
  const hours = read.data
  const never = hours.shifts.length === 0 && hours.exceptions.every(({ closed }) => closed)
  return { hours, problems: never ? [{ code: 'hours.empty', path: '' }] : [] }
}
