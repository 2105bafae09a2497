/** What a worker sees of their own feedback: how many, and from five on what they say all together. */
import type { Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'

import { periodIn } from '../reports/periods.js'
import { zoneOf } from '../reports/whose.js'
import type { Whose } from './tokens.js'
import { type Shown, type Totals, together } from './totals.js'

/** The group that this person is in, and their month; `undefined` for whoever is in none. */
export async function whoseFeedback(tx: Tx, personId: string, now: Date): Promise<Whose | undefined> {
  const found = await tx.enrolment.findFirst({
    where: { personId, leftOn: null },
    orderBy: { joinedOn: 'desc' },
    include: { group: true, person: true },
  })
  if (!found) return undefined
  const zone = zoneOf(found.person.country, found.group.timeZone)
  return { personId, groupId: found.groupId, period: periodIn(zone, now) }
}

/** How many came in that month, in whichever groups of the programme the worker was. */
export async function answersIn(
  tx: Tx,
  { personId, programmeId, period }: { personId: string; programmeId: string; period: string },
): Promise<number> {
  const rows = await tx.feedbackMonth.findMany({ where: { personId, period, group: { programmeId } } })
  return rows.reduce((n, { answers }) => n + answers, 0)
}

export type OwnMonth = { period: string; answers: number; shown: Shown | null }

/** The newest first. */
export async function ownMonths(tx: Tx, drawer: Drawer, personId: string): Promise<OwnMonth[]> {
  const rows = await tx.feedbackMonth.findMany({ where: { personId }, orderBy: { period: 'desc' } })
  const periods = [...new Set(rows.map(({ period }) => period))]
  return periods.map((period) => {
    const own = rows.filter((row) => row.period === period)
    return {
      period,
      answers: own.reduce((n, { answers }) => n + answers, 0),
      shown: together(own.map(({ totals }) => drawer.openJson<Totals>('feedback_month.totals', totals).shown)),
    }
  })
}
