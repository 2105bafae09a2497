/** Which months somebody is offered: the oldest that waits, however old, then the current one, then the others of a year. */
import type { Tx } from '../../store/store.js'
import { expectedPeriods, periodIn } from './periods.js'
import { isOpen } from './states.js'
import { oldestOffered, type Whose } from './whose.js'
import { stateOf } from './write.js'

export type Offered = { period: string; sent: boolean }

export async function monthsFor(tx: Tx, personId: string, whose: Whose, now: Date): Promise<Offered[]> {
  const current = periodIn(whose.zone, now)
  const reports = await tx.report.findMany({ where: { personId, programmeId: whose.programmeId } })
  const of = (period: string) => reports.find((report) => report.period === period)
  const wanted = expectedPeriods(whose.stretches, current).filter((period) => {
    const report = of(period)
    return !report?.locked && report?.state !== 'approved'
  })
  const waits = (period: string) => {
    const report = of(period)
    return !report || isOpen(stateOf(report))
  }
  const waiting = wanted.filter(waits)
  const [oldest] = waiting
  const first = [...new Set([...(oldest ? [oldest] : []), ...waiting.filter((period) => period === current)])]
  const recent = wanted.filter((period) => period >= oldestOffered(current) && !first.includes(period))
  const rest = [...recent.filter(waits), ...recent.filter((period) => !waits(period)).reverse()]
  return [...first, ...rest].map((period) => ({ period, sent: !waits(period) }))
}
