/** `npm run rahnamo -- …`: what an administrator does from the terminal. */
import { resolve } from 'node:path'
import { readConfig } from '../config.js'
import { SetupError } from '../errors.js'
import { runKnowledgeCli } from '../knowledge/cli.js'
import { isLanguage } from '../text/languages.js'
import { restoreFrom } from './backup.js'
import { runCommand } from './commands.js'
import { endWith } from './end-with.js'
import { newKey } from './new-key.js'
import { stampTexts } from './stamp.js'
import { talk } from './talk.js'

const HELP = `
  npm run rahnamo -- invite consultant|supervisor|administrator|coordinator|trainer [--language ru]
                                       a one-time link to sign in to the desk, for somebody new
  npm run rahnamo -- invite consultant-1
                                       a new link for somebody who is here already
  npm run rahnamo -- undelivered       messages that never arrived, with the reason
  npm run rahnamo -- complaints        how many are open, and whether somebody may read them
  npm run rahnamo -- audit             whether what staff did is recorded without a gap
  npm run rahnamo -- new-key           another master key, when the old one may have been seen; with Rahnamo stopped
  npm run rahnamo -- retention [--dry-run]
                                       deletes what is over its time now, as the house does by itself, and counts it;
                                       with --dry-run it only counts what would go
  npm run rahnamo -- backup FILE       everything but the key, in one file that ends after 30 days (also while it runs)
  npm run rahnamo -- restore FILE [--erased erased.log]
                                       into an empty installation; whoever was erased since stays erased
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

/** npm changes to its own folder; a name is meant from where it was typed. */
const fileNamed = (name: string | undefined): string => {
  if (!name || name.startsWith('--'))
    throw new SetupError('FILE_NAME', 'Name the file: npm run rahnamo -- backup /media/stick/rahnamo.backup')
  return resolve(process.env.INIT_CWD ?? process.cwd(), name)
}

async function main([command, ...args]: string[]): Promise<void> {
  if (command === 'invite')
    return console.log(await runCommand('invite', { who: args[0] ?? '', language: option(args, 'language') ?? 'ru' }))
  if (command === 'undelivered' || command === 'complaints' || command === 'audit')
    return console.log(await runCommand(command, {}))
  if (command === 'new-key') return console.log(await newKey())
  if (command === 'retention')
    return console.log(await runCommand('retention', args.includes('--dry-run') ? { dryRun: 'yes' } : {}))
  if (command === 'backup') return console.log(await runCommand('backup', { path: fileNamed(args[0]) }))
  if (command === 'restore') {
    const eraseList = option(args, 'erased')
    const asked = { config: readConfig(process.env), path: fileNamed(args[0]), now: new Date() }
    return console.log(await restoreFrom({ ...asked, ...(eraseList ? { eraseList: fileNamed(eraseList) } : {}) }))
  }
  if (command === 'knowledge') return runKnowledgeCli(args)
  if (command === 'stamp') return console.log(stampTexts(args))
  if (command === 'talk') {
    const language = option(args, 'language')
    return talk(isLanguage(language) ? language : 'en')
  }
  console.log(HELP)
  if (command && command !== 'help') process.exitCode = 1
}

main(process.argv.slice(2)).catch(endWith)
