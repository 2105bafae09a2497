/**
 * Whether a request comes from Slack: https://docs.slack.dev/authentication/verifying-requests-from-slack. Bolt has this too, but takes
 * a time from the future, and only text.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { SLACK_SIGNATURE_WINDOW_S } from './limits.js'

const SIGNATURE = /^v0=([0-9a-f]{64})$/
const SECONDS = /^\d{1,12}$/

/** The headers alone: without these no body need be read. */
export function isRecent(headers: IncomingHttpHeaders, now: Date): boolean {
  const at = headers['x-slack-request-timestamp']
  if (typeof at !== 'string' || !SECONDS.test(at)) return false
  return Math.abs(now.getTime() / 1000 - Number(at)) <= SLACK_SIGNATURE_WINDOW_S
}

/** `body` as it came, byte for byte. Takes the same time for every wrong signature. */
export function isSigned(headers: IncomingHttpHeaders, body: Uint8Array, secret: string): boolean {
  const [, given] = SIGNATURE.exec(String(headers['x-slack-signature'])) ?? []
  if (!given) return false
  const ours = createHmac('sha256', secret).update(`v0:${headers['x-slack-request-timestamp']}:`).update(body).digest()
  return timingSafeEqual(Buffer.from(given, 'hex'), ours)
}
