/** Programmes and their groups, for coordinators; a trainer finds their own groups here. */

import { groupsOf, programmesFor } from '../../../programme/people/overview.js'
import { addGroup, addProgramme } from '../../../programme/people/programmes.js'
import { programmeOf } from '../../../programme/people/sight.js'
import { rulesOf } from '../../../programme/rules.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { done, orStay, type Page, param, sendPage } from '../../house/pages.js'
import { programmesView, programmeView } from '../../views/programme/programmes.js'

const room = 'programmes'

async function programmesPage({ desk, view, session }: Visit): Promise<Page> {
  const lines = await programmesFor(desk.store, session.staff)
  return { room, title: view.house('nav.programmes'), body: programmesView(view, lines) }
}

/** @throws UserError noProgramme */
async function programmePage({ desk, view, session }: Visit, id: string): Promise<Page> {
  const found = await programmeOf(desk.store.db, id)
  const [groups, trainers] = await Promise.all([groupsOf(desk.store, session.staff, id), trainersOf(desk.store.db)])
  return { room, title: found.name, body: programmeView(view, { found, rules: rulesOf(found), groups, trainers }) }
}

export const trainersOf = (db: Visit['desk']['store']['db']) =>
  db.staff.findMany({ where: { role: 'trainer', disabledAt: null }, orderBy: { createdAt: 'asc' } })

export const programmeRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/programmes',
    action: 'programme.see',
    handle: async (visit) => sendPage(visit, await programmesPage(visit)),
  },
  {
    method: 'GET',
    url: '/programmes/:programme',
    action: 'programme.see',
    handle: (visit) =>
      orStay(
        visit,
        () => programmesPage(visit),
        async () => sendPage(visit, await programmePage(visit, param(visit, 'programme'))),
      ),
  },
  {
    method: 'POST',
    url: '/programmes',
    action: 'programme.change',
    handle: (visit) =>
      orStay(
        visit,
        () => programmesPage(visit),
        async () => {
          const { desk, session, form } = visit
          const id = await addProgramme(desk.house, session.staff, {
            name: form.field('name'),
            startsOn: form.field('startsOn'),
            endsOn: form.field('endsOn'),
          })
          return done(visit, `/programmes/${id}`, 'added')
        },
      ),
  },
  {
    method: 'POST',
    url: '/programmes/:programme/groups',
    action: 'programme.change',
    handle: (visit) =>
      orStay(
        visit,
        () => programmePage(visit, param(visit, 'programme')).catch(() => programmesPage(visit)),
        async () => {
          const { desk, session, form } = visit
          const id = await addGroup(desk.house, session.staff, {
            programmeId: param(visit, 'programme'),
            name: form.field('name'),
            city: form.field('city'),
            trainerId: form.field('trainer') || null,
          })
          return done(visit, `/training/${id}`, 'added')
        },
      ),
  },
]
