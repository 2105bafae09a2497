/**
 * What each has done and what a certificate still takes, by the programme's own words: seven days of eight hours, an approved report for
 * every month that is over, feedback of at least one client; 75,000 CZK for an organisation as soon as one of its people has it all.
 */
import type { Books, Duty, Support } from './books.js'
import { wallOf } from './days.js'

const MODULES = 7
const HOURS = 8
const AMOUNT = 75_000
const COUNTED_MOST = 2

/** How much of a module somebody was there for: the best of their own days and those on which they made it up. */
function shareOf(books: Pick<Books, 'days'>, person: string, module: number): number {
  const shares = books.days.flatMap((day) => {
    if (day.module !== module || !day.closed) return []
    const there = day.people.get(person) ?? (day.welcome.has(person) ? day.guests.get(person) : undefined)
    if (!there) return []
    const points = [there.arrival, there['after lunch']]
    return [points.filter(({ mark }) => mark === 'here' || mark === 'late').length / points.length]
  })
  return Math.max(0, ...shares)
}

export function dutiesOf(books: Omit<Books, 'duties'>, until: Date): Map<string, Duty> {
  const now = wallOf(until).day.slice(0, 7)
  return new Map(
    [...books.people.keys()].map((person) => {
      const shares = Array.from({ length: MODULES }, (_, nth) => shareOf(books, person, nth + 1))
      const reports = [...books.reports.values()].filter((report) => report.person === person)
      const due = reports.filter(({ period }) => period < now)
      // A lock changes nothing of what was approved before
      const approved = due.filter(({ state, held }) => (held ?? state) === 'approved').length
      const feedback = reports.reduce((sum, { period, answers }) => {
        const came = books.opinions.filter((each) => each.worker === person && each.period === period).length
        const reported = answers?.get('feedback')
        return sum + Math.max(came, typeof reported === 'number' ? reported : 0)
      }, 0)
      const whole = shares.filter((share) => share === 1).length
      const missing = MODULES - whole + (due.length - approved) + (feedback === 0 ? 1 : 0)
      const hours = shares.reduce((sum, share) => sum + share * HOURS, 0)
      return [person, { hours, ofHours: MODULES * HOURS, whole, approved, due: due.length, feedback, missing }] as const
    }),
  )
}

/** By organisation. */
export function supportOf({ people, duties }: Pick<Books, 'people' | 'duties'>): Map<string, Support> {
  const lines = new Map<string, Support>()
  for (const [person, { organisation }] of people) {
    const line = lines.get(organisation) ?? { people: 0, fulfilled: 0, counted: 0, amount: 0 }
    line.people++
    if (duties.get(person)?.missing === 0) line.fulfilled++
    line.counted = Math.min(COUNTED_MOST, line.fulfilled)
    line.amount = line.fulfilled > 0 ? AMOUNT : 0
    lines.set(organisation, line)
  }
  return lines
}
