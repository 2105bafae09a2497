/** `npm run rahnamo -- talk`: the bot in the terminal, on a house of its own that is forgotten at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTerminalChannel } from '../../adapters/terminal/channel.js'
import { readConfig } from '../config.js'
import { openHouse } from '../house.js'
import { createLog } from '../log.js'
import type { Language } from '../text/languages.js'

/** Ends when the terminal's input does (Ctrl+D), or with Ctrl+C. */
export async function talk(language: Language): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-talk-'))
  const log = createLog({ write: () => undefined })
  const { stdin: input, stdout: output } = process
  const house = await openHouse({
    config: readConfig({ DATA_DIR: dataDir }),
    log,
    channels: ({ texts }) => [createTerminalChannel({ input, output, log, words: texts, language })],
  })
  const over = new Promise<void>((resolve) => {
    input.once('end', resolve)
    process.once('SIGINT', () => resolve())
  })
  try {
    await house.conversation.start()
    for (const channel of house.channels) await channel.start(house.conversation.ports)
    await over
  } finally {
    await house.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
