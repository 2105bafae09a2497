/**
 * The addresses of the desk: each reads a form, calls the desk, and answers. No HTML, and no rule of the desk.
 *
 * What staff do: every act is a form of its own, and the words for a client and for a note never share one.
 */

import { claim, claimNext } from '../../desk/claiming.js'
import { isContactKind, isStaffOutcome } from '../../desk/ending.js'
import { addNote, close, release } from '../../desk/handling.js'
import { reply } from '../../desk/replies.js'
import { discardReplyFile, keepReplyFile } from '../../desk/reply-file.js'
import { mustSee } from '../../desk/visible.js'
import { UserError } from '../../errors.js'
import { done } from '../answers.js'
import type { StaffRoute, Visit } from '../guard.js'
import { codeOf } from './pages.js'

export const caseUrl = (visit: Visit): string => `${visit.desk.base}/cases/${codeOf(visit)}`

/** The file of a reply is kept only while its reply is sent. */
async function sendReply({ desk, session, form, request }: Visit): Promise<void> {
  const code = codeOf({ request })
  const { house, store, files } = desk
  const words = { text: form.field('text'), requestId: form.field('request'), answers: form.field('answers') }
  if (form.file) await mustSee(store.sql, session.staff, code)
  const fileId = form.file && (await keepReplyFile(store, files, code, form.file))
  let sent = false
  try {
    sent = await reply(house, code, session.staff, { ...words, fileId })
  } finally {
    if (fileId && !sent) await discardReplyFile(store, files, fileId)
  }
}

export const actRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/next',
    action: 'case.claim',
    async handle(visit) {
      const { desk, session } = visit
      const code = await claimNext(desk.house, session.staff)
      if (!code) throw new UserError('nobodyWaits')
      return done(visit, `${desk.base}/cases/${code}`)
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/claim',
    action: 'case.claim',
    async handle(visit) {
      await claim(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/release',
    action: 'case.release',
    async handle(visit) {
      await release(visit.desk.house, codeOf(visit), visit.session.staff)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/close',
    action: 'case.close',
    async handle(visit) {
      const outcome = visit.form.field('outcome')
      if (!isStaffOutcome(outcome)) throw new UserError('chooseOutcome')
      const kind = visit.form.field('contact')
      if (!isContactKind(kind)) throw new UserError('chooseContact')
      await close(visit.desk.house, codeOf(visit), visit.session.staff, outcome, kind)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/replies',
    action: 'case.reply',
    async handle(visit) {
      await sendReply(visit)
      return done(visit, caseUrl(visit))
    },
  },
  {
    method: 'POST',
    url: '/cases/:code/notes',
    action: 'case.note',
    async handle(visit) {
      const { desk, session, form } = visit
      const note = { text: form.field('text'), requestId: form.field('request') }
      await addNote(desk.house, codeOf(visit), session.staff, note)
      return done(visit, caseUrl(visit))
    },
  },
]
