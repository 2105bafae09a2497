/**
 * Socket Mode: we call Slack, and it speaks on that line, so that no address of ours need be reachable. Several processes may each hold
 * a line; Slack gives every event to one of them (https://docs.slack.dev/apis/events-api/using-socket-mode, up to ten). So none leads.
 *
 * The line is kept here and not by Bolt, whose own way ends in a rejection that nobody can catch when Slack cannot be reached.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { SocketModeReceiver } from '@slack/bolt'
import type { Clock, Log } from '../adapter.js'
import { backoffMs } from '../backoff.js'
import { clientOptions } from './api.js'
import { PatientApp } from './app.js'
import { AWAY, isTokenRefused, SlackFailure, toFailure } from './failures.js'
import { parse } from './forms.js'
import type { Health } from './health.js'
import { silent } from './silent.js'
import type { Taking } from './taking.js'
import { isRecord } from './updates/reading.js'

/** Slack greets within a second; a line on which it does not is none. */
const GREETING_WITHIN_MS = 20_000
/** The other side may leave the closing of a line unanswered. */
const CLOSED_WITHIN_MS = 500
/** Slack renews a line every hour or so; one that ends sooner than this is trouble, and not asked for again at once. */
const LASTING_MS = 10_000

export type SocketNeeds = {
  appToken: string
  apiUrl: string
  taking: Taking
  clock: Clock
  log: Log
  health: Health
  /** Something says that Slack may be away altogether. */
  lookAgain: () => void
  signal: AbortSignal
}

/** Bolt stumbles over these, in a place where nobody can catch it. */
const isEnvelope = (data: unknown) => {
  const message = typeof data === 'string' ? parse(data) : undefined
  if (!isRecord(message) || typeof message.type !== 'string') return false
  if (message.type !== 'events_api') return true
  const { payload } = message
  return isRecord(payload) && isRecord(payload.event) && typeof payload.event.type === 'string'
}

const isGoodbye = (data: unknown) => {
  const message = typeof data === 'string' ? parse(data) : undefined
  return isRecord(message) && message.type === 'disconnect'
}

/** One line, from its opening to its end. */
function openLine({ appToken, apiUrl, taking, log }: SocketNeeds) {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: silent,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
    // It could not be acknowledged because the line had ended; on the next one it comes again.
    processEventErrorHandler: async () => {
      log.info({ channel: 'slack', code: 'SLACK_NOT_ACKNOWLEDGED' }, 'An update will be sent again by Slack.')
      return false
    },
  })
  new PatientApp(receiver, taking)
  const { client } = receiver
  /** A line that was still being opened when it was to end opens all the same, and is ended then. */
  const close = async (started: Promise<unknown>) => {
    const disconnect = () => client.disconnect()
    void started.then(disconnect, () => undefined)
    await Promise.race([disconnect(), pause(CLOSED_WITHIN_MS)]).catch(() => undefined)
  }
  const ended = new Promise<void>((resolve) => {
    client.once('disconnected', () => resolve())
    const hear = client.listeners('ws_message')
    client.removeAllListeners('ws_message')
    client.on('ws_message', (data: unknown, ...rest: unknown[]) => {
      if (!isEnvelope(data)) return taking.ignored('unreadable')
      for (const listener of hear) listener.call(client, data, ...rest)
      // The line is about to end; the next one can be opened before that.
      if (isGoodbye(data)) resolve()
    })
  })
  return { start: () => receiver.start(), close, ended }
}

/** Keeps a line open until `signal` is aborted. Never rejects. */
export async function keepSocket(needs: SocketNeeds): Promise<void> {
  const { clock, health, signal } = needs
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  for (let failures = 1; !signal.aborted; ) {
    const line = openLine(needs)
    const started = line.start()
    const greeting = new AbortController()
    const noGreeting = clock.wait(GREETING_WITHIN_MS, greeting.signal).then(() => {
      if (!greeting.signal.aborted) throw new SlackFailure(AWAY)
    })
    try {
      await Promise.race([started, noGreeting, stopped])
      if (!signal.aborted) health.up('events')
      const openedAt = clock.now().getTime()
      await Promise.race([line.ended, stopped])
      if (clock.now().getTime() - openedAt > LASTING_MS) failures = 1
      else await clock.wait(backoffMs(failures++), signal)
    } catch (error) {
      const { code, retryAfterMs } = toFailure(error)
      if (!signal.aborted) {
        health.become('events', isTokenRefused(code) ? 'SLACK_APP_TOKEN_REFUSED' : 'SLACK_SOCKET_LOST')
        needs.lookAgain()
      }
      await clock.wait(retryAfterMs ?? backoffMs(failures++), signal)
    } finally {
      greeting.abort()
      // The next line is opened meanwhile, unless there is none.
      const closing = line.close(started)
      if (signal.aborted) await closing
    }
  }
}
