/** What clients said of workers' help: for coordinators, in sums and in lines that belong to nobody. */
import { audit } from '../../desk/audit.js'
import { exportFeedback } from '../../programme/feedback/export.js'
import { feedbackOf, groupsWithFeedback } from '../../programme/feedback/overview.js'
import { isPeriod } from '../../programme/reports/periods.js'
import { streamed } from '../exports/streamed.js'
import type { StaffRoute, Visit } from '../guard.js'
import { orStay, type Page, param, sendPage } from '../house/pages.js'
import { groupsView, groupView } from '../views/feedback/group.js'
import { feedbackWords } from '../views/feedback/words.js'

const sayOf = ({ desk, view }: Visit) => feedbackWords(desk.texts, view.tongue)

function askedIn({ request, view }: Visit) {
  const { month } = request.query as { month?: unknown }
  return { period: isPeriod(month) ? month : undefined, now: view.now }
}

async function groupPage(visit: Visit): Promise<Page> {
  const { desk, view, session } = visit
  const page = await feedbackOf(desk.store, session.staff, param(visit, 'group'), askedIn(visit))
  const { id: groupId, name } = page.group
  await desk.traceNames(session.staff, groupId)
  if (page.lines.length > 0) {
    const object = `${groupId}/${page.period}`
    await desk.store.transaction((tx) =>
      audit(tx, desk.store.vault, { staffId: session.staff.id, action: 'feedback.lines', object, at: view.now }),
    )
  }
  return { room: 'feedback', title: name, body: groupView(view, sayOf(visit), page) }
}

export const feedbackRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/feedback',
    action: 'feedback.read',
    async handle(visit) {
      const { desk, view, session } = visit
      const { period, groups } = await groupsWithFeedback(desk.store, session.staff, askedIn(visit))
      const body = groupsView(view, sayOf(visit), period, groups)
      return sendPage(visit, { room: 'feedback', title: view.house('nav.feedback'), body })
    },
  },
  {
    method: 'GET',
    url: '/feedback/:group',
    action: 'feedback.read',
    handle: async (visit) => sendPage(visit, await groupPage(visit)),
  },
  {
    method: 'POST',
    url: '/feedback/:group/export',
    action: 'feedback.read',
    handle: (visit) =>
      orStay(
        visit,
        () => groupPage(visit),
        async () => {
          const { desk, session, form } = visit
          const [from, to] = [form.field('from'), form.field('to')]
          const asked = { groupId: param(visit, 'group'), from, to, say: sayOf(visit) }
          const table = await exportFeedback(desk.house, session.staff, asked)
          return streamed(visit, `feedback-${from}-${to}`, 'csv', table)
        },
      ),
  },
]
