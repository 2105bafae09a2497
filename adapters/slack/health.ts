/**
 * How the channel is, in a sentence for whoever looks after the installation; each change is logged once. Two things can fail apart:
 * what Slack lets us do (`api`), and the way on which it tells us things (`events`).
 */
import type { ChannelHealth, Log } from '../adapter.js'

const UP = 'SLACK_UP'

const NEW_TOKEN =
  'Slack does not accept SLACK_BOT_TOKEN. Install the app to the workspace again (api.slack.com/apps, "Install App"), and start again with the new token.'
const NEW_APP_TOKEN =
  'Slack does not accept SLACK_APP_TOKEN. Make a new one with the scope connections:write (api.slack.com/apps, "Basic Information"), and start again with it.'

const SENTENCES: Record<string, ChannelHealth> = {
  SLACK_OFF: { state: 'off', sentence: 'Slack is switched off.' },
  SLACK_STARTING: { state: 'starting', sentence: 'Slack is being connected.' },
  [UP]: { state: 'up', sentence: 'Slack is connected.' },
  SLACK_AWAY: {
    state: 'down',
    sentence: 'Slack cannot be reached. It is tried again by itself.',
  },
  SLACK_INVALID_AUTH: { state: 'down', sentence: NEW_TOKEN },
  SLACK_NOT_AUTHED: { state: 'down', sentence: NEW_TOKEN },
  SLACK_TOKEN_EXPIRED: { state: 'down', sentence: NEW_TOKEN },
  SLACK_NOT_ALLOWED_TOKEN_TYPE: {
    state: 'down',
    sentence: 'SLACK_BOT_TOKEN must be the Bot User OAuth Token, which begins with xoxb-.',
  },
  SLACK_TOKEN_REVOKED: {
    state: 'down',
    sentence: 'The app was removed from the Slack workspace. Install it again, and start again with the new token.',
  },
  SLACK_ACCOUNT_INACTIVE: {
    state: 'down',
    sentence: 'The app was removed from the Slack workspace. Install it again, and start again with the new token.',
  },
  SLACK_RATELIMITED: { state: 'down', sentence: 'Slack asks us to slow down. It is tried again by itself.' },
  SLACK_APP_TOKEN_REFUSED: { state: 'down', sends: true, sentence: NEW_APP_TOKEN },
  SLACK_SOCKET_LOST: {
    state: 'down',
    sends: true,
    sentence: 'The connection on which Slack sends messages was lost. It is made again by itself.',
  },
}

const of = (code: string): ChannelHealth =>
  SENTENCES[code] ?? { state: 'down', sentence: `Slack answers with an error (${code}). It is tried again by itself.` }

export type Health = ReturnType<typeof createHealth>

/** S21 */
const ALARMING_NAME =
  'The app’s name tells whoever looks at the screen what it is for. Give it a harmless one in the settings of the app (display name of the bot).'

export function createHealth(log: Log) {
  const parts = { api: 'SLACK_STARTING', events: 'SLACK_STARTING' }
  let ended = false
  let refused = 0
  let givesAway = false

  /** Without the API nothing else matters. */
  const code = () => (ended ? 'SLACK_OFF' : parts.api === UP ? parts.events : parts.api)

  const change = (apply: () => void) => {
    const before = code()
    apply()
    const now = code()
    if (now === before) return
    const { state, sentence } = of(now)
    if (state === 'down') log.warn({ channel: 'slack', code: now }, sentence)
    else log.info({ channel: 'slack', code: now }, sentence)
  }

  return {
    /** `next` is the code of a failure. */
    become: (part: keyof typeof parts, next: string) =>
      change(() => {
        parts[part] = next
      }),
    up(part: keyof typeof parts) {
      this.become(part, UP)
    },
    end: () =>
      change(() => {
        ended = true
      }),
    /** Whether our name gives away what we are for. */
    named(alarming: boolean) {
      if (alarming && !givesAway) log.warn({ channel: 'slack', code: 'SLACK_ALARMING_NAME' }, ALARMING_NAME)
      givesAway = alarming
    },
    /** How many updates the house has refused and not yet taken. */
    refusing(count: number) {
      if (count > 0 && refused === 0)
        log.warn({ channel: 'slack', code: 'SLACK_UPDATES_WAIT', count }, 'Messages wait; they are offered again.')
      if (count === 0 && refused > 0)
        log.info({ channel: 'slack', code: 'SLACK_UPDATES_TAKEN' }, 'All waiting messages were taken.')
      refused = count
    },
    current(): ChannelHealth {
      if (code() === UP && givesAway) return { state: 'up', sentence: `Slack is connected. ${ALARMING_NAME}` }
      if (code() !== UP || refused === 0) return of(code())
      return {
        state: 'up',
        sentence: `Slack is connected, but ${refused} messages could not be stored yet; they wait.`,
      }
    },
  }
}
