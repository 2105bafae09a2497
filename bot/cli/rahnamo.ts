/** `npm run rahnamo -- …`: what an administrator does from the terminal. */
import { type Config, readConfig } from '../config.js'
import { INVITATION_MINUTES } from '../console/invitations.js'
import { FlowError, SetupError } from '../errors.js'
import { runKnowledgeCli } from '../knowledge/cli.js'
import { masterKey } from '../store/keys.js'
import { openStore } from '../store/store.js'
import { isLanguage } from '../text/languages.js'
import { askControl } from './control.js'
import { inviteStaff } from './invite.js'
import { stampTexts } from './stamp.js'
import { talk } from './talk.js'

const HELP = `
  npm run rahnamo -- invite consultant|supervisor|administrator [--language ru]
                                       a one-time link to sign in to the desk, for somebody new
  npm run rahnamo -- invite consultant-1
                                       a new link for somebody who is here already
  npm run rahnamo -- knowledge search "…" [--country RU] [--language ru] [--json]
                                       what the bot would answer
  npm run rahnamo -- talk              talk with the bot here, in the terminal
  npm run rahnamo -- stamp ky hotline:notice menu
                                       these translations were compared with today's English texts
`

const option = (args: string[], name: string): string | undefined => {
  const at = args.indexOf(`--${name}`)
  return at >= 0 ? args[at + 1] : undefined
}

async function inviteSomebody([who = '', ...rest]: string[]): Promise<void> {
  const language = option(rest, 'language') ?? 'ru'
  const config = readConfig(process.env)
  const link =
    (await askControl(config.dataDir, 'invite', { who, language })) ?? (await inviteHere(config, { who, language }))
  console.log(`${link}\nIt opens once, within ${INVITATION_MINUTES} minutes.`)
}

/** With nothing running, the database is ours. */
async function inviteHere(config: Config, args: Record<string, string>): Promise<string> {
  const key = masterKey({ fromEnvironment: config.key, folder: config.dataDir })
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, key })
  try {
    return await inviteStaff({ store, config, clock: () => new Date() }, args)
  } finally {
    await store.close()
  }
}

async function main([command, ...args]: string[]): Promise<void> {
  if (command === 'invite') return inviteSomebody(args)
  if (command === 'knowledge') return runKnowledgeCli(args)
  if (command === 'stamp') return console.log(stampTexts(args))
  if (command === 'talk') {
    const language = option(args, 'language')
    return talk(isLanguage(language) ? language : 'en')
  }
  console.log(HELP)
  if (command && command !== 'help') process.exitCode = 1
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const told = error instanceof SetupError || error instanceof FlowError
  process.stderr.write(`${told ? `${error.message} [${error.code}]` : ((error as Error).stack ?? String(error))}\n`)
  process.exit(1)
})
