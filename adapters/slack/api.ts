/** The Web API through Bolt's client: one call, one answer or one `SlackFailure`. */
import { webApi } from '@slack/bolt'
import { isTokenRefused, toFailure } from './failures.js'
import { silent } from './silent.js'

export const SLACK_API_URL = 'https://slack.com/api/'

/** Ordinary calls answer in a second; on a line that loses packets, within this. */
const CALL_TIMEOUT_MS = 30_000

/**
 * What both of our clients are made with. The library would try again by itself, for half an hour, also after a lost answer, so that
 * a message stands there twice; and it would hold every channel back when one is asked to slow down. Trying again is the outbox's.
 */
export const clientOptions = (apiUrl: string) => ({
  slackApiUrl: apiUrl,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: CALL_TIMEOUT_MS,
  allowAbsoluteUrls: false,
  logger: silent,
})

export type Client = webApi.WebClient
export type Slack = ReturnType<typeof createSlack>

/** `refused` is told whenever Slack does not accept the token, whoever was calling. */
export function createSlack({ token, apiUrl }: { token: string; apiUrl: string }, refused: () => void) {
  const client = new webApi.WebClient(token, clientOptions(apiUrl))
  /**
   * Runs one method, e.g. `call((api) => api.auth.test())`.
   *
   * @throws SlackFailure and nothing else.
   */
  return async function call<T>(run: (api: Client) => Promise<T>): Promise<T> {
    try {
      return await run(client)
    } catch (error) {
      const failure = toFailure(error)
      if (isTokenRefused(failure.code)) refused()
      throw failure
    }
  }
}
