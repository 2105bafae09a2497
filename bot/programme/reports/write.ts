/** What whoever reports does with a month: begins it, sends it, says that there was nothing, opens it anew. */
import { Refusal } from '../../conversation/action.js'
import type { Values } from '../../engine/types.js'
import { Prisma, type Report } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { dueDayOf } from '../rules.js'
import { dayIn, dueDay, isExpected, periodIn } from './periods.js'
import { isLate, isState, leadsTo, type ReportEventName, type State } from './states.js'
import { programmeOf, type Whose } from './whose.js'

export type Key = { personId: string; programmeId: string; period: string }

export const stateOf = ({ state }: Pick<Report, 'state'>): State => {
  if (!isState(state)) throw new Error(`There is no state "${state}" of a report.`)
  return state
}

/** The row of that month, made when it is not there yet, and locked: two channels at once act one after the other. */
export async function lockReport(tx: Tx, key: Key): Promise<Report> {
  const sql = sqlOf(tx)
  const values = [key.personId, key.programmeId, key.period]
  await sql(
    `insert into report (person_id, programme_id, period) values ($1::uuid, $2::uuid, $3) on conflict do nothing returning id`,
    values,
  )
  await sql(
    'select id from report where person_id = $1::uuid and programme_id = $2::uuid and period = $3 for update',
    values,
  )
  return tx.report.findUniqueOrThrow({ where: { personId_programmeId_period: key } })
}

/** @throws Refusal nobody: they are in no programme */
export async function whoseReport(tx: Tx, personId: string): Promise<Whose> {
  const whose = await programmeOf(tx, personId)
  if (!whose) throw new Refusal('nobody')
  return whose
}

/** @throws Refusal notYet, early (before joining), gone (after leaving) */
export function mustBeExpected({ zone, stretches }: Whose, period: string, now: Date): void {
  if (period > periodIn(zone, now)) throw new Refusal('notYet')
  if (isExpected(period, stretches)) return
  const first = stretches.map(({ from }) => from.slice(0, 7)).sort()[0] ?? period
  throw new Refusal(period < first ? 'early' : 'gone')
}

/** @throws Refusal locked, approved */
function next(report: Report, event: ReportEventName): State {
  const state = leadsTo({ state: stateOf(report), locked: report.locked }, event)
  if (state === 'locked') throw new Refusal('locked')
  if (state === 'refused') throw new Refusal('approved')
  return state
}

/** Opens the month for writing. `sent`: something was sent already, and it is not open to be written anew. */
export async function begin(tx: Tx, key: Key): Promise<{ state: State; sent: boolean }> {
  const report = await lockReport(tx, key)
  const state = next(report, 'begin')
  if (state !== report.state) await tx.report.update({ where: { id: report.id }, data: { state } })
  return { state, sent: report.sentAt !== null && report.reopened === null }
}

export type Sending = { key: Key; whose: Whose; now: Date; channel: string; formId: string; answers: Values | null }

/** Adds a version; what was sent before stays as it is. */
export async function send(
  tx: Tx,
  { key, whose, now, channel, formId, answers }: Sending,
  seal: (answers: Values) => Uint8Array<ArrayBuffer>,
) {
  const report = await lockReport(tx, key)
  const state = next(report, answers ? 'submit' : 'nothing')
  const number = 1 + (await tx.reportVersion.count({ where: { reportId: report.id } }))
  await tx.reportVersion.create({
    data: { reportId: report.id, number, formId, channel, at: now, answers: answers && seal(answers) },
  })
  const sentAt = report.sentAt ?? now
  // Nothing that was put aside is wanted any more
  await tx.report.update({
    where: { id: report.id },
    data: { state, sentAt, reopened: Prisma.DbNull, draft: null, draftVersion: null },
  })
  return { version: number, late: lateOf(report, whose, sentAt, now) }
}

export function lateOf(
  { extendedTo, period }: Pick<Report, 'extendedTo' | 'period'>,
  { rules, zone }: Pick<Whose, 'rules' | 'zone'>,
  sentAt: Date | null,
  now: Date,
): boolean {
  const due = extendedTo?.toISOString().slice(0, 10) ?? dueDay(period, dueDayOf(rules, period))
  return isLate(due, sentAt && dayIn(zone, sentAt), dayIn(zone, now))
}

/** What was sent is open again, at these questions; at none of them it is looked through as a whole. */
export async function reopen(tx: Tx, key: Key): Promise<void> {
  const report = await lockReport(tx, key)
  next(report, 'submit')
  const last = await tx.reportVersion.findFirst({ where: { reportId: report.id }, orderBy: { number: 'desc' } })
  // A month with nothing in it begins at its first question
  if (last?.answers) await tx.report.update({ where: { id: report.id }, data: { reopened: [] } })
  else await undo(tx, report)
}

/** "Nothing to report" is taken back: the month is owed again, and what was said in time makes nothing that follows be in time. */
async function undo(tx: Tx, report: Report): Promise<void> {
  await tx.report.update({
    where: { id: report.id },
    data: { state: next(report, 'undo'), reopened: [], sentAt: null },
  })
}
