/** What staff look at: the queue, a case, their ready answers. */
import { may, permit } from '../../desk/access.js'
import { knownAmong } from '../../desk/visible.js'
import type { StaffRoute, Visit } from '../guard.js'
import { casePage, deskPage, readyPage } from '../pages.js'

/** Nobody searches with more. */
const FIND_MAX = 200

export const sendPage = ({ reply }: Visit, page: string) => reply.type('text/html; charset=utf-8').send(page)

export const codeOf = ({ request }: Pick<Visit, 'request'>): string => (request.params as { code: string }).code

export const pageRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/',
    action: 'self.change',
    handle: async (visit) => {
      const { desk, view, session, reply } = visit
      if (may(session.staff, 'queue.see')) return sendPage(visit, await deskPage(desk, view))
      permit(session.staff, 'report.read')
      return reply.redirect(`${desk.base}/reports`, 303)
    },
  },
  {
    method: 'GET',
    url: '/answers',
    action: 'self.work',
    handle: async (visit) => sendPage(visit, await readyPage(visit.desk, visit.view)),
  },
  {
    method: 'GET',
    url: '/cases/:code',
    action: 'case.read',
    async handle(visit) {
      const { desk, view, session, request } = visit
      const { find, answer, correct } = request.query as Record<string, unknown>
      const page = await casePage(desk, view, codeOf(visit), {
        ...(typeof find === 'string' ? { find: find.slice(0, FIND_MAX) } : {}),
        ...(typeof answer === 'string' ? { answering: answer } : {}),
        ...(typeof correct === 'string' ? { correcting: correct } : {}),
      })
      // Before it is shown: what cannot be traced is not read.
      await desk.traceRead(session.staff, codeOf(visit), view.refresh)
      return sendPage(visit, page)
    },
  },
  {
    method: 'GET',
    url: '/events',
    action: 'queue.see',
    byItself: true,
    async handle({ desk, request, reply, session }) {
      reply.hijack()
      desk.streams.serve(reply.raw, {
        welcome: async () => (await desk.sessions.find(request)) !== undefined,
        known: (ids) => knownAmong(desk.store.sql, session.staff.id, ids),
      })
    },
  },
  {
    /** Whether this browser is signed in: asked by the door, where a link from elsewhere arrives without its cookie. */
    method: 'GET',
    url: '/here',
    action: 'self.change',
    byItself: true,
    handle: async ({ reply }) => reply.code(204).send(),
  },
]
