/** Complaints, for those who may know of them. */
import { closeComplaint, complaintsFor, openComplaint, takeComplaint } from '../../desk/house/complaints.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, type Page, param, sendPage } from '../house/pages.js'
import { complaintsView, complaintView } from '../views/house/complaints.js'

async function listPage({ desk, view, session }: Visit): Promise<Page> {
  const rows = await complaintsFor(desk.store, session.staff)
  return { room: 'complaints', title: view.house('nav.complaints'), body: complaintsView(view, rows) }
}

const idOf = (visit: Visit): number => {
  const text = param(visit, 'complaint')
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}

const act = (what: 'take' | 'close', work: typeof takeComplaint): StaffRoute => ({
  method: 'POST',
  url: `/complaints/:complaint/${what}`,
  action: 'complaints.see',
  handle: (visit) =>
    orStay(
      visit,
      () => listPage(visit),
      async () => {
        await work(visit.desk.house, visit.session.staff, idOf(visit))
        return done(visit, `/complaints/${idOf(visit)}`, what === 'take' ? 'taken' : 'closed')
      },
    ),
})

export const complaintRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/complaints',
    action: 'complaints.see',
    handle: async (visit) => sendPage(visit, await listPage(visit)),
  },
  {
    method: 'GET',
    url: '/complaints/:complaint',
    action: 'complaints.see',
    handle: (visit) =>
      orStay(
        visit,
        () => listPage(visit),
        async () => {
          const row = await openComplaint(visit.desk.house, visit.session.staff, idOf(visit))
          const title = visit.view.house('complaint.title')
          return sendPage(visit, { room: 'complaints', title, body: complaintView(visit.view, row) })
        },
      ),
  },
  act('take', takeComplaint),
  act('close', closeComplaint),
]
