/** Every refusal is a sentence in the reader's language: to the page's script as JSON, otherwise on a page, with what they wrote kept. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { faultOf } from '../conversation/fault.js'
import { may } from '../desk/access.js'
import { createLabels } from '../desk/labels.js'
import type { Desk } from './desk.js'
import { asksForJson, isRefresh, viewOf } from './guard.js'
import { PAGE_HEADERS } from './headers.js'
import { casePage, deskPage, type Extras } from './pages.js'
import { inWords, refusalOf } from './refusal-words.js'
import { doorLanguage } from './routes/door.js'
import type { View } from './views/view.js'

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
  const page = await viewOf(desk, session, false)
    .then((view) => pageBeneath(desk, view, request, { notice, ...draftOf(request) }))
    .catch(() => undefined)
  return page ? reply.type('text/html; charset=utf-8').send(page) : reply.type('text/plain; charset=utf-8').send(notice)
}

/** The page on which the refused form stood. */
async function pageBeneath(desk: Desk, view: View, request: FastifyRequest, extras: Extras) {
  // The queue is not for everybody, not even beneath a refusal
  if (!may(view.staff, 'queue.see')) return undefined
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
