/** One group: its page, its days, who comes in by name or by list. */
import { UserError } from '../../../errors.js'
import { qrCode } from '../../../http/qr.js'
import { type ImportReport, importWorkers } from '../../../programme/import/import.js'
import { dayOf, todayIn, wordOf } from '../../../programme/people/days.js'
import { enrol } from '../../../programme/people/enrolments.js'
import { inviteWorker } from '../../../programme/people/invitations.js'
import { groupOverview } from '../../../programme/people/overview.js'
import { planDays, setTrainer } from '../../../programme/people/programmes.js'
import { cityById } from '../../../text/cities.js'
import { isStaffLanguage } from '../../../text/languages.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { done, orStay, type Page, param, sendPage } from '../../house/pages.js'
import { groupView } from '../../views/programme/group.js'
import type { FreshInvite } from '../../views/programme/invites.js'
import { trainersOf } from './programmes.js'

type More = { fresh?: FreshInvite[]; report?: ImportReport }

/** Whoever may read the names leaves a trace before they are shown. @throws UserError noTraining */
export async function groupPage(visit: Visit, id: string, { fresh = [], report }: More = {}): Promise<Page> {
  const { desk, view, session } = visit
  const found = await groupOverview(desk.store, session.staff, id)
  if (found.sight === 'full') await desk.traceNames(session.staff, id)
  const today = wordOf(todayIn(found.group.timeZone, view.now))
  const trainers = await trainersOf(desk.store.db)
  return {
    room: 'programmes',
    title: found.group.name,
    body: groupView(view, { ...found, today, trainers, fresh, report }),
  }
}

/** @throws UserError as `inviteWorker` */
export async function freshInvite(visit: Visit, groupId: string, enrolmentId: string): Promise<FreshInvite> {
  const { desk, view, session } = visit
  const { code, link, language } = await inviteWorker(desk.house, session.staff, enrolmentId)
  const { group, people } = await groupOverview(desk.store, session.staff, groupId)
  const nth = people.findIndex((each) => each.enrolmentId === enrolmentId)
  const name = people[nth]?.name ?? view.programme('people.number', { n: nth + 1 })
  // Whoever is invited reads it, so it is in their language
  const message = desk.house.mind.words.say(
    isStaffLanguage(language) ? language : view.tongue,
    link === undefined ? 'programme:invite.messageSlack' : 'programme:invite.message',
    { group: group.name, code, ...(link === undefined ? {} : { link }) },
  )
  return { name, message, code, link, qr: link === undefined ? undefined : qrCode(link, view.programme('invite.qr')) }
}

const idOf = (visit: Visit): string => param(visit, 'training')

const act = (url: string, work: (visit: Visit, id: string) => Promise<ReturnType<typeof sendPage>>): StaffRoute => ({
  method: 'POST',
  url,
  action: 'programme.change',
  handle: (visit) =>
    orStay(
      visit,
      () => groupPage(visit, idOf(visit)),
      () => work(visit, idOf(visit)),
    ),
})

/** No programme has more days than its rules allow; what stands beyond them is not looked at. */
const MODULES_MAX = 20

export const groupRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/training/:training',
    action: 'programme.see',
    handle: async (visit) => sendPage(visit, await groupPage(visit, idOf(visit))),
  },
  act('/training/:training/days', async (visit, id) => {
    const { desk, session, form } = visit
    const days = Array.from({ length: MODULES_MAX }, (_, index) => index + 1).flatMap((module) =>
      form.field(`from.${module}`) || form.field(`day.${module}`)
        ? [
            {
              module,
              day: form.field(`day.${module}`),
              from: form.field(`from.${module}`),
              place: form.field(`place.${module}`),
            },
          ]
        : [],
    )
    await planDays(desk.house, session.staff, id, days)
    return done(visit, `/training/${id}`, 'saved')
  }),
  act('/training/:training/trainer', async (visit, id) => {
    await setTrainer(visit.desk.house, visit.session.staff, id, visit.form.field('trainer') || null)
    return done(visit, `/training/${id}`, 'saved')
  }),
  act('/training/:training/people', async (visit, id) => {
    const { desk, session, form } = visit
    const language = form.field('language')
    await enrol(desk.house, session.staff, id, {
      name: form.field('name'),
      city: cityById(form.field('city')) ?? null,
      organisation: form.field('organisation'),
      language: isStaffLanguage(language) ? language : null,
      joinedOn: dayOf(form.field('joined')),
    })
    return done(visit, `/training/${id}`, 'added')
  }),
  act('/training/:training/import', async (visit, id) => {
    const { desk, session, form } = visit
    if (!form.file) throw new UserError('noTable')
    const report = await importWorkers(desk.house, session.staff, id, form.file.content)
    const page = await groupPage(visit, id, { report })
    return sendPage(visit, page, report.problems.length > 0 ? { status: 422 } : {})
  }),
  act('/training/:training/invitations', async (visit, id) => {
    const { people } = await groupOverview(visit.desk.store, visit.session.staff, id)
    const fresh: FreshInvite[] = []
    for (const { enrolmentId, connectedAt } of people)
      if (!connectedAt) fresh.push(await freshInvite(visit, id, enrolmentId))
    return sendPage(visit, await groupPage(visit, id, { fresh }))
  }),
]
