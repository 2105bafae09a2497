/** Days of training: who was there, the room's screen, the list on paper, corrections, the closing. */
import { UserError } from '../../errors.js'
import { isMark } from '../../programme/checkin/attendance.js'
import { closeDay } from '../../programme/checkin/close.js'
import { markEverybody, markPeople } from '../../programme/checkin/correct.js'
import { daysWhere, findDay, type TrainingDay } from '../../programme/checkin/days.js'
import { addGuest, welcomeGuest } from '../../programme/checkin/guests.js'
import { historyOf } from '../../programme/checkin/history.js'
import { rosterOf } from '../../programme/checkin/roster.js'
import { rosterPdf } from '../../programme/checkin/roster-pdf.js'
import { screenLink } from '../../programme/checkin/screen.js'
import { signalsOf } from '../../programme/checkin/signalled.js'
import { daysFor, permitDay, speaksFor } from '../../programme/checkin/trainer.js'
import { isPoint, type PointId, pointsOf } from '../../programme/checkin/windows.js'
import { materialsOf } from '../../programme/materials/materials.js'
import type { Tx } from '../../store/store.js'
import type { StaffRoute, Visit } from '../guard.js'
import { type Done, done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { dayView } from '../views/sessions/day.js'
import { sessionsView } from '../views/sessions/list.js'
import { sayIn, whenOf } from '../views/sessions/words.js'

const SEE_OTHER = 303
/** Who looks for an older day finds it through its group. */
const LIST_MAX = 200

const NO_SIGNALS = { pairs: [], twice: [] }

const sayOf = ({ desk, view }: Visit) => sayIn(desk.texts, view.tongue)

async function listPage(visit: Visit): Promise<Page> {
  const { desk, view, session } = visit
  const days = (await daysWhere(desk.store.db, daysFor(session.staff))).slice(-LIST_MAX)
  return { room: 'sessions', title: view.house('nav.sessions'), body: sessionsView(view, sayOf(visit), days) }
}

/** @throws UserError noSession */
async function seenDay({ desk, session, request }: Visit, tx: Tx = desk.store.db): Promise<TrainingDay> {
  const day = await findDay(tx, (request.params as { session: string }).session)
  permitDay(session.staff, day)
  return day
}

/** Whoever reads the names leaves a trace before they are shown. */
async function namedDay(visit: Visit): Promise<TrainingDay> {
  const day = await seenDay(visit)
  await visit.desk.traceNames(visit.session.staff, day.groupId)
  return day
}

async function dayPage(visit: Visit): Promise<Page> {
  const { desk, view, session, form } = visit
  const say = sayOf(visit)
  const day = await namedDay(visit)
  const rows = await rosterOf(desk.store, desk.store.db, day)
  const open = {
    day,
    rows,
    points: pointsOf(day),
    history: await historyOf(desk.store.db, rows),
    materials: await materialsOf(desk.store.db, day.programmeId),
    // For the trainer's eyes: they were in the room
    signals: day.trainerId === session.staff.id ? await signalsOf(desk.store.db, day, rows) : NO_SIGNALS,
    changes: speaksFor(session.staff, day),
    typed: form.field('name'),
  }
  return {
    room: 'sessions',
    title: say('page.title', { group: day.group, module: day.module }),
    body: dayView(view, say, open),
  }
}

const pointIn = ({ form }: Visit): PointId => {
  const point = form.field('point')
  if (!isPoint(point)) throw new UserError('badRequest')
  return point
}

/** One act on one day, committed as a whole; whoever is told of it hears at once. */
const act = (
  what: string,
  says: Done,
  work: (visit: Visit, tx: Tx, day: TrainingDay) => Promise<unknown>,
): StaffRoute => ({
  method: 'POST',
  url: `/sessions/:session/${what}`,
  action: 'session.close',
  handle: (visit) =>
    orStay(
      visit,
      () => dayPage(visit).catch(() => listPage(visit)),
      async () => {
        const { store } = visit.desk
        await store.transaction(async (tx) => work(visit, tx, await seenDay(visit, tx)))
        store.signals.emit('outbox')
        return done(visit, `/sessions/${param(visit, 'session')}`, says)
      },
    ),
})

const page = (url: string, show: (visit: Visit) => Promise<unknown>): StaffRoute => ({
  method: 'GET',
  url,
  action: 'session.close',
  handle: (visit) =>
    orStay(
      visit,
      () => listPage(visit),
      async () => (await show(visit)) as ReturnType<typeof sendPage>,
    ),
})

async function paper(visit: Visit) {
  const { desk, view, reply } = visit
  const say = sayOf(visit)
  const day = await namedDay(visit)
  const content = await rosterPdf(
    {
      title: say('page.title', { group: day.group, module: day.module }),
      subtitle: [whenOf(view.tongue, day), day.place].filter(Boolean).join(' · '),
      columns: [say('page.name'), ...pointsOf(day).map(({ id }) => say(`point.${id}`))],
      footer: say('page.signature'),
    },
    await rosterOf(desk.store, desk.store.db, day),
  )
  return reply
    .header('content-disposition', `attachment; filename="list-${day.module}.pdf"`)
    .type('application/pdf')
    .send(content)
}

export const sessionRoutes: StaffRoute[] = [
  page('/sessions', async (visit) => sendPage(visit, await listPage(visit))),
  page('/sessions/:session', async (visit) => sendPage(visit, await dayPage(visit))),
  page('/sessions/:session/screen', async (visit) => {
    const { id } = await seenDay(visit)
    const link = screenLink(visit.desk.store.vault.hash, id, visit.desk.clock())
    return visit.reply.redirect(`${visit.desk.base}/screen/${link}`, SEE_OTHER)
  }),
  page('/sessions/:session/roster.pdf', paper),
  act('mark', 'saved', ({ desk, session, form, ...visit }, tx, day) => {
    const becomes = form.field('mark')
    if (!isMark(becomes)) throw new UserError('badRequest')
    const point = pointIn({ desk, session, form, ...visit })
    const change = { enrolmentId: form.field('person'), point, becomes }
    return markPeople(desk.house, tx, session.staff, day, [change], form.field('why'))
  }),
  act('everybody', 'saved', (visit, tx, day) =>
    markEverybody(visit.desk.house, tx, visit.session.staff, day, pointIn(visit)),
  ),
  act('welcome', 'saved', ({ desk, session, form }, tx, day) =>
    welcomeGuest(desk.house, tx, session.staff, day, form.field('person')),
  ),
  act('guest', 'added', (visit, tx, day) => {
    const { desk, session, form } = visit
    const guest = { name: form.field('name'), point: pointIn(visit), why: form.field('why') }
    return addGuest(desk.house, tx, session.staff, day, guest)
  }),
  act('close', 'closed', ({ desk, session }, tx, day) => closeDay(desk.house, tx, session.staff, day)),
]
