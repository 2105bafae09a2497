/** The client beyond the chat: how old they are, a call, a meeting; and a pause for whoever abuses the way to us. */
import { cancelMeeting, MEETING_KINDS, planMeeting } from '../../desk/appointments.js'
import { aroundCase } from '../../desk/around-case.js'
import { blockClient } from '../../desk/blocks.js'
import { askForCall, called, showNumber } from '../../desk/calls.js'
import { firstAt } from '../../desk/hours/zone.js'
import { markMinor } from '../../desk/minors.js'
import { caseFor } from '../../desk/queue.js'
import { showShared } from '../../desk/shared.js'
import { UserError } from '../../errors.js'
import { done } from '../answers.js'
import type { StaffRoute, Visit } from '../guard.js'
import { casePage } from '../pages.js'
import { caseUrl } from './acts.js'
import { codeOf, sendPage } from './pages.js'

/** What `<input type="datetime-local">` sends. */
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/

/** What a clock at the centre shows then; a time that cannot be read is one that cannot come. */
async function meetingTime({ desk, session, form, request }: Visit): Promise<Date> {
  const row = await caseFor(desk.store, session.staff, codeOf({ request }))
  const around = row && (await aroundCase(desk.store, row.id, session.staff, desk.clock()))
  if (!around) throw new UserError('noCase')
  const said = form.field('at')
  const wall = LOCAL_TIME.test(said) ? Date.parse(`${said}Z`) : Number.NaN
  if (Number.isNaN(wall)) throw new UserError('meetingPast')
  return new Date(firstAt(around.zone, wall))
}

export const reachRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/cases/:code/minor',
    action: 'case.minor',
    async handle(visit) {
      const { desk, session } = visit
      await markMinor(desk.house, codeOf(visit), session.staff)
      // Whoever is not trained does not see it any more
      const row = await caseFor(desk.store, session.staff, codeOf(visit))
      return done(visit, row ? caseUrl(visit) : desk.base)
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/call',
    action: 'case.call',
    async handle(visit) {
      await askForCall(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    /** The number stands in this one answer: it is no address that could be opened again, and no browser keeps it (`no-store`). */
    method: 'POST',
    url: '/cases/:code/call/number',
    action: 'case.call',
    async handle(visit) {
      const { desk, session, view } = visit
      const phone = await showNumber(desk.house, codeOf(visit), session.staff)
      return sendPage(visit, await casePage(desk, view, codeOf(visit), { phone }))
    },
  },
  {
    /** As with the number: it stands in this one answer only. */
    method: 'POST',
    url: '/cases/:code/shared',
    action: 'case.call',
    async handle(visit) {
      const { desk, session, view, form } = visit
      const shared = await showShared(desk.house, codeOf(visit), session.staff, form.field('message'))
      return sendPage(visit, await casePage(desk, view, codeOf(visit), { shared }))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/call/made',
    action: 'case.call',
    async handle(visit) {
      await called(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/meetings',
    action: 'case.appoint',
    async handle(visit) {
      const { desk, session, form } = visit
      const kind = MEETING_KINDS.find((each) => each === form.field('kind'))
      if (!kind) throw new UserError('badRequest')
      const meeting = {
        kind,
        at: await meetingTime(visit),
        place: form.field('place'),
        requestId: form.field('request'),
      }
      await planMeeting({ ...desk.house, files: desk.files }, codeOf(visit), session.staff, meeting)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/meetings/cancel',
    action: 'case.appoint',
    async handle(visit) {
      const { desk, session, form } = visit
      const id = form.field('meeting')
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new UserError('badRequest')
      await cancelMeeting(desk.house, codeOf(visit), session.staff, id)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/block',
    action: 'case.block',
    async handle(visit) {
      await blockClient(visit.desk.house, codeOf(visit), visit.session.staff, Number(visit.form.field('days')))
      return done(visit, caseUrl(visit))
    },
  },
]
