/** Where a case goes: the facts of the database, brought to `routing/` and back. */

import { CHANNELS } from '../conversation/channel.js'
import type { Case, Centre as CentreRow, Staff } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import { isCountry } from '../text/countries.js'
import { isLanguage, type Language } from '../text/languages.js'
import { timedOf } from './centres.js'
import { isOpen, nextOpening } from './hours/opening.js'
import { CASE_ROLES, type CaseFacts, type CaseRole, type Centre, type Colleague, type World } from './routing/facts.js'
import { type Route, route } from './routing/route.js'
import { STRICT_NEEDS } from './targets.js'

/** What of a case row counts for routing. */
export type RoutedCase = Pick<
  Case,
  'country' | 'city' | 'language' | 'topic' | 'danger' | 'avoid' | 'preferredId' | 'minor'
> & {
  channel: string
  wantedCity?: string | null
  invited?: string[]
  /** Whether the client agreed that a centre of another country may know (S04). */
  mayCrossBorders?: boolean
}

export const factsOf = (row: RoutedCase): CaseFacts => ({
  country: isCountry(row.country) ? row.country : null,
  city: row.city,
  language: languageOf(row.language),
  topic: row.topic,
  danger: row.danger as CaseFacts['danger'],
  channel: CHANNELS.find((each) => each === row.channel) ?? 'web',
  wantedCity: row.wantedCity ?? null,
  minor: row.minor,
  avoid: row.avoid,
  preferred: row.preferredId,
  invited: row.invited ?? null,
  mayCrossBorders: row.mayCrossBorders ?? false,
})

export const languageOf = (language: string): Language => (isLanguage(language) ? language : 'ru')

const isRole = (skill: string): skill is CaseRole => CASE_ROLES.some((role) => role === skill)

export function centreFacts(row: CentreRow, facts: CaseFacts, now: number): Centre {
  const { hours, zone } = timedOf(row)
  const filter = { language: facts.language, channel: facts.channel }
  const open = isOpen(hours, zone, now, filter)
  return {
    id: row.id,
    country: isCountry(row.country) ? row.country : 'RU',
    city: row.city ?? '',
    languages: row.languages.filter(isLanguage),
    divertedTo: row.divertedTo,
    open,
    opensAt: open ? null : (nextOpening(hours, zone, now, filter) ?? null),
  }
}

/** Somebody who works for every centre works for the one that asks. */
export const colleagueFacts = (row: Staff & { load?: number }, centreId: string | null, now: Date): Colleague => ({
  id: row.id,
  centreId: row.centreId ?? centreId ?? '',
  languages: row.languages.filter(isLanguage),
  roles: row.skills.filter(isRole),
  skills: row.topics,
  capacity: row.capacity,
  load: row.load ?? 0,
  present: row.disabledAt === null && (row.awayUntil === null || row.awayUntil <= now),
  lastCaseAt: row.lastCaseAt?.getTime() ?? null,
})

/** Everybody who could get a case, with how many they have now: two statements, however many they are. */
export async function worldOf(tx: Tx, facts: CaseFacts, now: Date): Promise<World> {
  const centres = await tx.centre.findMany({ orderBy: { id: 'asc' } })
  const staff = await tx.staff.findMany({
    where: { disabledAt: null, role: { in: ['consultant', 'supervisor'] } },
    orderBy: { alias: 'asc' },
  })
  const loads = await sqlOf(tx)<{ id: string; load: number }>(
    `select owner_id as id, count(*)::int as load from case_file where state = 'claimed' and owner_id is not null group by owner_id`,
  )
  const loadOf = new Map(loads.map(({ id, load }) => [id, load]))
  return {
    now: now.getTime(),
    centres: centres.map((row) => centreFacts(row, facts, now.getTime())),
    // Whoever is of no centre can be asked by each of them
    staff: staff.flatMap((row) => {
      const load = loadOf.get(row.id) ?? 0
      const homes = row.centreId === null ? [null, ...centres.map(({ id }) => id)] : [row.centreId]
      return homes.map((home) => colleagueFacts({ ...row, load }, home, now))
    }),
  }
}

export async function routeCase(tx: Tx, row: RoutedCase, now: Date): Promise<Route> {
  const facts = factsOf(row)
  return route(facts, await worldOf(tx, facts, now))
}

/**
 * The one role that a case's column names: a strict one when it needs one. A strict need that it has already stays, whatever is
 * written later: what the client told the trained role is not for others (S42, S43).
 */
export const needColumn = ({ need }: Pick<Route, 'need'>, had?: string): string =>
  had && STRICT_NEEDS.includes(had) ? had : (need.required[0] ?? need.preferred)
