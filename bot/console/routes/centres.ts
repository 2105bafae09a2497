/** Centres: their list, and each with what hangs on it. */
import { timedOf } from '../../desk/centres.js'
import { addCentre, changeCentre, divertCentre, removeCentre, setGoals, setHours } from '../../desk/house/centres.js'
import { groupsOf } from '../../desk/house/groups.js'
import { previewOf } from '../../desk/house/preview.js'
import { UserError } from '../../errors.js'
import { html } from '../../http/html.js'
import type { Centre } from '../../store/generated/client.js'
import { CITIES } from '../../text/cities.js'
import { LANGUAGES } from '../../text/languages.js'
import type { StaffRoute, Visit } from '../guard.js'
import { checkGoals, goalsRows, readGoalsRows } from '../house/goals-form.js'
import { checkRows, type HoursRows, NEW_EXCEPTION, NEW_SHIFT, readRows, rowsOf } from '../house/hours-form.js'
import { done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { type CentrePage, centresView, centreView } from '../views/house/centres.js'
import { hoursForm } from '../views/house/hours.js'
import { centreName } from '../views/house/oversight.js'

export async function centresPage({ desk, view }: Visit): Promise<Page> {
  const { db } = desk.store
  const centres = await db.centre.findMany({ orderBy: { id: 'asc' } })
  const [staff, waiting, groups] = await Promise.all([
    db.staff.groupBy({ by: ['centreId'], where: { disabledAt: null }, _count: true }),
    db.case.groupBy({ by: ['centreId'], where: { state: 'queued' }, _count: true }),
    db.group.findMany({ select: { centreId: true, state: true } }),
  ])
  const countIn = (rows: { centreId: string | null; _count: number }[], id: string) =>
    rows.find(({ centreId }) => centreId === id)?._count ?? 0
  const lines = centres.map((centre) => ({
    centre,
    staff: countIn(staff, centre.id),
    waiting: countIn(waiting, centre.id),
    preview: preview(centre, view.now),
    troubled: groups.some(({ centreId, state }) => centreId === centre.id && (state === 'lacking' || state === 'gone')),
  }))
  const free = CITIES.filter(({ id }) => !centres.some((centre) => centre.id === id))
  return { room: 'centres', title: view.house('nav.centres'), body: centresView(view, lines, free) }
}

const preview = (centre: Centre, now: Date) => {
  const { hours, goals } = timedOf(centre)
  return previewOf(hours, goals, centre, now)
}

/** @throws UserError noCentre */
async function centreOf({ desk }: Visit, id: string): Promise<Centre> {
  const centre = await desk.store.db.centre.findUnique({ where: { id } })
  if (!centre) throw new UserError('noCentre')
  return centre
}

/** @throws UserError noCentre */
export async function centrePage(visit: Visit, id: string, more: Partial<CentrePage> = {}): Promise<Page> {
  const { desk, view } = visit
  const { db } = desk.store
  const centre = await centreOf(visit, id)
  const [others, teams, groups] = await Promise.all([
    db.centre.findMany({ where: { id: { not: id } }, orderBy: { id: 'asc' } }),
    db.team.findMany({
      where: { centreId: id },
      include: { _count: { select: { staff: { where: { disabledAt: null } } } } },
      orderBy: { name: 'asc' },
    }),
    groupsOf(desk.store, id),
  ])
  const body = centreView(view, {
    centre,
    others,
    preview: preview(centre, view.now),
    teams: teams.map(({ _count, ...team }) => ({ ...team, people: _count.staff })),
    groups,
    goals: goalsRows(timedOf(centre).goals),
    goalProblems: {},
    usual: centre.goals === null,
    ...more,
  })
  return { room: 'centres', title: centreName(view, centre), body }
}

/** The rows that were posted, or those that are kept. */
async function hoursPage(visit: Visit, id: string, posted?: HoursRows, told = false): Promise<Page> {
  const { view } = visit
  const centre = await centreOf(visit, id)
  const timed = timedOf(centre)
  const rows = posted ?? rowsOf(timed.hours)
  const { hours, problems } = checkRows(rows)
  const title = view.house('hours.of', { centre: centreName(view, centre) })
  const body = html`<p><a href="${view.base}/centres/${id}">‹ ${centreName(view, centre)}</a></p><h1>${title}</h1>
<section class="card">${hoursForm(view, `/centres/${id}/hours`, {
    rows,
    problems: told ? problems : [],
    preview: hours && previewOf(hours, timed.goals, centre, view.now),
    languages: centre.languages,
  })}</section>`
  return { room: 'centres', title, body }
}

/** Rows are added and taken away without keeping anything yet. */
function changeRows(rows: HoursRows, act: string): HoursRows {
  const [what, nth] = act.split('.')
  const without = <T>(list: T[]) => list.filter((_, each) => each !== Number(nth))
  if (what === 'addShift') return { ...rows, shifts: [...rows.shifts, NEW_SHIFT] }
  if (what === 'addException') return { ...rows, exceptions: [...rows.exceptions, NEW_EXCEPTION] }
  if (what === 'removeShift') return { ...rows, shifts: without(rows.shifts) }
  if (what === 'removeException') return { ...rows, exceptions: without(rows.exceptions) }
  return rows
}

async function saveHours(visit: Visit, id: string) {
  const { desk, session, form } = visit
  const act = form.field('act')
  const rows = readRows(form, act === 'save')
  if (act !== 'save') return sendPage(visit, await hoursPage(visit, id, changeRows(rows, act)))
  const { hours } = checkRows(rows)
  if (!hours)
    return sendPage(visit, await hoursPage(visit, id, rows, true), {
      problem: visit.view.house('hours.check'),
      status: 422,
    })
  await setHours(desk.house, session.staff, id, hours)
  return done(visit, `/centres/${id}/hours`, 'saved')
}

async function saveGoals(visit: Visit, id: string) {
  const { desk, session, form, view } = visit
  if (form.field('act') === 'reset') {
    await setGoals(desk.house, session.staff, id, undefined)
    return done(visit, `/centres/${id}`, 'saved')
  }
  const rows = readGoalsRows(form)
  const { goals, problems } = checkGoals(rows)
  if (!goals) {
    const page = await centrePage(visit, id, { goals: rows, goalProblems: problems, usual: false })
    return sendPage(visit, page, { problem: view.house('goals.check'), status: 422 })
  }
  await setGoals(desk.house, session.staff, id, goals)
  return done(visit, `/centres/${id}`, 'saved')
}

const idOf = (visit: Visit): string => param(visit, 'centre')

/** The centre's own page is where its forms stand; when it is gone, the list is. */
const beneath = (visit: Visit) => () => centrePage(visit, idOf(visit)).catch(() => centresPage(visit))

const act = (url: string, work: (visit: Visit, id: string) => Promise<ReturnType<typeof sendPage>>): StaffRoute => ({
  method: 'POST',
  url,
  action: 'house.change',
  handle: (visit) => orStay(visit, beneath(visit), () => work(visit, idOf(visit))),
})

const look = (url: string, page: (visit: Visit, id: string) => Promise<Page>): StaffRoute => ({
  method: 'GET',
  url,
  action: 'house.change',
  handle: (visit) =>
    orStay(
      visit,
      () => centresPage(visit),
      async () => sendPage(visit, await page(visit, idOf(visit))),
    ),
})

export const centreRoutes: StaffRoute[] = [
  look('/centres', (visit) => centresPage(visit)),
  look('/centres/:centre', (visit, id) => centrePage(visit, id)),
  look('/centres/:centre/hours', (visit, id) => hoursPage(visit, id)),
  act('/centres', async (visit) => {
    const id = await addCentre(visit.desk.house, visit.session.staff, visit.form.field('city'))
    return done(visit, `/centres/${id}`, 'added')
  }),
  act('/centres/:centre', async (visit, id) => {
    const { desk, session, form } = visit
    const languages = LANGUAGES.filter((each) => form.field(`language.${each}`))
    await changeCentre(desk.house, session.staff, id, { languages, timeZone: form.field('zone').trim() })
    return done(visit, `/centres/${id}`, 'saved')
  }),
  act('/centres/:centre/hours', saveHours),
  act('/centres/:centre/goals', saveGoals),
  act('/centres/:centre/divert', async (visit, id) => {
    const to = visit.form.field('to') || null
    await divertCentre(visit.desk.house, visit.session.staff, id, to)
    return done(visit, `/centres/${id}`, to ? 'diverted' : 'back')
  }),
  act('/centres/:centre/remove', async (visit, id) => {
    await removeCentre(visit.desk.house, visit.session.staff, id)
    return done(visit, '/centres', 'removed')
  }),
]
