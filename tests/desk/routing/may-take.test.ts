/** Who may claim a case that lies there. */
import { describe, expect, it } from 'vitest'
import type { CaseFacts, Colleague } from '../../../bot/desk/routing/facts.js'
import { mayTake, refusal } from '../../../bot/desk/routing/may-take.js'
import { colleague, facts, moscow, prague } from './a-desk.js'

const refused = (person: Partial<Colleague>, about: Partial<CaseFacts> = {}, centre = moscow) =>
  refusal(colleague('a', person), facts(about), centre)

describe('a claim', () => {
  it('is free to the team that speaks the language', () => {
    expect(mayTake(colleague('a'), facts(), moscow)).toBe(true)
  })

  it('from outside the team is refused, unless the case was offered to them', () => {
    expect(refused({ centreId: 'dushanbe' })).toBe('team')
    expect(refused({ centreId: 'dushanbe' }, { invited: ['b'] })).toBe('team')
    expect(refused({ centreId: 'dushanbe' }, { invited: ['a'] })).toBeUndefined()
  })

  it('outside the language is refused, as long as the centre works in it', () => {
    expect(refused({ languages: ['ru'] })).toBe('language')
    expect(refused({ languages: ['ru'] }, { language: 'uz' })).toBeUndefined()
    expect(refused({ languages: ['en'] }, { language: 'uz' })).toBe('language')
    expect(refused({ languages: ['en'] }, { language: 'uz', secondLanguage: 'en' })).toBeUndefined()
  })

  it('in the second language is free in danger, where broken words now are better than good ones tomorrow', () => {
    expect(refused({ languages: ['ru'] }, { danger: 'violence' })).toBeUndefined()
    expect(refused({ languages: ['en'] }, { danger: 'violence' })).toBe('language')
  })

  it('without the role is refused, also to who was invited and to who helped before', () => {
    const about = { danger: 'trafficking' as const, invited: ['a'], preferred: 'a' }
    expect(refused({ roles: ['social', 'lawyer'] }, about)).toBe('role')
    expect(refused({ roles: ['trafficking'] }, about)).toBeUndefined()
    expect(refused({ roles: ['trafficking'] }, { ...about, minor: true })).toBe('role')
  })

  it('by somebody the client does not want is refused before anything else', () => {
    expect(refused({ centreId: 'dushanbe' }, { avoid: ['a'], invited: ['a'] })).toBe('avoided')
  })

  it('does not ask who is there or has room: that is theirs to decide', () => {
    expect(refused({ present: false, load: 9 })).toBeUndefined()
  })

  it('of a case that has no centre yet is free to every team', () => {
    expect(refusal(colleague('a', { centreId: prague.id }), facts(), undefined)).toBeUndefined()
  })
})
