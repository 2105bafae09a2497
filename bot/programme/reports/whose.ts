/** In which programme somebody is, since when, and by whose clock. */
import type { Tx } from '../../store/store.js'
import { type ReportRules, reportRules, zoneOf } from './duty.js'
import { type Stretch, shifted } from './periods.js'

export type Whose = { programmeId: string; rules: ReportRules; zone: string; stretches: Stretch[] }

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** The programme they joined last; undefined for whoever is in none. */
export async function programmeOf(tx: Tx, personId: string): Promise<Whose | undefined> {
  const enrolments = await tx.enrolment.findMany({
    where: { personId },
    include: { group: { include: { programme: true } }, person: { select: { country: true } } },
    orderBy: { joinedOn: 'desc' },
  })
  const [last] = enrolments
  if (!last) return undefined
  const { programme, timeZone } = last.group
  const own = enrolments.filter(({ group }) => group.programmeId === programme.id)
  return {
    programmeId: programme.id,
    rules: reportRules(programme.rules),
    zone: zoneOf(last.person.country, timeZone),
    stretches: own.map(({ joinedOn, leftOn }) => within(dayOf(joinedOn), leftOn && dayOf(leftOn), programme)),
  }
}

/** Nobody reports of a time in which the programme is not. */
export function within(from: string, to: string | null, programme: { startsOn: Date; endsOn: Date }): Stretch {
  const [first, last] = [dayOf(programme.startsOn), dayOf(programme.endsOn)]
  return { from: from < first ? first : from, to: to === null || to > last ? last : to }
}

/** Older months than these are not offered; they can be named. */
export const OFFERED_MONTHS = 12

export const oldestOffered = (now: string): string => shifted(now, -OFFERED_MONTHS)
