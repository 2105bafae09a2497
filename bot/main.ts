/** Starts Rahnamo: the composition root, and the only file of `bot/` that knows the adapters. */
import { createTelegramChannel } from '../adapters/telegram/channel.js'
import { createWebChannel } from '../adapters/web/channel.js'
import { announce } from './cli/announce.js'
import { commandsOf } from './cli/commands.js'
import { serveControl } from './cli/control.js'
import { endWith } from './cli/end-with.js'
import { type Config, readConfig } from './config.js'
import type { Channel } from './conversation/channel.js'
import { isUrgentEvent } from './desk/danger-guard.js'
import { SetupError } from './errors.js'
import { openHouse, type Site, type WholeHouse } from './house.js'
import { createLog } from './log.js'
import { languageOf } from './people/language-of.js'
import { alwaysLeader, type Leadership, standForLeader } from './store/leader.js'
import { LANGUAGES } from './text/languages.js'

/** The commands that a messenger shows in its menu; their words are `common:commands.*`. */
const COMMANDS = ['menu', 'human', 'sos', 'case', 'centres', 'language', 'privacy', 'complaint', 'help'] as const

function channels({ config, log, texts, store }: Site): Channel[] {
  const web = createWebChannel({
    log,
    secret: Buffer.from(store.vault.hash('web visitor')),
    words: texts,
    publicUrl: config.publicUrl,
    languageOf: (address) => languageOf(store, 'web', address),
    urgent: isUrgentEvent,
  })
  if (!config.telegram) return [web]
  const telegram = createTelegramChannel({ ...config.telegram, log })
  telegram.setCommands(
    Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        COMMANDS.map((command) => ({ command, description: texts.say(language, `common:commands.${command}`) })),
      ]),
    ),
  )
  return [web, telegram]
}

/** Slack's library takes half a second to load: only who uses Slack waits for it. */
async function slackChannel({ slack }: Config, log: Site['log']): Promise<Channel[]> {
  if (!slack) return []
  const { createSlackChannel } = await import('../adapters/slack/channel.js')
  return [createSlackChannel({ ...slack, log })]
}

/** Of several processes on one database only one asks Telegram for updates; every one of them serves pages and sends. */
function startChannel({ config, conversation }: WholeHouse, channel: Channel): Leadership {
  const polls = channel.name === 'telegram' && !config.telegram?.webhookUrl
  const leader = polls && config.databaseUrl ? standForLeader(config.databaseUrl, 'telegram') : alwaysLeader()
  void leader.won.then(() => channel.start(conversation.ports))
  return leader
}

async function main(): Promise<void> {
  const log = createLog()
  const config = readConfig(process.env)
  const slack = await slackChannel(config, log)
  const house = await openHouse({ config, log, channels: (site) => [...channels(site), ...slack] })
  await house.app.listen({ port: house.config.port, host: house.config.host }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new SetupError(
      'PORT_TAKEN',
      `Port ${house.config.port} is taken. Stop what uses it, or start with another: PORT=3001 npm start`,
    )
  })
  await house.conversation.start()
  const leaders = house.channels.map((channel) => startChannel(house, channel))
  const closeControl = await serveControl(house.config.dataDir, commandsOf(house))
  // Before anybody is told that it runs: whoever reads that may end it at once.
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await Promise.all(leaders.map((leader) => leader.end()))
    await closeControl()
    await house.close()
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)

  await announce(house)
  // The first person who asks should not wait for the index.
  house.guide.search('')
}

main().catch(endWith)
