/** Workers' reports: the months of a group, one report, and what a coordinator does with it. */
import { loadFile } from '../../conversation/files.js'
import { may } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import { holdsFile } from '../../programme/reports/attachments.js'
import { approve, extend, giveBack, type Place, setLock } from '../../programme/reports/decide.js'
import { exportReports } from '../../programme/reports/export.js'
import { groupsFor } from '../../programme/reports/groups.js'
import { matrixOf } from '../../programme/reports/matrix.js'
import { isPeriod } from '../../programme/reports/periods.js'
import { readReport } from '../../programme/reports/read.js'
import { remindMissing } from '../../programme/reports/wanted.js'
import { streamed } from '../exports/streamed.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { summaryForm } from '../views/duties/summary-form.js'
import { deskWords } from '../views/duties/words.js'
import { groupsView, matrixView } from '../views/reports/matrix.js'
import { reportView } from '../views/reports/report.js'
import { reportWords } from '../views/reports/words.js'
import { sendFile } from './files.js'

const wordsOf = ({ desk, view }: Visit) => reportWords(desk.texts, view.tongue)
const decides = ({ session }: Visit) => may(session.staff, 'report.decide')

const placeOf = (visit: Visit): Place => ({
  groupId: param(visit, 'group'),
  personId: param(visit, 'person'),
  period: param(visit, 'period'),
})

/** Whoever reads the names leaves a trace before they are shown. */
export async function matrixPage(visit: Visit): Promise<Page> {
  const { desk, view, session, request } = visit
  const { last } = request.query as { last?: unknown }
  const groupId = param(visit, 'group')
  const about = { groupId, now: view.now, last: isPeriod(last) ? last : undefined }
  const matrix = await matrixOf(desk.store, session.staff, about)
  await desk.traceNames(session.staff, matrix.group.id)
  return {
    room: 'reports',
    title: matrix.group.name,
    body: matrixView(
      view,
      wordsOf(visit),
      matrix,
      decides(visit),
      summaryForm(view, deskWords(desk.texts, view.tongue), groupId, matrix.periods),
    ),
  }
}

async function reportPage(visit: Visit): Promise<Page> {
  const { desk, view, session, form } = visit
  const report = await readReport(desk.store, session.staff, placeOf(visit))
  const body = reportView(view, wordsOf(visit), report, decides(visit), form.field('reason'))
  return { room: 'reports', title: report.name, body }
}

type Acting = {
  url: string
  page(visit: Visit): Promise<Page>
  work(visit: Visit): Promise<ReturnType<typeof sendPage>>
}

const act = ({ url, page, work }: Acting): StaffRoute => ({
  method: 'POST',
  url,
  action: 'report.decide',
  handle: (visit) =>
    orStay(
      visit,
      () => page(visit),
      () => work(visit),
    ),
})

const REPORT = '/reports/:group/:person/:period'

const onReport = (name: string, work: (visit: Visit, place: Place) => Promise<boolean>): StaffRoute =>
  act({
    url: `${REPORT}/${name}`,
    page: reportPage,
    async work(visit) {
      const place = placeOf(visit)
      const told = await work(visit, place)
      return done(visit, `/reports/${place.groupId}/${place.personId}/${place.period}`, told ? 'saved' : 'unreached')
    },
  })

/** The boxes of a form that were ticked. */
const named = ({ request }: Visit): string[] =>
  Object.keys((request.body ?? {}) as object).flatMap((name) => (name.startsWith('answer.') ? [name.slice(7)] : []))

export const reportRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/reports',
    action: 'report.read',
    async handle(visit) {
      const { desk, view, session } = visit
      const body = groupsView(view, wordsOf(visit), await groupsFor(desk.store, session.staff))
      return sendPage(visit, { room: 'reports', title: view.house('nav.reports'), body })
    },
  },
  {
    method: 'GET',
    url: '/reports/:group',
    action: 'report.read',
    handle: async (visit) => sendPage(visit, await matrixPage(visit)),
  },
  {
    method: 'GET',
    url: REPORT,
    action: 'report.read',
    handle: async (visit) => sendPage(visit, await reportPage(visit)),
  },
  {
    method: 'GET',
    url: `${REPORT}/files/:id`,
    action: 'report.read',
    byItself: true,
    async handle(visit) {
      const { desk, session } = visit
      const id = param(visit, 'id')
      const report = await readReport(desk.store, session.staff, placeOf(visit))
      const file = holdsFile(report, id) && (await loadFile(desk.store, desk.files, id, report.personId))
      if (!file) throw new UserError('noFile')
      return sendFile(visit, id, file)
    },
  },
  act({
    url: '/reports/:group/remind',
    page: matrixPage,
    async work(visit) {
      const { desk, session, form } = visit
      const group = param(visit, 'group')
      const reached = await remindMissing(desk.house, session.staff, group, form.field('period'))
      return done(visit, `/reports/${group}`, reached > 0 ? 'reminded' : 'nobodyReminded')
    },
  }),
  act({
    url: '/reports/:group/export',
    page: matrixPage,
    async work(visit) {
      const { desk, session, form } = visit
      const [from, to] = [form.field('from'), form.field('to')]
      const table = await exportReports(desk.house, session.staff, {
        groupId: param(visit, 'group'),
        from,
        to,
        ...wordsOf(visit),
      })
      return streamed(visit, `reports-${from}-${to}`, form.field('as') === 'xlsx' ? 'xlsx' : 'csv', table)
    },
  }),
  onReport('approve', ({ desk, session }, place) => approve(desk.house, session.staff, place)),
  onReport('return', (visit, place) => {
    const { desk, session, form } = visit
    return giveBack(desk.house, session.staff, place, { reason: form.field('reason'), answers: named(visit) })
  }),
  onReport('extend', ({ desk, session, form }, place) => extend(desk.house, session.staff, place, form.field('day'))),
  onReport('lock', ({ desk, session }, place) => setLock(desk.house, session.staff, place, true)),
  onReport('unlock', ({ desk, session }, place) => setLock(desk.house, session.staff, place, false)),
]
