/** How the channel is, in a sentence for whoever looks after the installation; each change is logged once. */
import type { ChannelHealth, Log } from '../adapter.js'

const UP = 'TELEGRAM_UP'

const SENTENCES: Record<string, ChannelHealth> = {
  TELEGRAM_OFF: { state: 'off', sentence: 'Telegram is switched off.' },
  TELEGRAM_STARTING: { state: 'starting', sentence: 'Telegram is being connected.' },
  [UP]: { state: 'up', sentence: 'Telegram is connected.' },
  TELEGRAM_AWAY: {
    state: 'down',
    sentence: 'Telegram cannot be reached. It is tried again by itself; messages wait there for a day.',
  },
  TELEGRAM_401: {
    state: 'down',
    sentence:
      'Telegram does not accept TELEGRAM_BOT_TOKEN. Ask @BotFather for a new one with /token, and start again with it.',
  },
  TELEGRAM_404: {
    state: 'down',
    sentence:
      'Telegram does not know TELEGRAM_BOT_TOKEN (or TELEGRAM_API_ROOT is no Bot API server). Copy it again from @BotFather.',
  },
  TELEGRAM_SECOND_POLLER: {
    state: 'down',
    sends: true,
    sentence:
      'Another program reads the messages of this bot. Stop it, or give each its own bot; until then nothing arrives here.',
  },
  TELEGRAM_WEBHOOK_ACTIVE: {
    state: 'down',
    sends: true,
    sentence:
      'Another program had the messages of this bot sent to itself (a webhook). Stop it, then start this one again.',
  },
  TELEGRAM_429: { state: 'down', sentence: 'Telegram asks us to slow down. It is tried again by itself.' },
  TELEGRAM_WEBHOOK_UNREACHABLE: {
    state: 'down',
    sends: true,
    sentence: 'Telegram could not deliver to TELEGRAM_WEBHOOK_URL lately. It must be reachable from outside, by https.',
  },
}

/** S21 */
const ALARMING_NAME =
  'The bot’s name tells whoever looks at the phone what it is for. Give it a harmless one at @BotFather (/setname).'

export type Health = ReturnType<typeof createHealth>

export function createHealth(log: Log) {
  let code = 'TELEGRAM_STARTING'
  let refused = 0
  let givesAway = false

  const of = (name: string): ChannelHealth =>
    SENTENCES[name] ?? {
      state: 'down',
      sentence: `Telegram answers with an error (${name}). It is tried again by itself.`,
    }

  return {
    /** `next` is the code of a failure, or one of `TELEGRAM_OFF`, `TELEGRAM_STARTING`, `TELEGRAM_UP`. */
    become(next: string) {
      if (next === code) return
      code = next
      const { state, sentence } = of(next)
      if (state === 'down') log.warn({ channel: 'telegram', code }, sentence)
      else log.info({ channel: 'telegram', code }, sentence)
    },
    up() {
      this.become(UP)
    },
    /** Whether our name gives away what we are for. */
    named(alarming: boolean) {
      if (alarming && !givesAway) log.warn({ channel: 'telegram', code: 'TELEGRAM_ALARMING_NAME' }, ALARMING_NAME)
      givesAway = alarming
    },
    /** How many updates the house has refused and not yet taken. */
    refusing(count: number) {
      if (count > 0 && refused === 0)
        log.warn(
          { channel: 'telegram', code: 'TELEGRAM_UPDATES_WAIT', count },
          'Messages wait; they are offered again.',
        )
      if (count === 0 && refused > 0)
        log.info({ channel: 'telegram', code: 'TELEGRAM_UPDATES_TAKEN' }, 'All waiting messages were taken.')
      refused = count
    },
    current(): ChannelHealth {
      if (code === UP && givesAway) return { state: 'up', sentence: `Telegram is connected. ${ALARMING_NAME}` }
      if (code !== UP || refused === 0) return of(code)
      return {
        state: 'up',
        sentence: `Telegram is connected, but ${refused} messages could not be stored yet; they wait.`,
      }
    },
  }
}
