/** To whom a case is offered. */
import { describe, expect, it } from 'vitest'
import type { CaseFacts, Colleague } from '../../../bot/desk/routing/facts.js'
import { LEGAL_TOPICS, needOf } from '../../../bot/desk/routing/needs.js'
import { route } from '../../../bot/desk/routing/route.js'
import { colleague, facts, NOW, world } from './a-desk.js'
import { seedTopics } from './seed-topics.js'

const offered = (staff: Colleague[], about: Partial<CaseFacts> = {}) => route(facts(about), world({ staff }))
const ids = (staff: Colleague[], about: Partial<CaseFacts> = {}) =>
  offered(staff, about).colleagues.map(({ staffId }) => staffId)

describe('an ordinary case', () => {
  it('is offered to those of the centre who are there, have room and speak the language', () => {
    const staff = [
      colleague('a'),
      colleague('away', { present: false }),
      colleague('full', { load: 5 }),
      colleague('russian', { languages: ['ru'] }),
      colleague('elsewhere', { centreId: 'dushanbe' }),
    ]
    expect(ids(staff)).toEqual(['a'])
  })

  it('never to somebody the client does not want', () => {
    expect(ids([colleague('a'), colleague('b')], { avoid: ['a'], preferred: 'a' })).toEqual(['b'])
  })

  it('first to who helped before, then who knows the topic, then who has least to do, then who got one longest ago', () => {
    const staff = [
      colleague('busy', { load: 4 }),
      colleague('just-now', { lastCaseAt: NOW - 1 }),
      colleague('long-ago', { lastCaseAt: NOW - 1000 }),
      colleague('part-time', { capacity: 2, load: 1 }),
      colleague('knows', { skills: ['health-care'], load: 3 }),
      colleague('before', { load: 4, lastCaseAt: NOW }),
    ]
    expect(ids(staff, { preferred: 'before' })).toEqual([
      'before',
      'knows',
      'long-ago',
      'just-now',
      'part-time',
      'busy',
    ])
  })

  it('in the second language where the centre does not work in the client’s', () => {
    const { colleagues } = offered([colleague('a', { languages: ['ru'] })], { language: 'ky' })
    expect(colleagues).toEqual([{ staffId: 'a', talksIn: 'ru' }])
    expect(ids([colleague('a', { languages: ['ru'] })], { language: 'ky', secondLanguage: 'en' })).toEqual([])
  })
})

describe('what a case needs', () => {
  it('is a lawyer first for bans, papers and wages, and anybody when there is none', () => {
    const staff = [colleague('social', { load: 0 }), colleague('lawyer', { roles: ['lawyer'], load: 4 })]
    for (const topic of ['bans-deportation-fines', 'employment-rights', 'lost-documents'])
      expect(ids(staff, { topic }), topic).toEqual(['lawyer', 'social'])
    expect(ids(staff, { danger: 'detention', topic: null })).toEqual(['lawyer', 'social'])
    expect(ids(staff, { topic: 'health-care' })).toEqual(['social', 'lawyer'])
    expect(ids(staff.slice(0, 1), { topic: 'work-permit' })).toEqual(['social'])
  })

  it('names topics that the articles have', () => {
    const topics = seedTopics()
    for (const topic of [...LEGAL_TOPICS, 'trafficking-violence']) expect(topics).toContain(topic)
  })

  it('S42 S43 is the trained role for trafficking, and for children; both for a trafficked child', () => {
    expect(needOf(facts({ topic: 'trafficking-violence' })).required).toEqual(['trafficking'])
    expect(needOf(facts({ danger: 'trafficking' })).required).toEqual(['trafficking'])
    expect(needOf(facts({ danger: 'child' })).required).toEqual(['safeguarding'])
    expect(needOf(facts({ minor: true })).required).toEqual(['safeguarding'])
    expect(needOf(facts({ minor: true, danger: 'trafficking' })).required).toEqual(['trafficking', 'safeguarding'])
    expect(needOf(facts({ danger: 'suicide' })).required).toEqual([])
  })
})

describe('a case that only a trained colleague may see', () => {
  const trained = colleague('trained', { roles: ['trafficking', 'social'] })
  const untrained = colleague('untrained', { roles: ['social', 'lawyer', 'safeguarding'] })
  const trafficked = { danger: 'trafficking' as const }

  it('S43 is offered to nobody else', () => {
    expect(ids([untrained, trained], trafficked)).toEqual(['trained'])
  })

  it('waits when nobody is trained, though others sit there, and a supervisor is told', () => {
    expect(offered([untrained], trafficked)).toMatchObject({ colleagues: [], waits: 'no-role', tellSupervisor: true })
  })

  it('waits when the trained one is away or has their hands full, and a supervisor is told of that too', () => {
    const away = { ...trained, present: false }
    expect(offered([untrained, away], trafficked)).toMatchObject({ waits: 'nobody-present', tellSupervisor: true })
    const full = { ...trained, load: 5 }
    expect(offered([untrained, full], trafficked)).toMatchObject({ waits: 'nobody-free', tellSupervisor: true })
  })

  it('of a trafficked child needs somebody trained in both', () => {
    const both = colleague('both', { roles: ['trafficking', 'safeguarding'] })
    expect(ids([trained, untrained, both], { ...trafficked, minor: true })).toEqual(['both'])
  })
})

describe('an ordinary case that waits', () => {
  const waits = (staff: Colleague[], about: Partial<CaseFacts> = {}) => {
    const { waits, tellSupervisor } = offered(staff, about)
    return `${waits} ${tellSupervisor ? 'told' : 'quiet'}`
  }

  it('does so quietly at night and while all are busy', () => {
    expect(waits([colleague('a', { present: false })])).toBe('nobody-present quiet')
    expect(waits([colleague('a', { load: 5 }), colleague('b', { present: false })])).toBe('nobody-free quiet')
  })

  it('is told of when no shift will bring the one it needs', () => {
    expect(waits([])).toBe('no-team told')
    expect(waits([colleague('a', { centreId: 'almaty' })])).toBe('no-team told')
    expect(waits([colleague('a', { languages: ['ru'] })])).toBe('no-language told')
    expect(waits([colleague('a')], { avoid: ['a'] })).toBe('all-avoided told')
  })
})
