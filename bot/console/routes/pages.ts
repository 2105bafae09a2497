/** What staff look at: the queue and a case. */
import type { StaffRoute, Visit } from '../guard.js'
import { casePage, deskPage } from '../pages.js'

const sendPage = ({ reply }: Visit, page: string) => reply.type('text/html; charset=utf-8').send(page)

export const codeOf = ({ request }: Pick<Visit, 'request'>): string => (request.params as { code: string }).code

export const pageRoutes: StaffRoute[] = [
  {
    method: 'GET',
    url: '/',
    action: 'queue.see',
    handle: async (visit) => sendPage(visit, await deskPage(visit.desk, visit.view)),
  },
  {
    method: 'GET',
    url: '/cases/:code',
    action: 'case.read',
    async handle(visit) {
      const { desk, view, session } = visit
      const page = await casePage(desk, view, codeOf(visit))
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
    async handle({ desk, request, reply }) {
      reply.hijack()
      desk.streams.serve(reply.raw, async () => (await desk.sessions.find(request)) !== undefined)
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
