/** Who may take a case. The same rule for a claim, the next case and an offer. */
import type { Language } from '../../text/languages.js'
import type { CaseFacts, Centre, Colleague } from './facts.js'
import { needOf } from './needs.js'

export type CentreOfCase = Pick<Centre, 'id' | 'languages'>

/** Why not; the first that is true. */
export type Refusal = 'avoided' | 'team' | 'role' | 'language'

type Person = Pick<Colleague, 'id' | 'centreId' | 'languages' | 'roles'>

/** Most who come to us went to school in it. */
const SECOND_LANGUAGE: Language = 'ru'

export const secondLanguageOf = ({ secondLanguage }: CaseFacts): Language => secondLanguage ?? SECOND_LANGUAGE

/**
 * The language in which this colleague would talk with the client: theirs; or the second one where the centre does not work in
 * theirs, or in danger, when broken words now are better than good ones tomorrow.
 */
export function talksIn(
  { languages }: Pick<Colleague, 'languages'>,
  facts: CaseFacts,
  centre: CentreOfCase | undefined,
): Language | undefined {
  if (languages.includes(facts.language)) return facts.language
  const second = secondLanguageOf(facts)
  const enough = Boolean(facts.danger) || !centre?.languages.includes(facts.language)
  return enough && languages.includes(second) ? second : undefined
}

/** @param centre the case's own; a case that has none yet is everybody's */
export function refusal(colleague: Person, facts: CaseFacts, centre: CentreOfCase | undefined): Refusal | undefined {
  if (facts.avoid.includes(colleague.id)) return 'avoided'
  const own = !centre || centre.id === colleague.centreId
  if (!own && !facts.invited?.includes(colleague.id)) return 'team'
  if (!needOf(facts).required.every((role) => colleague.roles.includes(role))) return 'role'
  return talksIn(colleague, facts, centre) ? undefined : 'language'
}

export const mayTake = (colleague: Person, facts: CaseFacts, centre: CentreOfCase | undefined): boolean =>
  refusal(colleague, facts, centre) === undefined
