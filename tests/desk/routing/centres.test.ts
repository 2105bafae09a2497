/** Which centre a case belongs to. */
import { describe, expect, it } from 'vitest'
import { rankCentres } from '../../../bot/desk/routing/centres.js'
import type { CaseFacts } from '../../../bot/desk/routing/facts.js'
import { distanceKm, findCity } from '../../../bot/desk/routing/places.js'
import { route } from '../../../bot/desk/routing/route.js'
import { CITIES } from '../../../bot/text/cities.js'
import { almaty, brno, centre, dushanbe, facts, HOUR, moscow, NOW, prague, shymkent, world } from './a-desk.js'

const chosen = (about: Partial<CaseFacts>, more = {}) => {
  const { chosen } = route(facts(about), world(more))
  return `${chosen?.centreId}: ${chosen?.reason}`
}

describe('the own centre', () => {
  it('is that of the client’s city, named as persons or as flows name it', () => {
    expect(chosen({})).toBe('moscow: own-city')
    expect(chosen({ city: 'moscow' })).toBe('moscow: own-city')
  })

  it('is that of the city the client wants instead', () => {
    expect(chosen({ wantedCity: 'shymkent' })).toBe('shymkent: wanted-city')
  })

  it('stays theirs when the wanted city is nowhere', () => {
    expect(chosen({ wantedCity: 'Atlantis' })).toBe('moscow: own-city')
  })

  it('may be in a place that the list of cities does not know', () => {
    const kazan = centre('kazan-centre', 'RU', ['ru', 'tg'], { city: 'Kazan' })
    expect(chosen({ city: 'Kazan' }, { centres: [moscow, kazan] })).toBe('kazan-centre: own-city')
    expect(chosen({ wantedCity: 'kazan' }, { centres: [moscow, kazan] })).toBe('kazan-centre: wanted-city')
  })

  it('is valid while it is closed: the case waits there', () => {
    expect(chosen({}, { centres: [{ ...moscow, open: false }, dushanbe] })).toBe('moscow: own-city')
  })
})

describe('when the own centre does not speak the client’s language', () => {
  it('the nearest of the same country that does is chosen', () => {
    expect(chosen({ country: 'KZ', city: 'Almaty' })).toBe('shymkent: same-country')
    expect(chosen({ country: 'KZ', city: 'Aktobe', language: 'uz' })).toBe('shymkent: same-country')
    expect(chosen({ country: 'KZ', city: 'Esik', language: 'uz' })).toBe('almaty: same-country')
  })

  it('then the nearest abroad', () => {
    const centres = [moscow, almaty, dushanbe, prague, brno]
    expect(chosen({ country: 'KZ', city: 'Almaty' }, { centres })).toBe('dushanbe: other-country')
    expect(chosen({ country: 'KZ', city: 'Aktobe' }, { centres })).toBe('moscow: other-country')
  })

  it('and the own one where the client wants nobody abroad to see it, or nobody speaks it at all', () => {
    const { chosen: own } = route(facts({ country: 'CZ', city: 'Prague', mayCrossBorders: false }), world())
    expect(own).toMatchObject({ centreId: 'prague', reason: 'no-language', talksIn: 'ru' })
    expect(chosen({ language: 'ky' })).toBe('moscow: no-language')
  })

  it('says in which language they would talk, or that there is none', () => {
    const { chosen: own } = route(facts({ country: 'CZ', city: 'Brno', language: 'ky' }), world({ centres: [brno] }))
    expect(own).toMatchObject({ centreId: 'brno', reason: 'no-language', talksIn: undefined })
  })
})

describe('when little is known', () => {
  it('the country’s first open centre that speaks the language is chosen', () => {
    const centres = [{ ...almaty, open: false }, shymkent]
    expect(chosen({ country: 'KZ', city: null, language: 'uz' }, { centres })).toBe('shymkent: same-country')
    expect(chosen({ country: 'KZ', city: null, language: 'uz' })).toBe('almaty: same-country')
  })

  it('without any place, the first that speaks it', () => {
    expect(chosen({ country: null, city: null })).toBe('moscow: no-place')
  })

  it('without any centre, the case waits and a supervisor is told', () => {
    expect(route(facts(), world({ centres: [] }))).toMatchObject({
      chosen: undefined,
      centres: [],
      colleagues: [],
      waits: 'no-centre',
      tellSupervisor: true,
    })
  })
})

describe('channels', () => {
  it('a centre that is not on the client’s channel comes after one that is', () => {
    const centres = [{ ...almaty, channels: ['web' as const] }, shymkent]
    expect(chosen({ country: 'KZ', city: 'Almaty', language: 'uz' }, { centres })).toBe('shymkent: same-country')
    expect(chosen({ country: 'KZ', city: 'Almaty', language: 'uz' }, { centres: centres.slice(0, 1) })).toBe(
      'almaty: no-channel',
    )
  })
})

describe('a diverted centre', () => {
  const diverted = (...pairs: [typeof moscow, string][]) => pairs.map(([each, to]) => ({ ...each, divertedTo: to }))

  it('passes its cases on, and on', () => {
    const centres = [...diverted([moscow, 'almaty'], [almaty, 'dushanbe']), dushanbe]
    const { chosen, centres: all } = route(facts(), world({ centres }))
    expect(chosen).toMatchObject({ centreId: 'dushanbe', reason: 'diverted', via: 'moscow' })
    expect(all.map(({ centreId }) => centreId)).toEqual(['dushanbe'])
  })

  it('keeps those of clients who want nobody abroad to see them', () => {
    const centres = [...diverted([moscow, 'dushanbe']), dushanbe]
    expect(chosen({ mayCrossBorders: false }, { centres })).toBe('moscow: own-city')
    expect(chosen({}, { centres })).toBe('dushanbe: diverted')
  })

  it('keeps them when diversions run in a circle, or to nobody', () => {
    expect(chosen({}, { centres: diverted([moscow, 'almaty'], [almaty, 'moscow']) })).toBe('moscow: own-city')
    expect(chosen({}, { centres: diverted([moscow, 'moscow']) })).toBe('moscow: own-city')
    expect(chosen({}, { centres: diverted([moscow, 'closed-for-good']) })).toBe('moscow: own-city')
    const intoCircle = diverted([moscow, 'almaty'], [almaty, 'shymkent'], [shymkent, 'almaty'])
    expect(chosen({}, { centres: intoCircle })).toBe('moscow: own-city')
  })
})

describe('an own centre that stays closed for long', () => {
  const uzbek = { country: 'KZ' as const, city: 'Almaty', language: 'uz' as const }
  const closed = (opensAt?: number) => ({ centres: [{ ...almaty, open: false, opensAt }, shymkent, dushanbe] })

  it('keeps the case, and an open one of the country is named beside it', () => {
    const routed = route(facts(uzbek), world(closed(NOW + 40 * HOUR)))
    expect(routed.chosen?.centreId).toBe('almaty')
    expect(routed.alternative).toMatchObject({ centreId: 'shymkent', talksIn: 'uz' })
    expect(route(facts(uzbek), world(closed())).alternative?.centreId).toBe('shymkent')
  })

  it('has none named when it opens in the morning, as long as the house thinks that soon', () => {
    expect(route(facts(uzbek), world(closed(NOW + 12 * HOUR))).alternative).toBeUndefined()
    expect(route(facts(uzbek), world({ ...closed(NOW + 12 * HOUR), closedTooLongMs: HOUR })).alternative).toBeDefined()
  })

  it('has none named abroad, or that is closed too or speaks another language', () => {
    const centres = [{ ...moscow, open: false }, dushanbe]
    expect(route(facts(), world({ centres })).alternative).toBeUndefined()
    const both = [
      { ...almaty, open: false },
      { ...shymkent, open: false },
    ]
    expect(route(facts(uzbek), world({ centres: both })).alternative).toBeUndefined()
    const other = [{ ...shymkent, open: false }, almaty]
    expect(
      route(facts({ ...uzbek, city: 'Shymkent', language: 'tg' }), world({ centres: other })).alternative,
    ).toBeUndefined()
  })
})

describe('places', () => {
  it('are known for every city, and lie where they should', () => {
    const km = (one: string, other: string) => distanceKm(findCity(one), findCity(other))
    for (const { id } of CITIES) expect(km(id, 'moscow'), id).toBeDefined()
    expect(km('Prague', 'Brno')).toBeCloseTo(185, -1)
    expect(km('almaty', 'esik')).toBeLessThan(60)
    expect(km('moscow', 'dushanbe')).toBeCloseTo(2980, -2)
    expect(km('moscow', 'nowhere')).toBeUndefined()
  })

  it('order the centres of a country by distance', () => {
    const order = rankCentres(facts({ country: 'KZ', city: 'Karaganda', language: 'ru' }), [shymkent, almaty])
    expect(order.map(({ centreId }) => centreId)).toEqual(['almaty', 'shymkent'])
    expect(order[0]?.km).toBeLessThan(order[1]?.km ?? 0)
  })
})
