/** What an administrator asks of the house: answered by the process that runs, or here when none does. */
import { type Config, readConfig } from '../config.js'
import { INVITATION_MINUTES } from '../console/invitations.js'
import { deadLetters } from '../conversation/dead-letters.js'
import type { Clock } from '../conversation/house.js'
import { brokenLink, END_MISSING } from '../desk/audit.js'
import { countComplaints } from '../desk/house/handlers.js'
import { retention } from '../people/retention.js'
import { createFileStore } from '../store/files.js'
import { masterKeys } from '../store/keys.js'
import { openStore, type Store } from '../store/store.js'
import { backupTo } from './backup.js'
import { askControl, type Command } from './control.js'
import { inviteStaff } from './invite.js'

/** For whoever installs: only they can change it. */
export const unheardWords = (count: number): string =>
  `Complaints that nobody may read: ${count}. Everybody who could handle them works in the team or centre they are about. Invite somebody from outside: npm run rahnamo -- invite administrator`

export type CommandHouse = { store: Store; config: Config; clock: Clock }

/** By name, each with its arguments; what it returns is printed. */
export const commandsOf = (house: CommandHouse) =>
  ({
    async invite(args: Record<string, string>) {
      return `${await inviteStaff(house, args)}\nIt opens once, within ${INVITATION_MINUTES} minutes.`
    },
    async undelivered() {
      const lines = (await deadLetters(house.store)).map(({ at, channel, author, caseCode, error }) =>
        [at.toISOString(), channel, author, caseCode ?? 'no case', error].join('  '),
      )
      return lines.join('\n') || 'Every message was delivered, or still waits for its turn.'
    },
    async complaints() {
      const { open, unheard } = await countComplaints(house.store.db)
      if (open === 0) return 'No complaint is open.'
      const lines = [`Open complaints: ${open}. They are read at the desk, under "Complaints".`]
      return [...lines, ...(unheard > 0 ? [unheardWords(unheard)] : [])].join('\n')
    },
    async audit() {
      const broken = await brokenLink(house.store)
      if (broken === END_MISSING)
        return 'The audit is broken at its end: its newest rows, or their seal, were taken away.'
      return broken === undefined
        ? 'The audit is whole: no row was changed or taken away.'
        : `The audit is broken at row ${broken}: this row, or one before it, was changed or taken away.`
    },
    async retention({ dryRun }: Record<string, string>) {
      return retention(house.store, createFileStore(house.config.dataDir), house.clock(), { dryRun: dryRun === 'yes' })
    },
    async backup({ path = '' }: Record<string, string>) {
      return backupTo(house, path)
    },
    /** Answered at all only by a process that runs. */
    async running() {
      return 'yes'
    },
  }) satisfies Record<string, Command>

type CommandName = keyof ReturnType<typeof commandsOf>

/** @throws SetupError that names the remedy */
export async function runCommand(name: CommandName, args: Record<string, string>): Promise<string> {
  const config = readConfig(process.env)
  return (await askControl(config.dataDir, name, args)) ?? (await answerHere(config, name, args))
}

/** With nothing running, the database is ours. */
async function answerHere(config: Config, name: CommandName, args: Record<string, string>): Promise<string> {
  const keys = masterKeys(config)
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, ...keys })
  try {
    return await commandsOf({ store, config, clock: () => new Date() })[name](args)
  } finally {
    await store.close()
  }
}
