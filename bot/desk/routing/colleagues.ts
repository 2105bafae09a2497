/** To whom a case is offered, and why to nobody. */
import type { Language } from '../../text/languages.js'
import type { CaseFacts, Colleague } from './facts.js'
import { type CentreOfCase, mayTake, refusal, talksIn } from './may-take.js'
import { needOf } from './needs.js'
import { byRanks } from './order.js'

/** `talksIn`: the client's language, or the second one. */
export type Candidate = { staffId: string; talksIn: Language }

/**
 * Why nobody can be offered the case, the first that is true: the centre has no staff; nobody with the role that it must have; nobody
 * who is understood; the client wants none of those; nobody is there now; all who are have their hands full.
 */
export type Waits = 'no-team' | 'no-role' | 'no-language' | 'all-avoided' | 'nobody-present' | 'nobody-free'

const free = ({ load, capacity }: Colleague): boolean => load < capacity

/**
 * Those who may take it, are there and have room. First who helped before; then who speaks the client's own language, has the role,
 * knows the topic; then who has least to do for their capacity, and who got a case longest ago.
 */
export function rankColleagues(facts: CaseFacts, centre: CentreOfCase, staff: readonly Colleague[]): Candidate[] {
  const { preferred } = needOf(facts)
  const fit = staff.flatMap((person) => {
    const language = talksIn(person, facts, centre)
    return language && mayTake(person, facts, centre) && person.present && free(person) ? [{ person, language }] : []
  })
  return byRanks(fit, ({ person, language }) => [
    person.id !== facts.preferred,
    language !== facts.language,
    !person.roles.includes(preferred),
    !(facts.topic && person.skills.includes(facts.topic)),
    person.load / person.capacity,
    person.lastCaseAt ?? Number.NEGATIVE_INFINITY,
    person.id,
  ]).map(({ person, language }) => ({ staffId: person.id, talksIn: language }))
}

/** For a case without candidates. */
export function whyItWaits(facts: CaseFacts, centre: CentreOfCase, staff: readonly Colleague[]): Waits {
  const without = (...refusals: (string | undefined)[]) =>
    staff.filter((person) => !refusals.includes(refusal(person, { ...facts, avoid: [] }, centre)))
  if (without('team').length === 0) return 'no-team'
  if (without('team', 'role').length === 0) return 'no-role'
  const fit = without('team', 'role', 'language')
  if (fit.length === 0) return 'no-language'
  const welcome = fit.filter(({ id }) => !facts.avoid.includes(id))
  if (welcome.length === 0) return 'all-avoided'
  return welcome.some(({ present }) => present) ? 'nobody-free' : 'nobody-present'
}
