/** Words that need not be typed again: answers of the knowledge, ready ones, and what was said already, put right. */
import { correctReply, takeBackReply } from '../../desk/corrections.js'
import { caseFor } from '../../desk/queue.js'
import { quickAnswer } from '../../desk/quick-answers.js'
import { reply } from '../../desk/replies.js'
import { UserError } from '../../errors.js'
import { isLanguage } from '../../text/languages.js'
import { done } from '../answers.js'
import type { StaffRoute } from '../guard.js'
import { caseUrl } from './acts.js'
import { codeOf } from './pages.js'

export const helpRoutes: StaffRoute[] = [
  {
    /** In the client's own language, whatever the colleague read. */
    method: 'POST',
    url: '/cases/:code/articles',
    action: 'case.reply',
    async handle(visit) {
      const { desk, session, form } = visit
      const row = await caseFor(desk.store, session.staff, codeOf(visit))
      if (!row) throw new UserError('noCase')
      const text = desk.advice.card(form.field('article'), isLanguage(row.language) ? row.language : 'ru')
      if (!text) throw new UserError('noArticle')
      await reply(desk.house, row.code, session.staff, { text, requestId: form.field('request') })
      return done(visit, caseUrl(visit))
    },
  },
  {
    /** Without the page's script, which puts the words before their sender first. */
    method: 'POST',
    url: '/cases/:code/ready',
    action: 'case.reply',
    async handle(visit) {
      const { desk, session, form } = visit
      const { text } = await quickAnswer(desk.store, session.staff, form.field('answer'))
      await reply(desk.house, codeOf(visit), session.staff, { text, requestId: form.field('request') })
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/replies/correct',
    action: 'case.reply',
    async handle(visit) {
      const { desk, session, form } = visit
      if (!form.field('text').trim()) throw new UserError('emptyReply')
      await correctReply(desk.house, codeOf(visit), session.staff, form.field('message'), form.field('text'))
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/replies/take-back',
    action: 'case.reply',
    async handle(visit) {
      const { desk, session, form } = visit
      await takeBackReply(desk.house, codeOf(visit), session.staff, form.field('message'))
      return done(visit, caseUrl(visit))
    },
  },
]
