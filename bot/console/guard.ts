/**
 * The only way to a page of the desk: who asks (session), may they (role × action), does the form come from our own page (origin
 * and token). A route that names no action does not exist.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type DeskAction, permit } from '../desk/access.js'
import { createLabels } from '../desk/labels.js'
import { alertsFor } from '../desk/two-people/list.js'
import { UserError } from '../errors.js'
import type { Desk } from './desk.js'
import { type Form, readForm, UPLOAD_MAX_BYTES } from './forms.js'
import { PAGE_HEADERS } from './headers.js'
import { isSameOrigin } from './same-origin.js'
import type { SignedIn } from './sessions.js'
import type { View } from './views/view.js'

export type Visit = {
  desk: Desk
  request: FastifyRequest
  reply: FastifyReply
  session: SignedIn
  view: View
  form: Form
}

export type StaffRoute = {
  method: 'GET' | 'POST'
  url: string
  action: DeskAction
  /** Asked by an open page rather than by a person: it does not keep the session alive. */
  byItself?: boolean
  handle(visit: Visit): Promise<unknown>
}

/** The page's script asks, rather than a person's click. */
export const asksForJson = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('application/json')

/** The page's script asks for its own page again, to see what changed. */
export const isRefresh = (request: FastifyRequest): boolean => request.headers['x-desk-refresh'] === '1'

const EMPTY: Form = { field: () => '' }

export async function viewOf(desk: Desk, session: SignedIn, refresh: boolean): Promise<View> {
  const now = desk.clock()
  return {
    ...createLabels(desk.texts, session.language),
    base: desk.base,
    tongue: session.language,
    staff: session.staff,
    csrf: desk.csrfOf(session.hash),
    now,
    refresh,
    alerts: await alertsFor(desk.store, session.staff, now),
  }
}

/** No name of ours holds one, and no database looks for one. */
const CONTROL = /\p{Cc}/u

/** @throws UserError signedOut, notAllowed, noPage, foreignForm */
async function admit(desk: Desk, route: StaffRoute, request: FastifyRequest, reply: FastifyReply): Promise<Visit> {
  const session = await desk.sessions.find(request)
  if (!session) throw new UserError('signedOut')
  permit(session.staff, route.action)
  if (Object.values(request.params as Record<string, string>).some((part) => CONTROL.test(part)))
    throw new UserError('noPage')
  const refresh = isRefresh(request)
  const view = await viewOf(desk, session, refresh)
  let form = EMPTY
  if (route.method === 'POST') {
    if (!isSameOrigin(request, desk.publicUrl)) throw new UserError('foreignForm')
    const isOurs = (from: Form) => {
      if (from.field('csrf') !== view.csrf) throw new UserError('foreignForm')
    }
    form = await readForm(request, isOurs)
    isOurs(form)
  }
  if (!route.byItself && !refresh) await desk.sessions.renew(request, reply, session)
  return { desk, request, reply, session, view, form }
}

export function addStaffRoute(app: FastifyInstance, desk: Desk, route: StaffRoute): void {
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: UPLOAD_MAX_BYTES,
    handler: async (request, reply) => {
      reply.headers(PAGE_HEADERS)
      return route.handle(await admit(desk, route, request, reply))
    },
  })
}
