/** The centres a case could belong to, the best first. */
import type { City } from '../../text/cities.js'
import type { Language } from '../../text/languages.js'
import type { CaseFacts, Centre } from './facts.js'
import { secondLanguageOf } from './may-take.js'
import { byRanks } from './order.js'
import { distanceKm, findCity, samePlace } from './places.js'

/**
 * Why a centre stands in the list: of the city the client wants, or is in; the nearest of the country that speaks the language; one in
 * another country that does; one of those when the client's place is not known; the nearest though it does not speak it, or not on
 * this channel; or another passes its cases on to it.
 */
export type CentreReason =
  | 'wanted-city'
  | 'own-city'
  | 'same-country'
  | 'other-country'
  | 'no-place'
  | 'no-language'
  | 'no-channel'
  | 'diverted'

export type CentreChoice = {
  centreId: string
  reason: CentreReason
  /** From the city the client wants or is in; undefined when that is not known. */
  km: number | undefined
  /** The client's language, or the second one; undefined when the centre has neither. */
  talksIn: Language | undefined
  /** The centre that was diverted to this one. */
  via?: string
}

/** All centres, each once. The first is the case's own. */
export function rankCentres(facts: CaseFacts, centres: readonly Centre[]): CentreChoice[] {
  const base = baseOf(facts, centres)
  const seen = centres.map((centre, nth) => view(centre, nth, facts, base))
  // Equals: who is there now, then as the list has them.
  const ranked = byRanks(seen, ({ tier, km, nth, centre }) => [tier, km ?? Number.POSITIVE_INFINITY, !centre.open, nth])
  const byId = new Map(seen.map((each) => [each.centre.id, each]))
  const choices = ranked.map((own): CentreChoice => {
    const last = byId.get(takes(own.centre, centres)) ?? own
    // A diversion is no consent of the client's.
    const abroad = facts.mayCrossBorders === false && last.centre.country !== own.centre.country
    const taker = abroad ? own : last
    const { centre, km, talksIn } = taker
    if (taker !== own) return { centreId: centre.id, reason: 'diverted', km, talksIn, via: own.centre.id }
    return { centreId: centre.id, reason: reasonOf(own, base), km, talksIn }
  })
  return choices.filter(({ centreId }, nth) => choices.findIndex((other) => other.centreId === centreId) === nth)
}

/** Where distances begin: the city the client wants, when there is such a place, otherwise theirs. */
type Base = { place: string | undefined; wanted: boolean; city: City | undefined; country: string | undefined }

function baseOf({ wantedCity, city, country }: CaseFacts, centres: readonly Centre[]): Base {
  const centreIn = (place: string | null | undefined) => centres.find((centre) => samePlace(centre.city, place))
  const wanted = findCity(wantedCity) || centreIn(wantedCity) ? wantedCity : undefined
  const place = wanted ?? city ?? undefined
  const known = findCity(place)
  const there = known?.country ?? centreIn(place)?.country ?? country ?? undefined
  return { place, wanted: Boolean(wanted), city: known, country: there }
}

function view(centre: Centre, nth: number, facts: CaseFacts, base: Base) {
  const speaks = centre.languages.includes(facts.language)
  const serves = speaks && (!centre.channels || centre.channels.includes(facts.channel))
  const home = samePlace(centre.city, base.place)
  const near = centre.country === base.country
  const second = secondLanguageOf(facts)
  const talksIn = speaks ? facts.language : centre.languages.includes(second) ? second : undefined
  const km = distanceKm(base.city, findCity(centre.city))
  return { centre, nth, km, speaks, serves, home, near, talksIn, tier: tierOf(serves, home, near, facts) }
}

type View = ReturnType<typeof view>

/** Own city, own country, abroad; first among those that serve the client, then among the others. */
function tierOf(serves: boolean, home: boolean, near: boolean, { mayCrossBorders }: CaseFacts): number {
  const step = home ? 0 : near ? 1 : 2
  if (step === 2 && mayCrossBorders === false) return serves ? 6 : 7
  return serves ? step : step + 3
}

function reasonOf({ speaks, serves, home, near }: View, { wanted, country }: Base): CentreReason {
  if (!speaks) return 'no-language'
  if (!serves) return 'no-channel'
  if (home) return wanted ? 'wanted-city' : 'own-city'
  if (near) return 'same-country'
  return country ? 'other-country' : 'no-place'
}

/** Who takes a centre's cases in the end. Where diversions run in a circle or into nothing the centre keeps them itself. */
function takes(centre: Centre, centres: readonly Centre[]): string {
  const passed = new Set<string>()
  let at = centre
  while (at.divertedTo) {
    passed.add(at.id)
    const next = centres.find(({ id }) => id === at.divertedTo)
    if (!next || passed.has(next.id)) return centre.id
    at = next
  }
  return at.id
}
