/** The duties of a group, and certificates. */

import { permit } from '../../../desk/access.js'
import { audit } from '../../../desk/audit.js'
import { UserError } from '../../../errors.js'
import { issue, traceIssue } from '../../../programme/duties/issue.js'
import { paperLanguage, paperOf } from '../../../programme/duties/paper.js'
import { type Duties, dutiesOf, type ProgrammeDuties } from '../../../programme/duties/read.js'
import { sendPaperTo } from '../../../programme/duties/send.js'
import { sentenceOf } from '../../../programme/duties/sentences.js'
import { openName } from '../../../programme/people/names.js'
import { groupFor, isId } from '../../../programme/people/sight.js'
import type { Tx } from '../../../store/store.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { FILE_HEADERS } from '../../headers.js'
import { done, formRoute, type Page, param, sendPage } from '../../house/pages.js'
import { boardView } from '../../views/duties/board.js'
import { deskWords } from '../../views/duties/words.js'

const ERASED = '–'

const wordsOf = ({ desk, view }: Visit) => deskWords(desk.texts, view.tongue)

/** Whoever reads the names leaves a trace before they are shown. @throws UserError noTraining */
async function boardPage(visit: Visit): Promise<Page> {
  const { desk, view, session } = visit
  const { db, vault } = desk.store
  const { group } = await groupFor(db, session.staff, param(visit, 'training'))
  await desk.traceNames(session.staff, group.id)
  const found = await dutiesOf(db, vault, { programmeId: group.programmeId, groupId: group.id }, view.now)
  const names = found.people
    .map((person) => ({
      person,
      name: openName(vault, person.enrolment.person, person.enrolment.name) ?? ERASED,
    }))
    .sort((one, other) => one.name.localeCompare(other.name, 'cs'))
  const words = wordsOf(visit)
  return { room: 'programmes', title: words.say('title'), body: boardView(view, words, { ...found, group, names }) }
}

/** One person of this group. @throws UserError noTraining, noWorker */
async function personIn(
  { desk, session, view, ...visit }: Visit,
  tx: Tx,
): Promise<{ programme: ProgrammeDuties['programme']; duties: Duties }> {
  permit(session.staff, 'certificate.issue')
  const here = { desk, session, view, ...visit }
  const { group } = await groupFor(tx, session.staff, param(here, 'training'))
  const personId = param(here, 'worker')
  if (!isId(personId)) throw new UserError('noWorker')
  const whose = { programmeId: group.programmeId, personId }
  const { programme, people } = await dutiesOf(tx, desk.store.vault, whose, view.now)
  const [duties] = people
  if (duties?.enrolment.groupId !== group.id) throw new UserError('noWorker')
  return { programme, duties }
}

/** Issues it, and sends it to the chat of its owner where there is one. */
async function issueTo(visit: Visit): Promise<boolean> {
  const { desk, session, form, view } = visit
  const { store, house, publicUrl, files } = desk
  const words = wordsOf(visit)
  const reached = await store.transaction(async (tx) => {
    const { programme, duties } = await personIn(visit, tx)
    const asked = { staffId: session.staff.id, at: view.now }
    const id = await issue(store, tx, {
      ...asked,
      ...{ duties, programme },
      language: paperLanguage(form.field('language')),
      sentence: (missing) => sentenceOf(words.duties, view.tongue, missing),
    })
    const sent = await sendPaperTo({ ...house, publicUrl }, files, tx, duties.personId, id)
    await traceIssue(store, tx, asked, id)
    return sent
  })
  store.signals.emit('outbox')
  return reached
}

/** The same paper again, for the printer. */
async function printed(visit: Visit) {
  const { desk, session, reply, view } = visit
  const { store, publicUrl, texts } = desk
  const { content } = await store.transaction(async (tx) => {
    const { duties } = await personIn(visit, tx)
    const object = duties.certificate?.id
    if (object === undefined) throw new UserError('noPage')
    const paper = await paperOf({ store, words: texts, publicUrl }, tx, object)
    await audit(tx, store.vault, { staffId: session.staff.id, action: 'certificate.shown', object, at: view.now })
    return paper
  })
  return reply
    .headers(FILE_HEADERS)
    .header('content-disposition', 'attachment; filename="certificate.pdf"')
    .type('application/pdf')
    .send(content)
}

const BOARD = '/training/:training/duties'

export const dutiesRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: BOARD,
    action: 'report.read',
    handle: async (visit) => sendPage(visit, await boardPage(visit)),
  },
  formRoute({
    url: `${BOARD}/:worker/certificate`,
    action: 'certificate.issue',
    page: boardPage,
    async work(visit) {
      const reached = await issueTo(visit)
      return done(visit, `/training/${param(visit, 'training')}/duties`, reached ? 'issued' : 'issuedUnsent')
    },
  }),
  { method: 'GET', url: `${BOARD}/:worker/certificate.pdf`, action: 'certificate.issue', handle: printed },
]
