/**
 * What is said and asked in a terminal; the only room that prints. Whatever it does is done by the other rooms.
 *
 * What whoever starts Rahnamo reads first: where to click.
 */
import { INVITATION_MINUTES, inviteFirst, signInLink } from '../console/invitations.js'
import type { Channel } from '../conversation/channel.js'
import { NUMBERS_STALE_AFTER_DAYS, staleNumbers } from '../danger/numbers.js'
import { countComplaints } from '../desk/house/handlers.js'
import type { WholeHouse } from '../house.js'
import { unheardWords } from './commands.js'

const LOOK_EVERY_MS = 50
const LOOKS = 40

/** Waits a moment for the channels, so that what is printed is how they are; one that is away is not waited for. */
async function connected(channels: readonly Channel[]): Promise<void> {
  for (let look = 0; look < LOOKS && channels.some((channel) => channel.health().state === 'starting'); look++)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
}

/** Numbers that people in danger are told must be called by one of us from time to time (S38). */
function unchecked(now: Date): string[] {
  const stale = staleNumbers(now).length
  return stale === 0
    ? []
    : [
        '',
        `  ${stale} of the emergency numbers were not called by anybody in the last ${NUMBERS_STALE_AFTER_DAYS} days.`,
        '  Call them, and write the day into prisma/seed/emergency-numbers.yaml (checkedAt).',
      ]
}

export async function announce(house: WholeHouse): Promise<void> {
  const { config, store, clock, channels } = house
  const address = house.app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const here =
    config.publicUrl.endsWith(`:${config.port}`) && config.port !== port ? `http://localhost:${port}` : config.publicUrl
  const token = await inviteFirst(store, { language: 'ru', now: clock() })
  const { unheard } = await countComplaints(store.db)
  await connected(channels)
  const telegram = channels.find(({ name }) => name === 'telegram')
  const slack = channels.find(({ name }) => name === 'slack')
  console.log(
    [
      '',
      'Rahnamo is running.',
      '',
      `  Talk as a client      ${here}/chat`,
      token
        ? `  Sign in to the desk   ${signInLink(here, token)}   (once, within ${INVITATION_MINUTES} minutes)`
        : `  The desk              ${here}/desk   (a new sign-in link: npm run rahnamo -- invite consultant)`,
      telegram
        ? `  Telegram              ${telegram.health().sentence}`
        : `  Connect Telegram      ${here}/   (three steps: a bot from @BotFather, TELEGRAM_BOT_TOKEN, start again)`,
      ...(slack ? [`  Slack                 ${slack.health().sentence}`] : []),
      ...unchecked(clock()),
      ...(unheard > 0 ? ['', `  ${unheardWords(unheard)}`] : []),
      '',
    ].join('\n'),
  )
}
