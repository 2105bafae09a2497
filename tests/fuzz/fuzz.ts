/**
 * `npm run fuzz -- [channel|all] [count] [seed]`: throws that many generated updates at each channel of the whole house, by turns through
 * each of its ways in, and looks now and then whether all still holds. On the PostgreSQL server that tests use, where one answers.
 * What is found is told with the seed and with the wave of updates in which it came; a way in may be named instead of a channel.
 */
import { randomInt } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { CHANNELS, WAYS, type Way } from './ground.js'
import { Fault, growthOf, type Report, run } from './run.js'
import { SERVER } from './world.js'

const COUNT = 2000
const LOOKS = 40
const EVERY_LEAST = 250
const LINES_SHOWN = 12

const [what = 'all', count = COUNT, seed = randomInt(2 ** 31)] = process.argv.slice(2)
const ways = WAYS.filter((way) => what === 'all' || way === what || way.split('-')[0] === what)
if (ways.length === 0) {
  console.error(`There is no channel "${what}". Choose of: all, ${CHANNELS.join(', ')}, or one of: ${WAYS.join(', ')}.`)
  process.exit(2)
}

const served = await (async () => {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
})()

function tell(way: Way, { thrown, perSecond, classes, heapMegabytes: heaps, rows, logged }: Report): void {
  const shares = Object.entries(classes).map(([name, much]) => `${much.toLocaleString('en')} ${name}`)
  console.log(
    `${way}: ${thrown.toLocaleString('en')} updates (${shares.join(', ')}), ${perSecond.toFixed(0)} a second; all holds`,
  )
  const growth = heaps.length >= 4 ? `, last quarter ${growthOf(heaps).toFixed(2)} × the second` : ''
  console.log(
    `  heap ${heaps.at(-1)?.toFixed(0)} MB${growth}; resident ${(process.memoryUsage().rss / 1_048_576).toFixed(0)} MB`,
  )
  console.log(
    `  rows at the end: ${Object.entries(rows)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ')}`,
  )
  tellLines(logged)
}

function tellLines(logged: Report['logged']): void {
  for (const [line, times] of logged.slice(0, LINES_SHOWN)) console.log(`  ${String(times).padStart(8)} × ${line}`)
}

console.log(
  `fuzz ${what}: ${count} updates for each channel, seed ${seed}, on ${served ? 'PostgreSQL' : 'the embedded database'}`,
)
for (const way of ways) {
  const siblings = ways.filter((other) => other.split('-')[0] === way.split('-')[0]).length
  const share = Math.ceil(Number(count) / siblings)
  const every = Math.max(EVERY_LEAST, Math.ceil(share / LOOKS))
  try {
    tell(
      way,
      await run({
        ways: [way],
        count: share,
        seed: Number(seed),
        every,
        served,
        tell: (line) => console.log(`  ${line}`),
      }),
    )
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const file = join(mkdtempSync(join(tmpdir(), 'rahnamo-fuzz-')), 'wave.json')
    writeFileSync(file, JSON.stringify(error.wave, undefined, 1))
    tellLines(error.logged)
    console.error(`${error.message}\n  The wave in which it came: ${file}`)
    process.exitCode = 1
  }
}
// What the stand-ins still hold open
process.exit()
