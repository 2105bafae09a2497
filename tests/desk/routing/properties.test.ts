/** What holds for any case in any world: found by trying thousands of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DANGER_KINDS } from '../../../bot/danger/lexicon.js'
import { CASE_ROLES, type CaseFacts, type Centre, type Colleague, type World } from '../../../bot/desk/routing/facts.js'
import { mayTake, refusal } from '../../../bot/desk/routing/may-take.js'
import { needOf } from '../../../bot/desk/routing/needs.js'
import { fittingNext, type WaitingCase } from '../../../bot/desk/routing/next-case.js'
import { route } from '../../../bot/desk/routing/route.js'
import { CITIES } from '../../../bot/text/cities.js'
import { COUNTRIES } from '../../../bot/text/countries.js'
import { LANGUAGES } from '../../../bot/text/languages.js'
import { HOUR, NOW } from './a-desk.js'

const RUNS = { numRuns: 500 }
const STAFF = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay']
const CENTRES = ['c1', 'c2', 'c3', 'c4', 'c5']

const some = <T>(values: readonly T[], minLength = 0) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength: 3 })
const city = fc.constantFrom(...CITIES.map(({ name }) => name), 'Kazan')
const channel = fc.constantFrom('telegram' as const, 'web' as const)
const often = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

const caseFacts: fc.Arbitrary<CaseFacts> = fc.record({
  country: often(fc.constantFrom(...COUNTRIES)),
  city: often(city),
  language: fc.constantFrom(...LANGUAGES),
  secondLanguage: often(fc.constantFrom(...LANGUAGES)),
  topic: often(fc.constantFrom('trafficking-violence', 'work-permit', 'health-care')),
  danger: often(fc.constantFrom(...DANGER_KINDS, 'sos' as const)),
  minor: often(fc.boolean()),
  channel,
  wantedCity: often(city),
  avoid: some(STAFF),
  preferred: often(fc.constantFrom(...STAFF)),
  invited: often(some(STAFF)),
  mayCrossBorders: often(fc.boolean()),
})

const centreOf = (id: string): fc.Arbitrary<Centre> =>
  fc.record({
    id: fc.constant(id),
    country: fc.constantFrom(...COUNTRIES),
    city,
    languages: some(LANGUAGES),
    channels: often(fc.uniqueArray(channel)),
    divertedTo: often(fc.constantFrom(...CENTRES, 'gone')),
    open: fc.boolean(),
    opensAt: often(fc.integer({ min: 0, max: 100 }).map((hours) => NOW + hours * HOUR)),
  })

const colleagueOf = (id: string): fc.Arbitrary<Colleague> =>
  fc.record({
    id: fc.constant(id),
    centreId: fc.constantFrom(...CENTRES),
    languages: some(LANGUAGES),
    roles: some(CASE_ROLES),
    skills: some(['work-permit', 'health-care']),
    capacity: fc.integer({ min: 0, max: 4 }),
    load: fc.integer({ min: 0, max: 4 }),
    present: fc.boolean(),
    lastCaseAt: fc.option(fc.integer({ min: 0, max: NOW })),
  })

const world: fc.Arbitrary<World> = fc.record({
  now: fc.constant(NOW),
  centres: some(CENTRES).chain((ids) => fc.tuple(...ids.map(centreOf))),
  staff: fc.subarray(STAFF).chain((ids) => fc.tuple(...ids.map(colleagueOf))),
})

describe('any case in any world', () => {
  it('has an answer: a centre if there is one, and candidates or a reason to wait, never both', () => {
    fc.assert(
      fc.property(caseFacts, world, (facts, given) => {
        const { chosen, centres, colleagues, waits, tellSupervisor } = route(facts, given)
        expect(chosen === undefined).toBe(given.centres.length === 0)
        expect(centres[0]).toEqual(chosen)
        expect(new Set(centres.map(({ centreId }) => centreId)).size).toBe(centres.length)
        expect(waits === undefined).toBe(colleagues.length > 0)
        if (waits && needOf(facts).required.length > 0) expect(tellSupervisor).toBe(true)
      }),
      RUNS,
    )
  })

  it('has the same answer again, in whatever order the staff are listed', () => {
    fc.assert(
      fc.property(caseFacts, world, (facts, given) => {
        expect(route(facts, { ...given, staff: [...given.staff].reverse() })).toEqual(route(facts, given))
      }),
      RUNS,
    )
  })

  it('is never offered to somebody who may not take it, is away, has no room, or is not wanted', () => {
    fc.assert(
      fc.property(caseFacts, world, (facts, given) => {
        const { chosen, colleagues } = route(facts, given)
        const centre = given.centres.find(({ id }) => id === chosen?.centreId)
        for (const { staffId } of colleagues) {
          const person = given.staff.find(({ id }) => id === staffId)
          if (!person) throw new Error('offered to nobody we know')
          expect(mayTake(person, facts, centre)).toBe(true)
          expect(facts.avoid).not.toContain(staffId)
          expect(person.present && person.load < person.capacity).toBe(true)
          for (const role of needOf(facts).required) expect(person.roles).toContain(role)
          expect(person.centreId === centre?.id || facts.invited?.includes(staffId)).toBe(true)
        }
      }),
      RUNS,
    )
  })

  it('stays in the country of a client who wants nobody abroad to see it, if there is a centre, diverted or not', () => {
    fc.assert(
      fc.property(caseFacts, world, fc.constantFrom(...COUNTRIES), (facts, given, country) => {
        if (!given.centres.some((each) => each.country === country)) return
        const own = { ...facts, country, city: undefined, wantedCity: undefined, mayCrossBorders: false }
        const { chosen } = route(own, given)
        expect(given.centres.find(({ id }) => id === chosen?.centreId)?.country).toBe(country)
      }),
      RUNS,
    )
  })
})

describe('any queue', () => {
  const queued: fc.Arbitrary<WaitingCase[]> = fc.array(
    fc.record({
      id: fc.uuid(),
      facts: caseFacts,
      centre: often(centreOf('c1')),
      urgent: fc.boolean(),
      dueAt: often(fc.integer({ min: NOW - HOUR, max: NOW + HOUR })),
      waitingSince: fc.integer({ min: NOW - HOUR, max: NOW }),
    }),
    { maxLength: 8 },
  )

  it('gives a colleague all that they may take and nothing else, danger first', () => {
    fc.assert(
      fc.property(queued, colleagueOf('ann'), (cases, ann) => {
        const order = fittingNext(cases, ann, NOW)
        const fitting = cases.filter(({ facts, centre }) => refusal(ann, facts, centre) === undefined)
        expect(new Set(order)).toEqual(new Set(fitting))
        const firstCalm = order.findIndex(({ urgent }) => !urgent)
        if (firstCalm >= 0) expect(order.slice(firstCalm).every(({ urgent }) => !urgent)).toBe(true)
      }),
      RUNS,
    )
  })
})
