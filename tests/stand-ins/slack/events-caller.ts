/** The Events API, the side of Slack: signed calls, and again when they fail. https://docs.slack.dev/apis/events-api */
import { createHmac } from 'node:crypto'
import { note } from '../logs.js'
import type { Envelope, Outcome } from './delivery.js'

const TIMEOUT_MS = 3000
/** "immediately, after 1 minute, and after 5 minutes" */
const RETRY_AFTER_S = [0, 60, 300]

export type Call = { status: number; retry: number; payload: Record<string, unknown> }

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export const sign = (secret: string, body: string, seconds: number) => ({
  'x-slack-request-timestamp': String(seconds),
  'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`,
})

const encode = ({ type, payload }: Envelope): { body: string; type: string } => {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' }
  const form = 'application/x-www-form-urlencoded'
  if (type === 'interactive') return { body: `payload=${encodeURIComponent(JSON.stringify(payload))}`, type: form }
  return {
    body: new URLSearchParams(
      Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
    ).toString(),
    type: form,
  }
}

type Options = { pace: number; now: () => Date; keep?: number | undefined }

export function createEventsCaller(secret: string, { pace, now, keep }: Options) {
  const calls: Call[] = []
  const ends = new Map<string, Promise<unknown>>()
  let url: string | undefined
  let closed = false

  const attempt = async (envelope: Envelope, retry: number): Promise<Outcome> => {
    const { body, type } = encode(envelope)
    const headers = {
      'content-type': type,
      ...sign(secret, body, Math.floor(now().getTime() / 1000)),
      ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_error' }),
    }
    try {
      const response = await fetch(url ?? '', {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      const text = await response.text()
      note(calls, { status: response.status, retry, payload: envelope.payload }, keep)
      return { acknowledged: response.ok, ...(text && { answer: JSON.parse(text) }) }
    } catch {
      note(calls, { status: 0, retry, payload: envelope.payload }, keep)
      return { acknowledged: false }
    }
  }

  const retries = async (envelope: Envelope): Promise<Outcome> => {
    for (const [i, seconds] of RETRY_AFTER_S.entries()) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000 * pace))
      if (closed) break
      const outcome = await attempt(envelope, i + 1)
      if (outcome.acknowledged) return outcome
    }
    return { acknowledged: false }
  }

  return {
    calls,
    isSet: () => url !== undefined,
    set(to: string) {
      url = to
    },
    close() {
      closed = true
    },
    async deliver(envelope: Envelope): Promise<Outcome> {
      // One call after the other within a conversation; what has to be repeated holds up nobody.
      const before = ends.get(envelope.conversation) ?? Promise.resolve()
      const first = before.then(() => attempt(envelope, 0))
      ends.set(envelope.conversation, first)
      const outcome = await first
      return outcome.acknowledged || envelope.type !== 'events_api' ? outcome : retries(envelope)
    },
  }
}
export type EventsCaller = ReturnType<typeof createEventsCaller>
