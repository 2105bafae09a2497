/** What whoever starts Rahnamo reads first: where to click. */
import { INVITATION_MINUTES, inviteFirst, signInLink } from '../console/invitations.js'
import type { WholeHouse } from '../house.js'

export async function announce(house: WholeHouse): Promise<void> {
  const { config, store, clock, channels } = house
  const address = house.app.server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const here =
    config.publicUrl.endsWith(`:${config.port}`) && config.port !== port ? `http://localhost:${port}` : config.publicUrl
  const token = await inviteFirst(store, { language: 'ru', now: clock() })
  const telegram = channels.find(({ name }) => name === 'telegram')
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
      '',
    ].join('\n'),
  )
}
