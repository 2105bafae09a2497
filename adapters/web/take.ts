/** The door for everything a visitor posts: only from our page, only from somebody we know, not faster than people write. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingEvent, Ports } from '../adapter.js'
import { asksForJson, Refusal } from './answer.js'
import type { Web } from './house.js'
import { isSameOrigin } from './same-origin.js'

/** A page without scripts waits this long for the answer before it is drawn again, */
const ANSWER_MS = 2_000
/** and this much longer for what else belongs to it. */
const REST_MS = 250

/** The visitor's address. @throws Refusal when they may not post */
export function admit(web: Web, request: FastifyRequest): string {
  if (!web.isOpen) throw new Refusal(503, 'note.trouble')
  if (!isSameOrigin(request, web.publicUrl)) throw new Refusal(403, 'note.wrongPlace')
  const address = web.visitors.of(request)
  if (!address) throw new Refusal(403, 'note.cookies')
  return address
}

const tooFast = (wait: number) => new Refusal(429, 'note.tooFast', { seconds: Math.ceil(wait / 1000) }, wait)

/** @throws Refusal 429 when the visitor has to wait a little; what they wrote stays with their page */
export function slowDown(web: Web, request: FastifyRequest, address: string, event?: IncomingEvent): void {
  if (event && web.urgent?.(event)) return
  const wait = web.pace.take(address) || web.neighbourhood.take(request.ip)
  if (wait > 0) throw tooFast(wait)
}

/** Somebody without a cookie is given one, but not a thousand. @throws Refusal 429 */
export function slowNewcomers(web: Web, request: FastifyRequest): void {
  const wait = web.newcomers.take(request.ip)
  if (wait > 0) throw tooFast(wait)
}

/** Gives the event to the house. Resolves when it is committed; only then does the page hear that we have it. */
export async function take(
  web: Web,
  ports: Ports,
  request: FastifyRequest,
  said: { address: string; id: string; event: IncomingEvent },
): Promise<void> {
  const { address, id, event } = said
  const locale = await web.languageFor(request, address)
  const incoming = {
    channel: 'web',
    address,
    updateKey: web.visitors.updateKey(address, id),
    messageKey: id,
    at: web.clock.now(),
    locale,
    event,
  } as const
  await web.inOrder(address, async () => {
    if (!web.isOpen) throw new Refusal(503, 'note.trouble')
    await ports.receive(incoming)
  })
  web.wakers.wake(address, 'new')
}

/** The script hears that it is done; a form goes back to the page, with the answer on it when that comes soon. */
export async function thank(request: FastifyRequest, reply: FastifyReply, answered: Promise<void>) {
  if (asksForJson(request)) return reply.send({ ok: true })
  await answered
  return reply.redirect('../chat#end', 303)
}

/** Resolves when the next message for this visitor has gone out, or after a while. Call it before the event is taken. */
export function nextAnswer(web: Web, address: string): Promise<void> {
  const done = new AbortController()
  const stop = web.wakers.listen(address, (news) => news === 'sent' && done.abort())
  return web.clock
    .wait(ANSWER_MS, done.signal)
    .then(() => (done.signal.aborted ? web.clock.wait(REST_MS) : undefined))
    .finally(stop)
}
