/** In which programme somebody is, since when, and by whose clock. */
import type { Tx } from '../../store/store.js'
import { COUNTRY_TIME_ZONES, isCountry } from '../../text/countries.js'
import { type ProgrammeRules, rulesOf } from '../rules.js'
import { type Stretch, shifted } from './periods.js'

export type Whose = { programmeId: string; rules: ProgrammeRules; zone: string; stretches: Stretch[] }

/** Where somebody said they are, else where their group meets. */
export const zoneOf = (country: string | null, groupZone: string): string =>
  isCountry(country) ? COUNTRY_TIME_ZONES[country] : groupZone

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
    rules: rulesOf(programme),
    zone: zoneOf(last.person.country, timeZone),
    stretches: own.map(({ joinedOn, leftOn }) => within(dayOf(joinedOn), leftOn && dayOf(leftOn), programme)),
  }
}

/** Nobody reports of a time in which the programme is not. */
export function within(from: string, to: string | null, programme: { startsOn: Date; endsOn: Date }): Stretch {
  const [first, last] = [dayOf(programme.startsOn), dayOf(programme.endsOn)]
  return { from: from < first ? first : from, to: to === null || to > last ? last : to }
}

/** Older months than these are not offered, but for the oldest that waits; they can be named. */
export const OFFERED_MONTHS = 12

export const oldestOffered = (now: string): string => shifted(now, -OFFERED_MONTHS)
