import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { account } from './accountant/accountant.js'
import { lastMonthBefore } from './calendar.js'
import { compare, summary } from './pages/compare.js'
import { simulate, WHOLE } from './simulate.js'

const small = process.argv.includes('--small')
const start = performance.now()
const play = await simulate({
  ...(small ? { people: 6, sessions: 2, months: 2 } : WHOLE),
  seed: Number(process.env.SEED ?? 7),
  last: lastMonthBefore(new Date()),
  ground: { dataDir: mkdtempSync(join(tmpdir(), 'demo-')) },
  listen: (e) =>
    appendFileSync(
      '/tmp/demo-transcript.txt',
      `${e.at.toISOString()} ${e.who} ${e.did} (${e.where}): ${e.text.replaceAll('\n', ' / ')} ${e.about ? JSON.stringify(e.about) : ''}\n`,
    ),
  tell: (l) => console.log(((performance.now() - start) / 1000).toFixed(1), l),
})
console.log(play.notes.entries.length, play.stage.warnings)
const books = account(play.notes.entries, new Map(play.cast.map((m) => [m.name, m.language])), play.stage.now())
for (const l of summary(books)) console.log(l)
const ledger = await compare(play, books)
for (const [a, b] of ledger.areas) console.log(a, b.compared, b.differences.length)
console.log(ledger.differences.slice(0, 40).join('\n'))
await play.stage.close()
