import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastMonthBefore } from './calendar.js'
import { simulate, WHOLE } from './simulate.js'

const small = process.argv.includes('--small')
const start = performance.now()
const play = await simulate({
  ...(small ? { people: 6, sessions: 2, months: 2 } : WHOLE),
  seed: 7,
  last: lastMonthBefore(new Date()),
  ground: { dataDir: mkdtempSync(join(tmpdir(), 'demo-')) },
  tell: (l) => console.log(((performance.now() - start) / 1000).toFixed(1), l),
})
console.log(play.notes.entries.length, play.stage.warnings)
await play.stage.close()
