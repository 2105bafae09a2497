/** Where a case goes: country, city, language, topic, role. */
import { type CentreChoice, rankCentres } from './centres.js'
import { type Candidate, rankColleagues, type Waits, whyItWaits } from './colleagues.js'
import type { CaseFacts, Centre, World } from './facts.js'
import { type Need, needOf } from './needs.js'

const CLOSED_TOO_LONG_MS = 12 * 3_600_000

export type Route = {
  /** The best first. */
  centres: CentreChoice[]
  /** The case's own, open or closed; `undefined` only when there are no centres. */
  chosen: CentreChoice | undefined
  need: Need
  /** To whom it is offered, in this order. */
  colleagues: Candidate[]
  /** Why it waits, when there is nobody to offer it to. */
  waits?: Waits | 'no-centre'
  /** It waits for what no shift will bring by itself, or for a role that it must have: a supervisor has to know. */
  tellSupervisor: boolean
  /**
   * A centre of the same country that speaks the language and is open, when the own one stays closed for long. The case is not moved
   * there: the client must agree that another centre sees it (S04).
   */
  alternative?: CentreChoice
}

/** Total: whatever is not known, there is an answer. The same facts and world give the same route. */
export function route(facts: CaseFacts, world: World): Route {
  const need = needOf(facts)
  const centres = rankCentres(facts, world.centres)
  const [chosen] = centres
  const centre = world.centres.find(({ id }) => id === chosen?.centreId)
  if (!chosen || !centre)
    return { centres, chosen: undefined, need, colleagues: [], waits: 'no-centre', tellSupervisor: true }
  const colleagues = rankColleagues(facts, centre, world.staff)
  const alternative = openInstead(facts, world, centre, centres)
  return {
    centres,
    chosen,
    need,
    colleagues,
    ...(alternative ? { alternative } : {}),
    ...(colleagues.length > 0 ? { tellSupervisor: false } : waiting(whyItWaits(facts, centre, world.staff), need)),
  }
}

/** Nights and full hands pass by themselves; what else keeps a case waiting does not. */
function waiting(waits: Waits, { required }: Need): Pick<Route, 'waits' | 'tellSupervisor'> {
  const passes = waits === 'nobody-present' || waits === 'nobody-free'
  return { waits, tellSupervisor: !passes || required.length > 0 }
}

function openInstead(
  facts: CaseFacts,
  { now, centres, closedTooLongMs = CLOSED_TOO_LONG_MS }: World,
  own: Centre,
  choices: readonly CentreChoice[],
): CentreChoice | undefined {
  const opensSoon = typeof own.opensAt === 'number' && own.opensAt - now <= closedTooLongMs
  if (own.open || opensSoon) return undefined
  const openOnes = centres.filter(({ id, country, open }) => id !== own.id && country === own.country && open)
  return choices.find(
    ({ centreId, talksIn, reason }) =>
      talksIn === facts.language && reason !== 'no-channel' && openOnes.some(({ id }) => id === centreId),
  )
}
