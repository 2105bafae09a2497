/** What is done about one worker: their invitation, putting right what was written wrongly, leaving, moving to another group. */
import { correct } from '../../../programme/people/correct.js'
import { dayOf } from '../../../programme/people/days.js'
import { enrolmentOf, leave, move } from '../../../programme/people/enrolments.js'
import { cityById } from '../../../text/cities.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { done, orStay, param, sendPage } from '../../house/pages.js'
import { freshInvite, groupPage } from './group.js'

type Worker = { id: string; groupId: string }

/** Refused, the page of the group on which the form stood says why. */
const act = (
  url: string,
  work: (visit: Visit, worker: Worker) => Promise<ReturnType<typeof sendPage>>,
): StaffRoute => ({
  method: 'POST',
  url,
  action: 'programme.change',
  async handle(visit) {
    const id = param(visit, 'worker')
    const { groupId } = await enrolmentOf(visit.desk.store.db, id)
    return orStay(
      visit,
      () => groupPage(visit, groupId),
      () => work(visit, { id, groupId }),
    )
  },
})

export const workerRoutes: StaffRoute[] = [
  act('/workers/:worker/invite', async (visit, { id, groupId }) => {
    const fresh = [await freshInvite(visit, groupId, id)]
    return sendPage(visit, await groupPage(visit, groupId, { fresh }))
  }),
  act('/workers/:worker', async (visit, { id, groupId }) => {
    const { desk, session, form } = visit
    await correct(desk.house, session.staff, id, {
      name: form.field('name'),
      city: cityById(form.field('city')),
      organisation: form.field('organisation'),
    })
    return done(visit, `/training/${groupId}`, 'saved')
  }),
  act('/workers/:worker/leave', async (visit, { id, groupId }) => {
    await leave(visit.desk.house, visit.session.staff, id, dayOf(visit.form.field('on')))
    return done(visit, `/training/${groupId}`, 'saved')
  }),
  act('/workers/:worker/move', async (visit, { id, groupId }) => {
    const { form, desk, session } = visit
    await move(desk.house, session.staff, id, { to: form.field('to'), on: dayOf(form.field('on')) })
    return done(visit, `/training/${groupId}`, 'saved')
  }),
]
