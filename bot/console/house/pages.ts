/** How a page for whoever looks after the house is sent, and what becomes of a form that was refused: the same page, with the reason. */
import type { FastifyReply } from 'fastify'
import type { Part } from '../../http/html.js'
import { asksForJson, type Visit } from '../guard.js'
import { inWords, refusalOf } from '../refusal-words.js'
import { houseLayout } from '../views/house/frame.js'
import type { Room } from '../views/layout.js'

export type Page = { room: Room; title: string; body: Part }

/** What was done, as the address of the next page names it; the words stand in `house:done.*`. */
const DONE = [
  'saved',
  'added',
  'removed',
  'diverted',
  'back',
  'disabled',
  'forgotten',
  'here',
  'away',
  'pause',
  'told',
  'untold',
  'unreached',
  'reminded',
  'nobodyReminded',
  'handed',
  'noted',
  'taken',
  'closed',
  'issued',
  'issuedUnsent',
  'asked',
  'approved',
  'refused',
  'frozen',
  'signedOut',
] as const
export type Done = (typeof DONE)[number]

export function sendPage(visit: Visit, page: Page, more: { problem?: string; status?: number } = {}): FastifyReply {
  const { desk, view, reply, request } = visit
  const { done } = request.query as { done?: unknown }
  const key = request.method === 'GET' ? DONE.find((each) => each === done) : undefined
  return reply
    .code(more.status ?? 200)
    .type('text/html; charset=utf-8')
    .send(
      houseLayout(view, {
        ...page,
        problem: more.problem,
        done: key && view.house(`done.${key}`),
        fileUrl: (name) => desk.pageFiles.url(desk.base, name),
      }),
    )
}

const SEE_OTHER = 303

/** To the page's script as JSON, to a plain form with the next page, which then says what was done. */
export function done({ desk, request, reply }: Visit, path: string, what: Done): FastifyReply {
  const next = `${desk.base}${path}?done=${what}`
  return asksForJson(request) ? reply.send({ ok: true, next }) : reply.redirect(next, SEE_OTHER)
}

/** Does what a form asks; when that is refused, the page on which it stands says why, with what was written in it. */
export async function orStay(
  visit: Visit,
  page: () => Promise<Page>,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work()
  } catch (error) {
    const refusal = refusalOf(error)
    const elsewhere = asksForJson(visit.request) || refusal.status === 403 || refusal.status >= 500
    if (elsewhere) throw error
    // Here a rule is said of the colleague who is chosen, elsewhere of whoever reads it.
    const here = visit.desk.texts.find(visit.view.tongue, `house:errors.${refusal.code}`, refusal.values)
    return sendPage(visit, await page(), { problem: here ?? inWords(visit.view, refusal), status: refusal.status })
  }
}

export const param = ({ request }: Visit, name: string): string =>
  (request.params as Record<string, string>)[name] ?? ''
