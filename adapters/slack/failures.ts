/**
 * What went wrong in a call of the Web API, reduced to what may be kept: a code and a number. The library's own errors carry the
 * answer, the address and sometimes the request; they end here.
 */
import { webApi } from '@slack/bolt'
import { DeliveryError } from '../adapter.js'

export class SlackFailure extends Error {
  constructor(
    /** `SLACK_` and the name of Slack's error, or `SLACK_AWAY` when there was no answer of Slack's. */
    readonly code: string,
    readonly retryAfterMs?: number,
  ) {
    super(code)
    this.name = 'SlackFailure'
  }
}

export const AWAY = 'SLACK_AWAY'
const RATE_LIMITED = 'SLACK_RATELIMITED'
/** Slack's errors are words like `channel_not_found`; a proxy's page in their place is not repeated. */
const NAME = /^[a-z][a-z0-9_]{2,60}$/

/** Reads an error thrown by the library; anything that is not an answer of Slack's is `SLACK_AWAY`. */
export function toFailure(error: unknown): SlackFailure {
  if (error instanceof SlackFailure) return error
  if (error instanceof webApi.WebAPIRateLimitedError) return new SlackFailure(RATE_LIMITED, error.retryAfter * 1000)
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode === 413) return new SlackFailure('SLACK_HTTP_413')
  const name = error instanceof webApi.WebAPIPlatformError ? error.data.error : ''
  return new SlackFailure(NAME.test(name) ? `SLACK_${name.toUpperCase()}` : AWAY)
}

/** The app's own standing with the workspace: not the message's fault, and it takes a person to mend. */
const REFUSED_TOKEN = [
  'SLACK_INVALID_AUTH',
  'SLACK_NOT_AUTHED',
  'SLACK_ACCOUNT_INACTIVE',
  'SLACK_TOKEN_REVOKED',
  'SLACK_TOKEN_EXPIRED',
  'SLACK_NOT_ALLOWED_TOKEN_TYPE',
  'SLACK_TEAM_ACCESS_NOT_GRANTED',
  'SLACK_TEAM_DISABLED',
  'SLACK_MISSING_SCOPE',
]
export const isTokenRefused = (code: string) => REFUSED_TOKEN.includes(code)
const REFUSED_TOKEN_PAUSE_MS = 60_000

const GONE = [
  'SLACK_CHANNEL_NOT_FOUND',
  'SLACK_IS_ARCHIVED',
  'SLACK_NOT_IN_CHANNEL',
  'SLACK_USER_NOT_FOUND',
  'SLACK_USERS_NOT_FOUND',
  'SLACK_USER_NOT_VISIBLE',
  'SLACK_USER_DISABLED',
  'SLACK_CANNOT_DM_BOT',
]

/** https://docs.slack.dev/reference/methods/chat.postMessage#errors: what passes by itself. */
const PASSING = [
  AWAY,
  RATE_LIMITED,
  'SLACK_RATE_LIMITED',
  'SLACK_MESSAGE_LIMIT_EXCEEDED',
  'SLACK_ACCESSLIMITED',
  'SLACK_INTERNAL_ERROR',
  'SLACK_FATAL_ERROR',
  'SLACK_SERVICE_UNAVAILABLE',
  'SLACK_REQUEST_TIMEOUT',
  'SLACK_TEAM_ADDED_TO_ORG',
  'SLACK_FILE_NOT_SHOWN',
]

/** What the outbox is to do about it. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error
  const { code, retryAfterMs } = toFailure(error)
  if (isTokenRefused(code)) return new DeliveryError('retry', code, { retryAfterMs: REFUSED_TOKEN_PAUSE_MS })
  if (GONE.includes(code)) return new DeliveryError('gone', code)
  if (!PASSING.includes(code)) return new DeliveryError('refused', code)
  return new DeliveryError('retry', code, retryAfterMs === undefined ? {} : { retryAfterMs })
}
