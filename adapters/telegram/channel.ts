/** Telegram as a channel: the parts of this folder put together. */
import { setMaxListeners } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { type Channel, type Clock, type Log, type Ports, systemClock } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import { givesAway } from '../bot-name.js'
import { createTelegram, TELEGRAM_API_ROOT } from './api.js'
import { type Command, keepCommands } from './commands.js'
import { createDownloader } from './downloads.js'
import { toFailure } from './failures.js'
import { createHealth } from './health.js'
import { budget, limits } from './limits.js'
import { poll } from './polling.js'
import { createRemover } from './remove.js'
import { createRooms } from './rooms.js'
import { createSender } from './send.js'
import { addWebhookRoute, keepWebhook, readWebhookSecret, readWebhookUrl } from './webhook.js'

export type TelegramOptions = {
  /** From @BotFather. */
  token: string
  /** Another Bot API server than Telegram's own. */
  apiRoot?: string | undefined
  /** Be called by Telegram here instead of asking it. */
  webhookUrl?: string | undefined
  /** Made from the token when absent. */
  webhookSecret?: string | undefined
  log: Log
  clock?: Clock
  fetch?: typeof fetch
}

export type TelegramChannel = Channel & {
  /** Sets the menu's command lists, in the background; `en` is also everybody else's. Keys are two-letter languages. */
  setCommands(byLanguage: Record<string, Command[]>): void
}

/** Throws `SetupError` when the options cannot be right; all that Telegram may say of them later is a matter of `health`. */
export function createTelegramChannel(options: TelegramOptions): TelegramChannel {
  const { log, clock = systemClock } = options
  const token = options.token.trim()
  const apiRoot = (options.apiRoot || TELEGRAM_API_ROOT).replace(/\/+$/, '')
  const webhook = options.webhookUrl && {
    url: readWebhookUrl(options.webhookUrl),
    secret: readWebhookSecret(options.webhookSecret, token),
  }
  const address = { token, apiRoot, ...(options.fetch && { fetch: options.fetch }) }
  const call = createTelegram(address)
  const send = createSender(call, log)
  const { remove, removeMany } = createRemover(call)
  const fetchFile = createDownloader(call, address)
  const health = createHealth(log)
  const ending = new AbortController()
  const { signal } = ending
  // Every update that waits for the house listens for the end.
  setMaxListeners(0, signal)
  const running: Promise<void>[] = []
  let username: string | undefined
  let started = false
  let route: ReturnType<typeof addWebhookRoute> | undefined

  const taking = {
    world: () => ({ now: clock.now(), username }),
    answerButton(callbackId: string) {
      // Only stops the button's clock. When it comes too late or not at all, nothing is lost.
      const answer = call((api, stop) => api.answerCallbackQuery({ callback_query_id: callbackId }, stop), { signal })
      answer.catch((error) =>
        log.info({ channel: 'telegram', code: toFailure(error).code }, 'A button was not acknowledged.'),
      )
    },
    ignored(what: string) {
      log.info({ channel: 'telegram', code: 'TELEGRAM_UPDATE_IGNORED', what }, 'An update needs no answer.')
    },
    setAside() {
      log.warn(
        { channel: 'telegram', code: 'TELEGRAM_UPDATE_ASIDE', count: 1 },
        'A refused update is kept in memory only.',
      )
    },
  }

  /** Learns our own name, which commands in groups are addressed to; and frees the messages from an earlier webhook. */
  async function prepare() {
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        const me = await call((api, stop) => api.getMe(stop), { signal })
        username = me.username
        health.named(givesAway(me.first_name, me.username))
        if (!webhook) await call((api, stop) => api.deleteWebhook({ drop_pending_updates: false }, stop), { signal })
        return
      } catch (error) {
        if (signal.aborted) return
        const { code, retryAfterMs } = toFailure(error)
        health.become(code)
        await clock.wait(retryAfterMs ?? backoffMs(failures), signal)
      }
    }
  }

  async function run(ports: Ports) {
    await prepare()
    if (webhook) await keepWebhook({ ...webhook, call, clock, health, signal })
    else await poll({ ...taking, call, ports, clock, health, signal })
  }

  return {
    name: 'telegram',
    limits,
    budget,
    routes(app: FastifyInstance, ports: Ports) {
      if (!webhook) return
      const isOpen = () => started && !signal.aborted
      route = addWebhookRoute(app, { ...taking, secret: webhook.secret, ports, health, isOpen })
    },
    async start(ports) {
      if (started) return
      started = true
      running.push(run(ports))
    },
    send,
    remove,
    removeMany,
    rooms: createRooms({ call, send, removeMany }),
    fetchFile,
    setCommands(byLanguage) {
      running.push(keepCommands(byLanguage, { call, clock, log, signal }))
    },
    linkTo: (words) => username && `https://t.me/${username}?start=${words}`,
    health: () => health.current(),
    async stop() {
      ending.abort()
      await Promise.all(running)
      await route?.idle()
      health.become('TELEGRAM_OFF')
    },
  }
}
