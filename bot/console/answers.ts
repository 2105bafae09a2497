/**
 * The staff’s web pages, and who may open them. What is done to a case stands in `desk/`, what clients see in `adapters/web`.
 *
 * How an act is answered: to the page's script as JSON, to a plain form with the next page.
 */
import type { FastifyReply } from 'fastify'
import { asksForJson, type Visit } from './guard.js'

/** 303: a reload of the next page does not send the form again. */
const SEE_OTHER = 303

export function done({ request, reply }: Pick<Visit, 'request' | 'reply'>, next: string): FastifyReply {
  return asksForJson(request) ? reply.send({ ok: true, next }) : reply.redirect(next, SEE_OTHER)
}
