/** What a visitor says comes in here, and pages without an open stream ask here for what is new. */
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLanguage } from '../../bot/text/languages.js'
import type { Ports } from '../adapter.js'
import { asksForJson, Refusal, sendPage } from './answer.js'
import { createFeed } from './feed.js'
import type { Web } from './house.js'
import { leftHtml } from './page-html.js'
import { formMessageId, MessageId, readSaid } from './say-what.js'
import { admit, nextAnswer, slowDown, take, thank } from './take.js'
import { toWire } from './wire.js'

/** Below the minute after which proxies give up on a quiet request. */
const LONGEST_WAIT_SECONDS = 25
/** How often a waiting request looks for what another process wrote. */
const LOOK_MS = 2_000

export function addMessageRoutes(app: FastifyInstance, web: Web, ports: Ports): void {
  app.post('/chat/messages', async (request, reply) => {
    const address = admit(web, request)
    const { id, event } = readSaid(request.body)
    slowDown(web, request, address, event)
    const answered = asksForJson(request) ? Promise.resolve() : nextAnswer(web, address)
    await take(web, ports, request, { address, event, id: asksForJson(request) ? id : formMessageId(id, event) })
    return thank(request, reply, answered)
  })

  app.post('/chat/language', async (request, reply) => {
    const address = admit(web, request)
    const { id, language } = (request.body ?? {}) as { id?: unknown; language?: unknown }
    if (!isLanguage(language)) throw new Refusal(400, 'note.notUnderstood')
    slowDown(web, request, address)
    web.visitors.remember(reply, language)
    const answered = asksForJson(request) ? Promise.resolve() : nextAnswer(web, address)
    const begun = (await ports.history('web', address, 0)).length > 0
    const event = { kind: 'command', name: 'language', argument: language } as const
    const once = MessageId.safeParse(id).data ?? randomUUID()
    if (begun) await take(web, ports, request, { address, event, id: once })
    return thank(request, reply, begun ? answered : Promise.resolve())
  })

  app.post('/chat/leave', async (request, reply) => {
    admit(web, request)
    web.visitors.forget(reply)
    const language = await web.languageFor(request, undefined)
    return sendPage(request, reply, leftHtml(language, web.say(language)))
  })

  app.get('/chat/messages', async (request) => {
    const address = web.visitors.of(request)
    if (!address) throw new Refusal(403, 'note.cookies')
    const { from, after, wait } = readWhere(request)
    const read = web.reader(ports, address)
    if (wait > 0 && web.wakers.hasRoom(address)) await news(web, address, read, after, wait)
    const changes = await createFeed(read, { from, after }).compare()
    const language = await web.languageFor(request, address)
    const kept = changes.find((change) => change.kind !== 'message')
    return {
      messages: changes.flatMap((change) =>
        change.kind === 'message' ? toWire(change.item, web.words, language) : [],
      ),
      ...(kept && { kept: kept.kind === 'kept' ? kept.ids : [] }),
      language,
    }
  })
}

/** Resolves when there is something after `after`, or time is up. */
async function news(
  web: Web,
  address: string,
  read: ReturnType<Web['reader']>,
  after: number,
  seconds: number,
): Promise<void> {
  const end = web.clock.now().getTime() + seconds * 1000
  let woken = new AbortController()
  let changed = false
  const stop = web.wakers.listen(address, (news) => {
    changed ||= news === 'changed'
    woken.abort()
  })
  try {
    while (!changed && !web.ending.signal.aborted && web.clock.now().getTime() < end) {
      if ((await read(after)).length > 0) return
      const again = woken.signal.aborted
      woken = new AbortController()
      // Woken means: in a moment it can be read
      await web.clock.wait(again ? 50 : LOOK_MS, woken.signal)
    }
  } finally {
    stop()
  }
}

/** `from` and `after`: the ids of the first and last message that the page has. */
export function readWhere(request: FastifyRequest): { from: number; after: number; wait: number } {
  const query = request.query as Record<string, unknown>
  const number = (name: string, most = Number.MAX_SAFE_INTEGER) => {
    const value = Number(query[name] ?? 0)
    return Number.isSafeInteger(value) && value > 0 ? Math.min(value, most) : 0
  }
  return { from: number('from'), after: number('after'), wait: number('wait', LONGEST_WAIT_SECONDS) }
}
