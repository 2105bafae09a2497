/** The web chat as a channel: the parts of this folder put together. */
import multipart from '@fastify/multipart'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { faultOf } from '../../bot/conversation/fault.js'
import { UserError } from '../../bot/errors.js'
import type { Channel, ChannelHealth, Ports } from '../adapter.js'
import { asksForJson, Refusal, SAFE_HEADERS } from './answer.js'
import { addEventRoute } from './events.js'
import { addFileRoutes } from './file-routes.js'
import { createWeb, type Web } from './house.js'
import { addMessageRoutes } from './message-routes.js'
import { WEB_BUDGET, WEB_LIMITS, type WebOptions } from './options.js'
import { addPageRoutes, showPage } from './page-route.js'

/** The longest text in Cyrillic, percent-encoded by a form, and something over. */
const BODY_BYTES_MAX = 8 * WEB_LIMITS.text

/** `languageOf` and `publicUrl` may be left out; see `WebOptions`. */
export function createWebChannel(options: WebOptions): Channel {
  const web = createWeb(options)
  return {
    name: 'web',
    limits: WEB_LIMITS,
    budget: WEB_BUDGET,
    routes(app, ports) {
      // A scope of its own: its parsers, headers and errors are nobody else's
      app.register(async (scope) => addRoutes(scope, web, ports))
      app.addHook('preClose', async () => web.ending.abort())
    },
    async start() {
      web.isOpen = !web.ending.signal.aborted
    },
    /** The message is in the history already; open pages are told to look. Nobody looking is fine: the page asks when it opens. */
    async send(message) {
      web.wakers.wake(message.address, message.edits ? 'changed' : 'sent')
      return { messageKey: message.edits ?? message.id }
    },
    async remove(address) {
      web.wakers.wake(address, 'changed')
    },
    health: () => health(web),
    async stop() {
      web.isOpen = false
      web.ending.abort()
    },
  }
}

const health = (web: Web): ChannelHealth => {
  if (web.isOpen) return { state: 'up', sentence: 'The chat page is open at /chat.' }
  return web.ending.signal.aborted
    ? { state: 'off', sentence: 'The chat page is closed.' }
    : { state: 'starting', sentence: 'The chat page opens in a moment.' }
}

const FORM = 'application/x-www-form-urlencoded'

async function addRoutes(app: FastifyInstance, web: Web, ports: Ports): Promise<void> {
  if (!app.hasRequestDecorator('isMultipart')) await app.register(multipart)
  app.removeContentTypeParser(FORM)
  app.addContentTypeParser(
    FORM,
    { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
    async (_request: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
  )
  app.addHook('onRequest', async (_request, reply) => void reply.headers(SAFE_HEADERS))
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(web, ports, error, request, reply))
  addPageRoutes(app, web, ports)
  addMessageRoutes(app, web, ports)
  addFileRoutes(app, web, ports)
  addEventRoute(app, web, ports)
}

/** Every refusal is a sentence in the person's language: to the script as JSON, otherwise on the page, with their words kept. */
async function refuse(web: Web, ports: Ports, error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalOf(error)
  if (refusal.status >= 500)
    web.log.warn({ channel: 'web', code: faultOf(error) }, 'A request to the chat page failed.')
  const address = web.visitors.of(request)
  const language = await web.languageFor(request, undefined)
  const { key, values } = refusal
  const note =
    web.words.find(language, key.includes(':') ? key : `chat:${key}`, values) ?? web.say(language)('note.trouble')
  reply.code(refusal.status)
  if (refusal.retryAfterMs > 0) reply.header('retry-after', Math.ceil(refusal.retryAfterMs / 1000))
  const isPage = request.routeOptions.url === '/chat'
  if (asksForJson(request) || (request.method === 'GET' && !isPage)) return reply.send({ code: key, note })
  const { text } = (request.body ?? {}) as { text?: unknown }
  const extras = { note, below: !isPage, ...(typeof text === 'string' && { draft: text }) }
  // With the database away there is no transcript to draw, but the sentence must come
  return showPage(web, ports, request, reply, { address, language }, extras).catch(() =>
    showPage(web, ports, request, reply, { address: undefined, language }, extras),
  )
}

function refusalOf(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof UserError) return new Refusal(422, `errors:${error.code}`, error.values)
  if (error.statusCode === 413) return new Refusal(413, 'note.tooLong', { max: WEB_LIMITS.text })
  const theirs = error.statusCode !== undefined && error.statusCode < 500
  return theirs ? new Refusal(error.statusCode ?? 400, 'note.notUnderstood') : new Refusal(503, 'note.trouble')
}
