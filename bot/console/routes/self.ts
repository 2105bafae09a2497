/** One's own language, and the way out. */

import { UserError } from '../../errors.js'
import { isStaffLanguage } from '../../text/languages.js'
import { done } from '../answers.js'
import type { StaffRoute } from '../guard.js'

export const selfRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/language',
    action: 'self.change',
    async handle(visit) {
      const { desk, session, form } = visit
      const language = form.field('language')
      if (!isStaffLanguage(language)) throw new UserError('badRequest')
      await desk.store.db.staff.update({ where: { id: session.staff.id }, data: { language } })
      return done(visit, desk.base)
    },
  },
  {
    method: 'POST',
    url: '/sign-out',
    action: 'self.change',
    async handle(visit) {
      const { desk, session, reply } = visit
      await desk.sessions.end(reply, session)
      return done(visit, `${desk.base}/sign-in`)
    },
  },
]
