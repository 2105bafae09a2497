/** Slack as a channel: the parts of this folder put together. */
import { setMaxListeners } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { SetupError } from '../../bot/errors.js'
import { type Channel, type Clock, type Log, type Ports, systemClock } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import { givesAway } from '../bot-name.js'
import { createSlack, SLACK_API_URL } from './api.js'
import { createConversations } from './conversations.js'
import { createDownloader } from './downloads.js'
import { addEventsRoute } from './events-route.js'
import { toFailure } from './failures.js'
import { createHealth } from './health.js'
import { createHome } from './home.js'
import { budget, limits } from './limits.js'
import { createRooms } from './rooms.js'
import { createSender } from './send.js'
import { keepSocket } from './socket.js'
import { createTaking, type Taking } from './taking.js'
import { createThreads } from './threads.js'

export type SlackOptions = {
  /** The Bot User OAuth Token, `xoxb-…`. */
  botToken: string
  /** An app-level token, `xapp-…`: messages come in over Socket Mode, unless there is a signing secret. */
  appToken?: string | undefined
  /** Slack calls `/slack/events` of our own server (the Events API). */
  signingSecret?: string | undefined
  /** Another root of the Web API than Slack's own. */
  apiUrl?: string | undefined
  log: Log
  clock?: Clock
}

/** How often to ask Slack whether it still knows us; in between, whatever fails asks at once. */
const CHECK_EVERY_MS = 5 * 60_000

/**
 * All that Slack may say of the options later is a matter of `health`.
 *
 * @throws SetupError SLACK_WAY_MISSING
 */
export function createSlackChannel(options: SlackOptions): Channel {
  const { botToken: token, appToken, signingSecret, log, clock = systemClock } = options
  if (!appToken && !signingSecret)
    throw new SetupError(
      'SLACK_WAY_MISSING',
      'Slack needs SLACK_APP_TOKEN (Socket Mode, api.slack.com/apps, "Basic Information") or SLACK_SIGNING_SECRET (Events API).',
    )
  const apiUrl = `${(options.apiUrl || SLACK_API_URL).replace(/\/+$/, '')}/`
  const ending = new AbortController()
  const { signal } = ending
  // Every update that waits for the house listens for the end.
  setMaxListeners(0, signal)
  const health = createHealth(log)
  let wake = () => {}
  const lookAgain = () => wake()
  const call = createSlack({ token, apiUrl }, lookAgain)
  const threads = createThreads(call, clock.now)
  const sender = createSender({ call, clock, apiUrl, conversationOf: createConversations(call), threads })
  const running: Promise<void>[] = []
  let started = false
  let taking: Taking | undefined

  /** `undefined` when Slack does not say. */
  async function whoAreWe(failures: number): Promise<string | undefined> {
    try {
      const { user_id: me, user: name } = await call((api) => api.auth.test())
      health.named(givesAway(name))
      health.up('api')
      return me
    } catch (error) {
      if (signal.aborted) return undefined
      const { code, retryAfterMs } = toFailure(error)
      health.become('api', code)
      await clock.wait(retryAfterMs ?? backoffMs(failures), signal)
      return undefined
    }
  }

  /** Asks again every some minutes, and as soon as something fails. */
  async function keepLooking(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const nap = new AbortController()
      const wakeUp = () => nap.abort()
      signal.addEventListener('abort', wakeUp, { once: true })
      wake = wakeUp
      if (failures === 0) await clock.wait(CHECK_EVERY_MS, nap.signal)
      signal.removeEventListener('abort', wakeUp)
      wake = () => {}
      if (signal.aborted) return
      failures = (await whoAreWe(failures + 1)) ? 0 : failures + 1
    }
  }

  async function run(ports: Ports): Promise<void> {
    let me: string | undefined
    for (let failures = 1; !me && !signal.aborted; failures++) me = await whoAreWe(failures)
    if (!me || signal.aborted) return
    const ourselves = me
    const world = () => ({ now: clock.now(), me: ourselves })
    taking = createTaking({ call, ports, clock, log, health, threads, world, lookAgain, signal })
    const ways = [keepLooking()]
    if (signingSecret) health.up('events')
    else if (appToken) ways.push(keepSocket({ appToken, apiUrl, taking, clock, log, health, lookAgain, signal }))
    await Promise.all(ways)
    await taking.idle()
  }

  return {
    name: 'slack',
    limits,
    budget,
    routes(app: FastifyInstance) {
      if (!signingSecret) return
      addEventsRoute(app, { signingSecret, clock, taking: () => (signal.aborted ? undefined : taking) })
    },
    async start(ports) {
      if (started) return
      started = true
      running.push(run(ports))
    },
    send: sender.send,
    remove: sender.remove,
    fetchFile: createDownloader({ call, token, apiUrl }),
    rooms: createRooms(call, sender),
    showHome: createHome(call),
    health: () => health.current(),
    async stop() {
      ending.abort()
      await Promise.all(running)
      health.end()
    },
  }
}
