/** `npm run rahnamo -- talk`: the bot in the terminal, on a house of its own that is forgotten at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../config.js'
import type { Channel } from '../conversation/channel.js'
import { openHouse } from '../house.js'
import { createLog } from '../log.js'

/** The channel is given by the command line's own composition, since only `main.ts` may know the adapters. */
export async function talk(channel: Channel, over: Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-talk-'))
  const silent = createLog({ write: () => undefined })
  const house = await openHouse({ config: readConfig({ DATA_DIR: dataDir }), log: silent, channels: () => [channel] })
  try {
    await house.conversation.start()
    await channel.start(house.conversation.ports)
    await over
  } finally {
    await house.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
