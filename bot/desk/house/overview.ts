/** The house as it is now: who waits where, what is late, who is there. No words of clients, and no order among colleagues but their aliases. */
import type { Case, Centre, Offer, Staff } from '../../store/generated/client.js'
import type { Store } from '../../store/store.js'
import { may } from '../access.js'
import { whyNot } from '../claiming.js'

export type WatchedCase = {
  code: string
  state: 'queued' | 'claimed'
  language: string
  urgent: boolean
  /** A promised answer has not come in time. */
  late: boolean
  waitingSince: Date | null
  owner: { id: string; alias: string } | null
  /** It was offered to somebody who has not answered yet. */
  offered: boolean
  /** Ids of colleagues who are here and may have it. */
  fitting: string[]
}

export type CentreNow = {
  /** `undefined`: cases of no centre. */
  centre: Centre | undefined
  queued: number
  claimed: number
  urgent: number
  late: number
  offered: number
  /** Since when the one who waits longest in the queue waits. */
  longest: Date | undefined
  /** Urgent and late ones first, then who waits longest. */
  cases: WatchedCase[]
}

export type ColleagueNow = {
  id: string
  alias: string
  role: string
  centreId: string | null
  load: number
  capacity: number
  onCall: boolean
  state: 'here' | 'pause' | 'away'
  until: Date | null
}

export type Overview = { centres: CentreNow[]; colleagues: ColleagueNow[] }

/** So many open cases are looked at; a house with more has other worries than this page. */
const CASES_SHOWN = 500

type Row = Case & { centre: Centre | null; owner: Staff | null; offers: Offer[] }

export async function overviewOf({ db }: Pick<Store, 'db'>, now: Date): Promise<Overview> {
  const [centres, staff, rows] = await Promise.all([
    db.centre.findMany({ orderBy: { id: 'asc' } }),
    db.staff.findMany({ where: { disabledAt: null }, orderBy: { alias: 'asc' } }),
    db.case.findMany({
      where: { state: { in: ['queued', 'claimed'] } },
      include: { centre: true, owner: true, offers: { where: { state: { in: ['asked', 'offered'] } } } },
      orderBy: { waitingSince: { sort: 'asc', nulls: 'last' } },
      take: CASES_SHOWN,
    }),
  ])
  const here = staff.filter((each) => may(each, 'case.claim') && stateOf(each, now).state !== 'away')
  const watched = rows.map((row) => ({ centreId: row.centreId, seen: watch(row, here, now) }))
  const of = (centre: Centre | undefined) =>
    sum(
      centre,
      watched.filter(({ centreId }) => centreId === (centre?.id ?? null)).map(({ seen }) => seen),
    )
  const loads = new Map<string, number>()
  for (const { ownerId, state } of rows)
    if (ownerId && state === 'claimed') loads.set(ownerId, (loads.get(ownerId) ?? 0) + 1)
  const homeless = of(undefined)
  return {
    centres: [...centres.map(of), ...(homeless.cases.length > 0 || centres.length === 0 ? [homeless] : [])],
    colleagues: byAlias(staff.filter((each) => may(each, 'case.claim'))).map((each) => ({
      id: each.id,
      alias: each.alias,
      role: each.role,
      centreId: each.centreId,
      load: loads.get(each.id) ?? 0,
      capacity: each.capacity,
      onCall: each.onCall,
      ...stateOf(each, now),
    })),
  }
}

function watch(row: Row, here: readonly Staff[], now: Date): WatchedCase {
  return {
    code: row.code,
    state: row.state === 'claimed' ? 'claimed' : 'queued',
    language: row.language,
    urgent: row.urgency === 'urgent',
    late: row.breachedAt !== null || (row.dueAt !== null && row.dueAt <= now),
    waitingSince: row.waitingSince,
    owner: row.owner && { id: row.owner.id, alias: row.owner.alias },
    offered: row.offers.length > 0,
    fitting: here.filter((each) => each.id !== row.ownerId && !whyNot(row, each, now)).map(({ id }) => id),
  }
}

function sum(centre: Centre | undefined, cases: WatchedCase[]): CentreNow {
  const count = (is: (each: WatchedCase) => boolean) => cases.filter(is).length
  const queued = cases.filter(({ state }) => state === 'queued')
  return {
    centre,
    queued: queued.length,
    claimed: cases.length - queued.length,
    urgent: count(({ urgent, state }) => urgent && state === 'queued'),
    late: count(({ late }) => late),
    offered: count(({ offered }) => offered),
    longest: queued.flatMap(({ waitingSince }) => waitingSince ?? [])[0],
    cases: [...cases].sort((one, other) => weight(other) - weight(one)),
  }
}

const weight = ({ urgent, late, state, waitingSince }: WatchedCase): number =>
  (urgent && state === 'queued' ? 8 : 0) + (late ? 4 : 0) + (state === 'queued' ? 2 : 0) + (waitingSince ? 1 : 0)

/** Consultant 2 before consultant 10. */
export const byAlias = <T extends { alias: string }>(staff: readonly T[]): T[] =>
  [...staff].sort((one, other) => one.alias.localeCompare(other.alias, 'en', { numeric: true }))

export function stateOf(
  { awayUntil, pauseUntil }: Pick<Staff, 'awayUntil' | 'pauseUntil'>,
  now: Date,
): Pick<ColleagueNow, 'state' | 'until'> {
  if (awayUntil && awayUntil > now) return { state: 'away', until: awayUntil }
  if (pauseUntil && pauseUntil > now) return { state: 'pause', until: pauseUntil }
  return { state: 'here', until: null }
}
