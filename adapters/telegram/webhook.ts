/**
 * Updates by webhook: Telegram calls us, and calls again when we do not answer with 200. It sends one update of a chat at a time
 * (https://github.com/tdlib/telegram-bot-api, WebhookActor), so what is refused here holds up that chat only, for up to a day.
 */

import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SetupError } from '../../bot/errors.js'
import { putNewest } from '../../bot/newest.js'
import type { Clock, Incoming, Ports } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import { createLanes } from '../lanes.js'
import type { Telegram } from './api.js'
import { toFailure } from './failures.js'
import type { Health } from './health.js'
import { TELEGRAM_SECRET_FORM } from './limits.js'
import type { World } from './updates/reading.js'
import { ALLOWED_UPDATES, readUpdate } from './updates/update.js'

const WEBHOOK_PATH = '/telegram/webhook'
const SECRET_HEADER = 'x-telegram-bot-api-secret-token'
/** An update is some kilobytes; the longest message with all its entities stays far below. */
const BODY_MAX_BYTES = 1_000_000
/** Telegram obeys this header; without it, its own pauses grow from one second. */
const RETRY_AFTER_S = 2
const FORGET_REFUSED_MS = 60_000
/** For telling how many wait; more is as good as many. */
const REFUSED_MAX = 10_000
/** How often to ask Telegram whether it still delivers here. */
const CHECK_EVERY_MS = 5 * 60_000

/** The address given to Telegram. A bare host gets our path. Throws `SetupError`. */
export function readWebhookUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new SetupError(
      'TELEGRAM_WEBHOOK_URL_WRONG',
      'TELEGRAM_WEBHOOK_URL must be the address of this server from outside, such as https://bot.example.org.',
    )
  if (url.pathname === '/') url.pathname = WEBHOOK_PATH
  return url.href
}

/** Without a secret of your own, one that every process with this token comes to by itself. Throws `SetupError`. */
export function readWebhookSecret(secret: string | undefined, token: string): string {
  if (!secret) return createHmac('sha256', token).update('rahnamo telegram webhook').digest('hex')
  if (!TELEGRAM_SECRET_FORM.test(secret))
    throw new SetupError(
      'TELEGRAM_WEBHOOK_SECRET_WRONG',
      'TELEGRAM_WEBHOOK_SECRET may hold 1 to 256 of the characters A-Z a-z 0-9 _ and -.',
    )
  return secret
}

/** Takes the same time for every wrong value of a length, and tells no length. */
function isSecret(given: unknown, secret: string): boolean {
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest()
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(secret))
}

export type WebhookNeeds = {
  secret: string
  ports: Ports
  health: Health
  world: () => World
  answerButton: (callbackId: string) => void
  ignored: (what: string) => void
  /** Whether updates are taken: not before the start, nor after the stop. */
  isOpen: () => boolean
}

/** Adds the route. `idle` of the result resolves when nothing is being received. */
export function addWebhookRoute(app: FastifyInstance, needs: WebhookNeeds) {
  const { secret, ports, health } = needs
  // Buttons and messages of one chat come over different lines, so they are put in order here too.
  const lanes = createLanes()
  /** When each update that waits was last refused; it comes again within seconds, here or at another process. */
  const refused = new Map<string, number>()
  const settle = (incoming: Incoming, taken: boolean) => {
    const now = needs.world().now.getTime()
    refused.delete(incoming.updateKey)
    if (!taken) putNewest(refused, incoming.updateKey, now, REFUSED_MAX)
    for (const [key, at] of refused) if (now - at > FORGET_REFUSED_MS) refused.delete(key)
    health.refusing(refused.size)
  }

  app.post(
    WEBHOOK_PATH,
    {
      bodyLimit: BODY_MAX_BYTES,
      // Before the body is read: a stranger's megabyte is not worth our memory.
      onRequest: async (request, reply) => {
        if (!isSecret(request.headers[SECRET_HEADER], secret)) return reply.code(401).send()
      },
    },
    async (request, reply) => {
      if (!needs.isOpen()) return reply.code(503).header('retry-after', RETRY_AFTER_S).send()
      const reading = readUpdate(request.body, needs.world())
      if (reading.kind === 'ignored') {
        // What cannot be read now cannot be read later either: 200, or it would come for ever.
        needs.ignored(reading.what)
        return reply.code(200).send()
      }
      const { chat, incoming, album, callbackId } = reading
      try {
        await lanes.run(chat, () => ports.receive({ ...incoming, ...(album && { album }) }))
      } catch {
        settle(incoming, false)
        return reply.code(503).header('retry-after', RETRY_AFTER_S).send()
      }
      settle(incoming, true)
      if (callbackId) needs.answerButton(callbackId)
      return reply.code(200).send()
    },
  )
  return lanes
}

type Keeping = { call: Telegram; url: string; secret: string; clock: Clock; health: Health; signal: AbortSignal }

/** Tells Telegram where we are, tells it again when it forgot, and notices when it cannot get through. Ends with `signal`. */
export async function keepWebhook({ call, url, secret, clock, health, signal }: Keeping): Promise<void> {
  let failures = 0
  let told = false
  while (!signal.aborted) {
    try {
      const info = await call((api, stop) => api.getWebhookInfo(stop), { signal })
      const isOurs = told && info.url === url
      if (!isOurs) {
        const webhook = { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES }
        await call((api, stop) => api.setWebhook(webhook, stop), { signal })
        told = true
      }
      const sinceError = clock.now().getTime() - (info.last_error_date ?? 0) * 1000
      const troubled = isOurs && sinceError < CHECK_EVERY_MS && info.pending_update_count > 0
      if (troubled) health.become('TELEGRAM_WEBHOOK_UNREACHABLE')
      else health.up()
      failures = 0
      await clock.wait(CHECK_EVERY_MS, signal)
    } catch (error) {
      if (signal.aborted) return
      const { code, retryAfterMs } = toFailure(error)
      health.become(code)
      failures += 1
      await clock.wait(retryAfterMs ?? backoffMs(failures), signal)
    }
  }
}
