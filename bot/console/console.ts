/** The staff's web pages. `consoleRoutes` is all that the rest of the house knows of this room. */
import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { UserError } from '../errors.js'
import { type ConsoleDeps, createDesk, PREFIX } from './desk.js'
import { addStaffRoute, type StaffRoute } from './guard.js'
import { refuse } from './refusals.js'
import { actRoutes } from './routes/acts.js'
import { approvalRoutes } from './routes/approvals.js'
import { breachRoutes } from './routes/breach.js'
import { centrePartRoutes } from './routes/centre-parts.js'
import { centreRoutes } from './routes/centres.js'
import { addCertificate } from './routes/certificate.js'
import { complaintRoutes } from './routes/complaints.js'
import { addDoor } from './routes/door.js'
import { feedbackRoutes } from './routes/feedback.js'
import { fileRoutes } from './routes/files.js'
import { handOverRoutes } from './routes/hand-over.js'
import { helpRoutes } from './routes/help.js'
import { meRoutes } from './routes/me.js'
import { oversightRoutes } from './routes/oversight.js'
import { pageRoutes } from './routes/pages.js'
import { dutiesRoutes } from './routes/programme/duties.js'
import { figuresRoutes } from './routes/programme/figures.js'
import { formRoutes } from './routes/programme/form.js'
import { groupRoutes } from './routes/programme/group.js'
import { materialsRoutes } from './routes/programme/materials.js'
import { programmeRoutes } from './routes/programme/programmes.js'
import { rulesRoutes } from './routes/programme/rules.js'
import { summaryRoutes } from './routes/programme/summary.js'
import { workerRoutes } from './routes/programme/workers.js'
import { reachRoutes } from './routes/reach.js'
import { readyRoutes } from './routes/ready.js'
import { reportRoutes } from './routes/reports.js'
import { revealRoutes } from './routes/reveal.js'
import { addScreen } from './routes/screen.js'
import { selfRoutes } from './routes/self.js'
import { sessionRoutes } from './routes/sessions.js'
import { staffRoutes } from './routes/staff.js'

export type { ConsoleDeps } from './desk.js'

/** Every page and act of the desk, each with the action that its asker must be allowed. */
export const STAFF_ROUTES: readonly StaffRoute[] = [
  ...pageRoutes,
  ...actRoutes,
  ...handOverRoutes,
  ...helpRoutes,
  ...reachRoutes,
  ...revealRoutes,
  ...readyRoutes,
  ...fileRoutes,
  ...selfRoutes,
  ...meRoutes,
  ...oversightRoutes,
  ...centreRoutes,
  ...centrePartRoutes,
  ...staffRoutes,
  ...programmeRoutes,
  ...groupRoutes,
  ...workerRoutes,
  ...rulesRoutes,
  ...materialsRoutes,
  ...formRoutes,
  ...dutiesRoutes,
  ...figuresRoutes,
  ...summaryRoutes,
  ...complaintRoutes,
  ...approvalRoutes,
  ...breachRoutes,
  ...reportRoutes,
  ...sessionRoutes,
  ...feedbackRoutes,
]

const FORM = 'application/x-www-form-urlencoded'

/** Reads what a form sends; its parser is this scope's own. */
function readForms(scope: FastifyInstance): void {
  scope.removeContentTypeParser(FORM)
  scope.addContentTypeParser(FORM, { parseAs: 'string' }, async (_request: unknown, body: string) =>
    Object.fromEntries(new URLSearchParams(body)),
  )
}

/** Adds the desk to the server, under `/desk`, and what anybody may look at beside it. Their parsers, headers and errors are nobody else's. */
export function consoleRoutes(app: FastifyInstance, deps: ConsoleDeps): void {
  const desk = createDesk(deps)
  app.register(
    async (scope) => {
      if (!scope.hasRequestDecorator('isMultipart')) await scope.register(multipart)
      readForms(scope)
      scope.setErrorHandler((error, request, reply) => refuse(desk, error, request, reply))
      scope.setNotFoundHandler((request, reply) => refuse(desk, new UserError('noPage'), request, reply))
      addDoor(scope, desk)
      addScreen(scope, desk)
      for (const route of STAFF_ROUTES) addStaffRoute(scope, desk, route)
    },
    { prefix: PREFIX },
  )
  app.register(async (scope) => {
    readForms(scope)
    addCertificate(scope, desk)
  })
  app.addHook('preClose', async () => desk.streams.endAll())
}
