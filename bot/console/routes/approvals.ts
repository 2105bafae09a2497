/** Acts that need two people (S37): what waits for a word, and what is asked for here. */
import { decide } from '../../desk/two-people/decide.js'
import { askExport, downloadExport, type ExportedCase } from '../../desk/two-people/export.js'
import { askLifetime } from '../../desk/two-people/lifetimes.js'
import { approvalsFor } from '../../desk/two-people/list.js'
import { readShortened } from '../../store/shortened.js'
import { csv } from '../csv.js'
import type { StaffRoute, Visit } from '../guard.js'
import { FILE_HEADERS } from '../headers.js'
import { done, type FormRoute, formRoute, type Page, param, sendPage } from '../house/pages.js'
import { approvalsView } from '../views/house/approvals.js'
import type { View } from '../views/view.js'

async function approvalsPage({ desk, view, session, form }: Visit): Promise<Page> {
  const rows = await approvalsFor(desk.store, session.staff, view.now)
  const shortened = await readShortened(desk.store.sql)
  const today = view.now.toISOString().slice(0, 10)
  const filled = {
    from: form.field('from') || `${today.slice(0, 8)}01`,
    to: form.field('to') || today,
    words: form.field('words'),
    reason: form.field('reason'),
    days: form.field('days'),
    name: form.field('name'),
  }
  const body = approvalsView(view, { rows, shortened, filled })
  return { room: 'approvals', title: view.house('nav.approvals'), body }
}

const act = (form: Omit<FormRoute, 'page'>): StaffRoute => formRoute({ ...form, page: approvalsPage })

const why = ({ form }: Visit) => ({ reason: form.field('reason'), words: form.field('words') })

const COLUMNS = ['code', 'centre', 'country', 'language', 'topic', 'lawyer', 'opened', 'closed', 'outcome', 'contact']

const lineOf = (view: View, row: ExportedCase): (string | null)[] => [
  row.code,
  row.centre,
  row.country,
  view.language(row.language),
  row.topic && view.topic(row.topic),
  view.house(row.lawyer ? 'export.yes' : 'export.no'),
  row.opened,
  row.closed,
  row.outcome && view.say(`outcomes.${row.outcome}`),
  row.contactKind && view.say(`contact.${row.contactKind}`),
]

export const approvalRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/approvals',
    action: 'approval.decide',
    handle: async (visit) => sendPage(visit, await approvalsPage(visit)),
  },
  ...(['approve', 'refuse'] as const).map((verdict) =>
    act({
      url: `/approvals/:approval/${verdict}`,
      action: 'approval.decide',
      async work(visit) {
        await decide(visit.desk.house, visit.session.staff, param(visit, 'approval'), verdict)
        return done(visit, '/approvals', verdict === 'approve' ? 'approved' : 'refused')
      },
    }),
  ),
  act({
    url: '/approvals/export',
    action: 'export.ask',
    async work(visit) {
      const { desk, session, form } = visit
      await askExport(desk.house, session.staff, { ...why(visit), from: form.field('from'), to: form.field('to') })
      return done(visit, '/approvals', 'asked')
    },
  }),
  act({
    url: '/approvals/:approval/download',
    action: 'export.ask',
    async work(visit) {
      const { desk, session, view, reply } = visit
      const { period, rows } = await downloadExport(desk.house, session.staff, param(visit, 'approval'))
      const heads = COLUMNS.map((each) => view.house(`export.column.${each}`))
      return reply
        .headers(FILE_HEADERS)
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="cases-${period.from}-${period.to}.csv"`)
        .send(csv([heads, ...rows.map((row) => lineOf(view, row))]))
    },
  }),
  act({
    url: '/approvals/lifetime',
    action: 'lifetimes.ask',
    async work(visit) {
      const { desk, session, form } = visit
      const days = form.field('days') === '' ? null : Number(form.field('days'))
      await askLifetime(desk.house, session.staff, { ...why(visit), name: form.field('name'), days })
      return done(visit, '/approvals', 'asked')
    },
  }),
]
