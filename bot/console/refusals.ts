/** Every refusal is a sentence in the reader's language: to the page's script as JSON, otherwise on a page, with what they wrote kept. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { faultOf } from '../conversation/fault.js'
import { may } from '../desk/access.js'
import { createLabels, type Labels } from '../desk/labels.js'
import { UserError } from '../errors.js'
import type { Desk } from './desk.js'
import { asksForJson, isRefresh, viewOf } from './guard.js'
import { PAGE_HEADERS } from './headers.js'
import { casePage, deskPage, type Extras } from './pages.js'
import { doorLanguage } from './routes/door.js'

const STATUS: Readonly<Record<string, number>> = {
  signedOut: 401,
  notAllowed: 403,
  foreignForm: 403,
  noCase: 404,
  noFile: 404,
  noPage: 404,
  caseTaken: 409,
  caseClosed: 409,
  notClaimed: 409,
  nobodyWaits: 409,
  alreadyOffered: 409,
  noOffer: 409,
  notForYou: 403,
  noNumber: 409,
  pausing: 409,
  full: 409,
  openAlready: 409,
  inDanger: 409,
  fileTooBig: 413,
}

/** Too much of a form, or one that cannot be read, is the sender's; the rest is ours. */
function refusalOf(error: unknown): { code: string; values: Record<string, string | number>; status: number } {
  if (error instanceof UserError) return { code: error.code, values: error.values, status: STATUS[error.code] ?? 422 }
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode === 413) return { code: 'tooMuch', values: {}, status: 413 }
  if (statusCode < 500) return { code: 'badRequest', values: {}, status: statusCode }
  return { code: 'trouble', values: {}, status: 503 }
}

/** A colleague in a sentence is named as staff are named. */
const inWords = (labels: Labels, { code, values }: ReturnType<typeof refusalOf>): string =>
  labels.error(code, typeof values.alias === 'string' ? { ...values, alias: labels.alias(values.alias) } : values)

export async function refuse(desk: Desk, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error)
  if (refusal.status >= 500) {
    desk.log.warn({ code: faultOf(error) }, 'A request to the desk failed.')
  }
  reply.headers(PAGE_HEADERS)
  const isPage = request.method === 'GET' && !isRefresh(request) && !asksForJson(request)
  if (refusal.status === 401 && (isPage || (request.method === 'POST' && !asksForJson(request))))
    return reply.redirect(`${desk.base}/sign-in`, 303)
  reply.code(refusal.status)
  // With the database away nobody knows who asks; the sentence must come all the same.
  const session = await desk.sessions.find(request).catch(() => undefined)
  const labels = createLabels(desk.texts, session?.language ?? doorLanguage(request))
  const notice = inWords(labels, refusal)
  if (asksForJson(request) || isRefresh(request) || !session || request.url.includes('/files/'))
    return asksForJson(request) || isRefresh(request)
      ? reply.send({ error: notice, code: refusal.code })
      : reply.type('text/plain; charset=utf-8').send(notice)
  const page = await pageBeneath(desk, viewOf(desk, session, false), request, { notice, ...draftOf(request) }).catch(
    () => undefined,
  )
  return page ? reply.type('text/html; charset=utf-8').send(page) : reply.type('text/plain; charset=utf-8').send(notice)
}

/** The page on which the refused form stood. */
async function pageBeneath(desk: Desk, view: ReturnType<typeof viewOf>, request: FastifyRequest, extras: Extras) {
  const { code } = (request.params ?? {}) as { code?: string }
  if (!code || request.method === 'GET' || !may(view.staff, 'case.read')) return deskPage(desk, view, extras)
  const page = await casePage(desk, view, code, extras).catch(() => undefined)
  if (!page) return deskPage(desk, view, extras)
  await desk.traceRead(view.staff, code, true)
  return page
}

/** What was written and not taken, so that nobody has to write it again. */
function draftOf(request: FastifyRequest): Pick<Extras, 'draft'> {
  const { text } = (request.body ?? {}) as { text?: unknown }
  if (typeof text !== 'string') return {}
  if (request.url.endsWith('/notes')) return { draft: { note: text } }
  return request.url.endsWith('/replies') ? { draft: { reply: text } } : {}
}
