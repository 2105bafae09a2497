/** A case changes hands, or gets more of them: offers, guests, opening it again, and two cases that become one. */
import { dismissGuest, inviteGuest } from '../../desk/guests.js'
import { mergeCase } from '../../desk/merge.js'
import { reopenCase } from '../../desk/reopen.js'
import { acceptOffer, declineOffer, offerCase, withdrawOffer } from '../../desk/transfer.js'
import { done } from '../answers.js'
import type { StaffRoute } from '../guard.js'
import { caseUrl } from './acts.js'
import { codeOf } from './pages.js'

export const handOverRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/cases/:code/offers',
    action: 'case.transfer',
    async handle(visit) {
      const { desk, session, form } = visit
      const offer = { to: form.field('to'), summary: form.field('summary'), requestId: form.field('request') }
      await offerCase(desk.house, codeOf(visit), session.staff, offer)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/offers/accept',
    action: 'case.transfer',
    async handle(visit) {
      await acceptOffer(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/offers/decline',
    action: 'case.transfer',
    async handle(visit) {
      await declineOffer(visit.desk.house, codeOf(visit), visit.session.staff)
      // What was declined may be out of sight already.
      return done(visit, visit.desk.base)
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/offers/withdraw',
    action: 'case.transfer',
    async handle(visit) {
      await withdrawOffer(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/guests',
    action: 'case.invite',
    async handle(visit) {
      const { desk, session, form } = visit
      await inviteGuest(desk.house, codeOf(visit), session.staff, form.field('colleague').replace(/^s:/, ''))
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/guests/dismiss',
    action: 'case.invite',
    async handle(visit) {
      const { desk, session, form } = visit
      const guest = form.field('colleague')
      await dismissGuest(desk.house, codeOf(visit), session.staff, guest)
      return done(visit, guest === session.staff.id ? desk.base : caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/reopen',
    action: 'case.reopen',
    async handle(visit) {
      const code = await reopenCase(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, `${visit.desk.base}/cases/${code}`)
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/merge',
    action: 'case.merge',
    async handle(visit) {
      const { desk, session, form } = visit
      await mergeCase(desk.house, codeOf(visit), session.staff, form.field('other'))
      return done(visit, caseUrl(visit))
    },
  },
]
