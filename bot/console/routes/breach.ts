/** When data may have been seen by somebody who should not have seen it (S47). */
import {
  askUnfreeze,
  breachPlan,
  endOtherSessions,
  openBreach,
  reportBreach,
  setBreachPlan,
} from '../../desk/two-people/breach.js'
import type { StaffRoute, Visit } from '../guard.js'
import { type Done, done, formRoute, type Page, sendPage } from '../house/pages.js'
import { breachView } from '../views/house/breach.js'

async function breachPage({ desk, view, form }: Visit): Promise<Page> {
  const [open, plan] = await Promise.all([openBreach(desk.store), breachPlan(desk.store)])
  const asked = { kind: 'unfreeze', object: open?.id ?? '', state: 'asked', expiresAt: { gt: view.now } }
  const lifting = (await desk.store.db.approval.count({ where: asked })) > 0
  const filled = { words: form.field('words'), reason: form.field('reason') }
  return { room: 'breach', title: view.house('nav.breach'), body: breachView(view, { open, plan, lifting, filled }) }
}

const act = (
  url: string,
  action: StaffRoute['action'],
  what: Done,
  work: (visit: Visit) => Promise<unknown>,
): StaffRoute =>
  formRoute({
    url,
    action,
    page: breachPage,
    async work(visit) {
      await work(visit)
      return done(visit, '/breach', what)
    },
  })

export const breachRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/breach',
    action: 'breach.report',
    handle: async (visit) => sendPage(visit, await breachPage(visit)),
  },
  act('/breach', 'breach.report', 'frozen', ({ desk, session, form }) =>
    reportBreach(desk.house, session.staff, form.field('words')),
  ),
  act('/breach/sessions', 'breach.report', 'signedOut', ({ desk, session }) =>
    endOtherSessions(desk.house, session.staff),
  ),
  act('/breach/plan', 'breach.report', 'saved', ({ desk, session, form }) =>
    setBreachPlan(desk.house, session.staff, form.field('plan')),
  ),
  act('/breach/lift', 'unfreeze.ask', 'asked', ({ desk, session, form }) =>
    askUnfreeze(desk.house, session.staff, { reason: form.field('reason'), words: form.field('words') }),
  ),
]
