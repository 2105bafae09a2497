/**
 * Which answers a report goes on with: those of a report that is open to be written anew, without the ones that are asked again; else the
 * newest draft of a month that still waits. Answers of another month are put aside with their report, so that none is lost.
 */
import type { DraftKeeper, KeptDraft } from '../../conversation/drafts.js'
import type { Turn } from '../../conversation/turn.js'
import type { Values } from '../../engine/types.js'
import type { Report } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
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

export const reportDrafts: DraftKeeper = {
  flow: REPORT,
  async choose(turn, tx, drafts) {
    const { personId } = turn.loaded
    const whose = await programmeOf(tx, personId)
    if (!whose) return undefined
    const { programmeId } = whose
    const reports = await tx.report.findMany({ where: { personId, programmeId }, orderBy: { period: 'asc' } })
    const of = (draft: KeptDraft) => reports.find(({ period }) => period === periodOf(draft.answers))
    const open = drafts.filter((draft) => waits(of(draft)))
    const again = reports.find((report) => report.reopened !== null && waits(report))
    const chosen = again
      ? await reopened(
          turn,
          tx,
          again,
          open.filter((draft) => of(draft) === again),
        )
      : (open[0]?.answers ?? aside(turn, reports))
    for (const { answers } of open) {
      const period = periodOf(answers)
      if (period && chosen && period !== periodOf(chosen)) await putAside(turn, tx, { programmeId, period }, answers)
    }
    return chosen
  },
}

/**
 * What was sent last, but for what is asked again; or that with what was answered since. A draft that another chat was left with before it
 * was sent from here is neither: it would ask what was answered long ago.
 */
async function reopened({ drawer }: Turn, tx: Tx, report: Report, drafts: readonly KeptDraft[]): Promise<Values> {
  const last = await tx.reportVersion.findFirst({
    where: { reportId: report.id },
    include: { form: true },
    orderBy: { number: 'desc' },
  })
  if (!last?.answers) return drafts[0]?.answers ?? { month: report.period }
  const given = drawer.openJson<Values>('report.answers', last.answers)
  const again = Array.isArray(report.reopened) ? report.reopened : []
  const kept = Form.parse(last.form.form).questions.filter(({ id }) => !again.includes(id))
  const since = drafts.find(({ answers, at }) => at > last.at && kept.every(({ id }) => Object.hasOwn(answers, id)))
  return (
    since?.answers ?? {
      month: report.period,
      kind: 'report',
      ...Object.fromEntries(kept.map(({ id }) => [id, given[id] ?? null])),
    }
  )
}

const aside = ({ drawer }: Turn, reports: readonly Report[]): Values | undefined => {
  const found = reports.find((report) => report.draft && waits(report))
  return found?.draft ? drawer.openJson<Values>('report.draft', found.draft) : undefined
}

async function putAside(turn: Turn, tx: Tx, about: { programmeId: string; period: string }, answers: Values) {
  const { id } = await lockReport(tx, { personId: turn.loaded.personId, ...about })
  await tx.report.update({ where: { id }, data: { draft: turn.drawer.sealJson('report.draft', answers) } })
}
