/** The ready answers of a colleague and of their centre: written, changed, thrown away. */
import { addQuickAnswer, changeQuickAnswer, removeQuickAnswer } from '../../desk/quick-answers.js'
import { done } from '../answers.js'
import type { StaffRoute, Visit } from '../guard.js'

const readyUrl = ({ desk }: Visit): string => `${desk.base}/answers`

const wordsOf = ({ form }: Visit) => ({
  title: form.field('title'),
  language: form.field('language'),
  text: form.field('text'),
})

export const readyRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/answers',
    action: 'self.work',
    async handle(visit) {
      const shared = visit.form.field('shared') === 'yes'
      await addQuickAnswer(visit.desk.house, visit.session.staff, { ...wordsOf(visit), shared })
      return done(visit, readyUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/answers/change',
    action: 'self.work',
    async handle(visit) {
      await changeQuickAnswer(visit.desk.house, visit.session.staff, visit.form.field('answer'), wordsOf(visit))
      return done(visit, readyUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/answers/remove',
    action: 'self.work',
    async handle(visit) {
      await removeQuickAnswer(visit.desk.house, visit.session.staff, visit.form.field('answer'))
      return done(visit, readyUrl(visit))
    },
  },
]
