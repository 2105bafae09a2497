/** `GET /chat/events`: an open page hears at once what is new. It pulls from the history, so nothing comes twice or is skipped. */
import { setMaxListeners } from 'node:events'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { faultOf } from '../../bot/conversation/fault.js'
import type { Language } from '../../bot/text/languages.js'
import type { Ports } from '../adapter.js'
import { Refusal } from './answer.js'
import { type Change, createFeed } from './feed.js'
import type { Web } from './house.js'
import { readWhere } from './message-routes.js'
import { toWire } from './wire.js'

/** How often a page looks for what another process wrote, */
const LOOK_MS = 3_000
/** and compares everything, for messages that were taken away elsewhere. */
const COMPARE_EVERY_LOOKS = 20
/** After being woken it looks more than once: `send` runs a moment before its message can be read. */
const WOKEN_LOOKS_MS = [0, 50, 200, 750]
/** Comments keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000
/** What the browser waits before it connects again. */
const RECONNECT_MS = 2_000
/** A reader this far behind has a dead line; it comes back with the last id it got. */
const UNREAD_BYTES_MAX = 1024 * 1024

export function addEventRoute(app: FastifyInstance, web: Web, ports: Ports): void {
  app.get('/chat/events', async (request, reply) => {
    const address = web.visitors.of(request)
    if (!address || !web.isOpen) throw new Refusal(address ? 503 : 403, address ? 'note.trouble' : 'note.cookies')
    // The page then asks now and then instead
    if (!web.wakers.hasRoom(address)) throw new Refusal(429, 'note.tooFast', { seconds: 5 }, 5_000)
    const language = await web.languageFor(request, address)
    await openStream(web, ports, request, reply, { address, language })
    return reply
  })
}

async function openStream(
  web: Web,
  ports: Ports,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: { address: string; language: Language },
): Promise<void> {
  const { raw } = reply
  const closed = new AbortController()
  const signal = AbortSignal.any([closed.signal, web.ending.signal])
  // Each waking waits on it for a second; many in that second are no leak
  setMaxListeners(0, signal)
  raw.on('close', () => closed.abort())
  raw.on('error', () => closed.abort())
  reply.hijack()
  raw.writeHead(200, {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  } as Record<string, string>)
  raw.write(`retry: ${RECONNECT_MS}\n\n`)

  const where = readWhere(request)
  const after = Number(request.headers['last-event-id']) || where.after
  const feed = createFeed(web.reader(ports, visit.address), { from: where.from, after })
  let last = after

  const write = (event: string, data: unknown, id?: number) => {
    if (signal.aborted) return
    raw.write(`${id ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    if (raw.writableLength > UNREAD_BYTES_MAX) raw.destroy()
  }
  const tell = (change: Change) => {
    if (change.kind === 'cleared') return write('cleared', {})
    if (change.kind === 'kept') return write('kept', { ids: change.ids })
    const { item } = change
    // An id that went backwards would bring everything after it again
    const isNew = item.id > last
    last = Math.max(last, item.id)
    write('message', toWire(item, web.words, visit.language), isNew ? item.id : undefined)
  }

  let busy: Promise<void> = Promise.resolve()
  const look = (how: 'look' | 'compare') => {
    busy = busy.then(async () => {
      if (signal.aborted) return
      try {
        const changes = await feed[how]()
        changes.forEach(tell)
        if (changes.length > 0) await checkLanguage()
      } catch (error) {
        web.log.warn(
          { channel: 'web', code: faultOf(error) },
          'An open page could not be brought up to date; it is tried again.',
        )
      }
    })
    return busy
  }
  const checkLanguage = async () => {
    const language = await web.languageFor(request, visit.address)
    if (language !== visit.language) write('language', { language })
    visit.language = language
  }

  let wakes = 0
  const stopListening = web.wakers.listen(visit.address, async (news) => {
    const mine = ++wakes
    for (const pause of WOKEN_LOOKS_MS) {
      await web.clock.wait(pause, signal)
      if (signal.aborted || mine !== wakes) return
      await look(news === 'changed' ? 'compare' : 'look')
    }
  })
  const heartbeat = async () => {
    while (!signal.aborted) {
      await web.clock.wait(HEARTBEAT_MS, signal)
      if (!signal.aborted) raw.write(':\n\n')
    }
  }
  const lookAround = async () => {
    for (let looks = 0; !signal.aborted; looks++) {
      await look(looks % COMPARE_EVERY_LOOKS === 0 ? 'compare' : 'look')
      await web.clock.wait(LOOK_MS, signal)
    }
  }
  void Promise.all([heartbeat(), lookAround()]).finally(() => {
    stopListening()
    raw.end()
  })
}
