/** Who a client is, for whoever has the case, when a second person agrees (S08, S41). */
import { askReveal, showIdentity } from '../../desk/two-people/reveal.js'
import { done } from '../answers.js'
import type { StaffRoute } from '../guard.js'
import { casePage } from '../pages.js'
import { caseUrl } from './acts.js'
import { codeOf, sendPage } from './pages.js'

export const revealRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/cases/:code/reveal',
    action: 'reveal.ask',
    async handle(visit) {
      const { desk, session, form } = visit
      const why = { reason: form.field('reason'), words: form.field('words') }
      await askReveal(desk.house, codeOf(visit), session.staff, why)
      return done(visit, caseUrl(visit))
    },
  },
  {
    /** It stands in this one answer: it is no address that could be opened again, and no browser keeps it (`no-store`). */
    method: 'POST',
    url: '/cases/:code/reveal/look',
    action: 'reveal.ask',
    async handle(visit) {
      const { desk, session, view } = visit
      const identity = await showIdentity(desk.house, codeOf(visit), session.staff)
      return sendPage(visit, await casePage(desk, view, codeOf(visit), { identity }))
    },
  },
]
