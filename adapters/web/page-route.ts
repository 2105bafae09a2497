/** `GET /chat`: the page with what was said so far, and the files it is made of. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isLanguage, type Language } from '../../bot/text/languages.js'
import type { HistoryItem, Ports } from '../adapter.js'
import { Refusal, sendPage, takesGzip } from './answer.js'
import { readAll } from './feed.js'
import type { Web } from './house.js'
import { pageHtml } from './page-html.js'
import { slowNewcomers } from './take.js'

/** As many messages as fit a slow line; older ones are a tap away. */
const SHOWN_AT_ONCE = 60

/** The name of a page file carries its content, so it never changes. */
const FOR_A_YEAR = 'public, max-age=31536000, immutable'

export type Extras = { note?: string; draft?: string; below?: boolean }

/** Draws the page for this visitor; also used to say why a form was refused. */
export async function showPage(
  web: Web,
  ports: Ports,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: { address: string | undefined; language: Language },
  extras: Extras = {},
): Promise<FastifyReply> {
  const all = (request.query as { all?: unknown }).all !== undefined
  const history = visit.address ? await read(web, ports, visit.address, all) : []
  const items = all ? history : history.slice(-SHOWN_AT_ONCE)
  const page = pageHtml({
    language: visit.language,
    say: web.say(visit.language),
    items,
    more: items.length < history.length,
    begins: history.length === 0 && !extras.note,
    version: (file) => web.files.get(file)?.version ?? '',
    ...extras,
  })
  return sendPage(request, reply, page)
}

const read = (web: Web, ports: Ports, address: string, all: boolean): Promise<HistoryItem[]> => {
  const reader = web.reader(ports, address)
  return all ? readAll(reader, -1) : reader(0)
}

export function addPageRoutes(app: FastifyInstance, web: Web, ports: Ports): void {
  app.get('/chat', async (request, reply) => {
    const known = web.visitors.of(request)
    if (!known) slowNewcomers(web, request)
    const address = web.visitors.welcome(reply, known)
    const { lang } = request.query as { lang?: unknown }
    if (isLanguage(lang)) web.visitors.remember(reply, lang)
    const language = await web.languageFor(request, known)
    return showPage(web, ports, request, reply, { address: known && address, language })
  })

  app.get('/chat/', async (_request, reply) => reply.redirect('../chat'))

  app.get('/chat/page/:name', async (request, reply) => {
    const file = web.files.get((request.params as { name: string }).name)
    if (!file) throw new Refusal(404, 'note.notFound')
    reply.header('cache-control', FOR_A_YEAR).header('vary', 'Accept-Encoding').type(file.type)
    return takesGzip(request) ? reply.header('content-encoding', 'gzip').send(file.packed) : reply.send(file.content)
  })
}
