/** What whoever looks after the house sees of it and does there: hand on, take over, divert, read a second time. */
import { randomInt } from 'node:crypto'
import { addNote } from '../../desk/handling.js'
import { divertCentre } from '../../desk/house/centres.js'
import { figuresOf, isPeriod } from '../../desk/house/figures.js'
import { overviewOf } from '../../desk/house/overview.js'
import { reassign, takeOver } from '../../desk/house/reassign.js'
import { drawSample, isVerdict, mayBeSample } from '../../desk/house/sample.js'
import { caseMessages, caseNotes } from '../../desk/reading.js'
import { UserError } from '../../errors.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { figuresView } from '../views/house/figures.js'
import { centreName, oversightView } from '../views/house/oversight.js'
import { sampleView } from '../views/house/sample.js'

async function oversightPage({ desk, view, request }: Visit): Promise<Page> {
  const { period: asked } = request.query as { period?: unknown }
  const period = isPeriod(asked) ? asked : 'month'
  const now = await overviewOf(desk.store, view.now)
  const figures = await figuresOf(desk.store, period, view.now)
  const centreOf = (id: string | null) => centreName(view, now.centres.find(({ centre }) => centre?.id === id)?.centre)
  const body = oversightView(view, { now, figures: figuresView(view, figures, period, centreOf) })
  return { room: 'oversight', title: view.house('nav.oversight'), body }
}

const act = (url: string, work: (visit: Visit) => Promise<ReturnType<typeof sendPage>>): StaffRoute => ({
  method: 'POST',
  url,
  action: 'house.see',
  handle: (visit) =>
    orStay(
      visit,
      () => oversightPage(visit),
      () => work(visit),
    ),
})

/** Of a million, which is more than any house has closed within a month. */
const MANY = 1_000_000

export const oversightRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/oversight',
    action: 'house.see',
    handle: async (visit) => sendPage(visit, await oversightPage(visit)),
  },
  act('/oversight/reassign', async (visit) => {
    const { desk, session, form } = visit
    await reassign(desk.house, form.field('code'), session.staff, form.field('to'))
    return done(visit, '/oversight', 'handed')
  }),
  act('/oversight/take', async (visit) => {
    const { desk, session, form } = visit
    await takeOver(desk.house, form.field('code'), session.staff)
    return done(visit, '/oversight', 'taken')
  }),
  act('/oversight/divert', async (visit) => {
    const { desk, session, form } = visit
    const to = form.field('to') || null
    await divertCentre(desk.house, session.staff, form.field('centre'), to)
    return done(visit, '/oversight', to ? 'diverted' : 'back')
  }),
  act('/oversight/sample', async (visit) => {
    const { desk, session, reply, view } = visit
    const code = await drawSample(desk.store, session.staff, view.now, randomInt(MANY) / MANY)
    return reply.redirect(`${desk.base}/oversight/sample/${code}`, 303)
  }),
  {
    method: 'GET',
    url: '/oversight/sample/:sample',
    action: 'house.see',
    handle: (visit) =>
      orStay(
        visit,
        () => oversightPage(visit),
        async () => {
          const { desk, session, view } = visit
          const { id, code, language } = await mayBeSample(desk.store, session.staff, view.now, param(visit, 'sample'))
          const [messages, notes] = await Promise.all([caseMessages(desk.store, id), caseNotes(desk.store, id)])
          // Before it is shown: what cannot be traced is not read.
          await desk.traceRead(session.staff, code, view.refresh)
          const body = sampleView(view, { code, language, messages, notes })
          return sendPage(visit, { room: 'oversight', title: view.house('sample.title'), body })
        },
      ),
  },
  act('/oversight/sample/:sample', async (visit) => {
    const { desk, session, form, view } = visit
    const verdict = form.field('verdict')
    if (!isVerdict(verdict)) throw new UserError('badRequest')
    const { code } = await mayBeSample(desk.store, session.staff, view.now, param(visit, 'sample'))
    const note = { text: view.house(`sample.note.${verdict}`), requestId: form.field('request') }
    await addNote(desk.house, code, session.staff, note)
    return done(visit, '/oversight', 'noted')
  }),
]
