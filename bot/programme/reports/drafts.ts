/**
 * Which answers a report goes on with: those of a report that is open to be written anew, without the ones that are asked again; else the
 * newest draft of a month that still waits. Answers of another month are put aside with their report, so that none is lost. What was begun
 * is finished by the form with which it was begun, also on another channel; the next report is asked by the newest form.
 */
import type { Begun, DraftKeeper, KeptDraft } from '../../conversation/drafts.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import { fetchVersion } from '../../conversation/versions.js'
import { draftOf } from '../../engine/begin.js'
import type { Values } from '../../engine/types.js'
import type { Report } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { versionFor } from '../form/start.js'
import { Form, REPORT } from './form.js'
import { isPeriod } from './periods.js'
import { isOpen } from './states.js'
import { programmeOf } from './whose.js'
import { lockReport, stateOf } from './write.js'

/** The month that these answers are about, when it was chosen already. */
export function periodOf({ month, other }: Values): string | undefined {
  const period = month === 'other' ? other : month
  return isPeriod(period) ? period : undefined
}

const waits = (report: Report | undefined): boolean =>
  !report?.locked && (!report || isOpen(stateOf(report)) || report.reopened !== null)

/** `version`: of the form that they answer. */
type Kept = Pick<KeptDraft, 'answers' | 'version'>

export const reportDrafts = (house: Pick<InsideHouse, 'mind'>): DraftKeeper => ({
  flow: REPORT,
  async choose(turn, tx, drafts): Promise<Begun> {
    const { personId } = turn.loaded
    const whose = await programmeOf(tx, personId)
    if (!whose) return { answers: undefined, versions: [] }
    const { programmeId } = whose
    const newest = await versionFor(tx, house.mind.library, programmeId)
    const reports = await tx.report.findMany({ where: { personId, programmeId }, orderBy: { period: 'asc' } })
    const of = (draft: KeptDraft) => reports.find(({ period }) => period === periodOf(draft.answers))
    const open = drafts.filter((draft) => waits(of(draft)))
    const again = reports.find((report) => report.reopened !== null && waits(report))
    const last = again && (await lastVersion(tx, again))
    const kept = again && last?.answers ? keptOf(again, last) : []
    // What another chat was left with before the report was sent from here is older than what was sent: it would ask what was answered
    const goesOn = (draft: KeptDraft) =>
      of(draft) === again &&
      (!last?.answers || (draft.at > last.at && kept.every((id) => Object.hasOwn(draft.answers, id))))
    const chosen = again ? (open.find(goesOn) ?? lastAnswers(turn, again, last)) : (open[0] ?? aside(turn, reports))
    for (const draft of open) {
      const period = periodOf(draft.answers)
      if (period && chosen && period !== periodOf(chosen.answers))
        await putAside(turn, tx, { programmeId, period }, draft)
    }
    // Before a month is chosen nothing of a form was answered
    const begun = chosen?.version && periodOf(chosen.answers) ? [chosen.version] : []
    return { answers: chosen?.answers, versions: [...begun, newest] }
  },
})

const lastVersion = (tx: Tx, { id: reportId }: Report) =>
  tx.reportVersion.findFirst({ where: { reportId }, include: { form: true }, orderBy: { number: 'desc' } })

type Last = NonNullable<Awaited<ReturnType<typeof lastVersion>>>

/** The questions whose answers stay as they were sent. */
function keptOf({ reopened }: Report, { form }: Last): string[] {
  const again = Array.isArray(reopened) ? reopened : []
  return Form.parse(form.form)
    .questions.map(({ id }) => id)
    .filter((id) => !again.includes(id))
}

/** What was sent last, but for what is asked again; by the form with which it was sent. */
function lastAnswers({ drawer }: Turn, report: Report, last: Last | null | undefined): Kept {
  if (!last?.answers) return { answers: { month: report.period } }
  const given = drawer.openJson<Values>('report.answers', last.answers)
  const answers = {
    month: report.period,
    kind: 'report',
    ...Object.fromEntries(keptOf(report, last).map((id) => [id, given[id] ?? null])),
  }
  return { answers, version: last.form.version }
}

const aside = ({ drawer }: Turn, reports: readonly Report[]): Kept | undefined => {
  const found = reports.find((report) => report.draft && waits(report))
  if (!found?.draft) return undefined
  return {
    answers: drawer.openJson<Values>('report.draft', found.draft),
    version: found.draftVersion ?? undefined,
  }
}

type About = { programmeId: string; period: string }

/** What was written for a month that was locked meanwhile: it waits with its report, should the month be opened again. */
export async function keepForLater({ mind }: Pick<InsideHouse, 'mind'>, turn: Turn, tx: Tx, about: About) {
  const frame = turn.state.position?.frames.find(({ flow }) => flow === REPORT)
  if (!frame) return
  const { version } = frame
  const answers = draftOf(frame, await fetchVersion(tx, mind.library, REPORT, version))
  await putAside(turn, tx, about, { answers, version })
}

async function putAside(turn: Turn, tx: Tx, about: About, draft: Kept) {
  const { id } = await lockReport(tx, { personId: turn.loaded.personId, ...about })
  const sealed = turn.drawer.sealJson('report.draft', draft.answers)
  await tx.report.update({ where: { id }, data: { draft: sealed, draftVersion: draft.version ?? null } })
}
