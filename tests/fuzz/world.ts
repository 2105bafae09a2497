/** The whole house on a database of its own, with a centre, a colleague and a supervisor; time moves only when it is told to. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../../adapters/adapter.js'
import { SLACK_ANSWER_WITHIN_MS, SLACK_FORM_WITHIN_MS } from '../../adapters/slack/limits.js'
import { readConfig } from '../../bot/config.js'
import { ALWAYS } from '../../bot/desk/centres.js'
import { newPairing } from '../../bot/desk/pairing.js'
import { openHouse, type WholeHouse } from '../../bot/house.js'
import { freePort } from '../adapters/telegram/harness.js'
import type { FuzzClock, Ground } from './ground.js'
import { createWatchedLog } from './log.js'

/** The server that tests use. */
export const SERVER = process.env.TEST_DATABASE_URL ?? 'postgresql://root@127.0.0.1:5432/postgres'
/** The key of databases that tests copy. */
const KEY = 'MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY='
const BEGINNING = Date.UTC(2026, 10, 20, 12)
const SKILLS = ['social', 'lawyer', 'safeguarding', 'trafficking']
/** More cases at once than anybody can open here. */
const CAPACITY = 1_000_000

/** Who answers within these must be given them; all other waits pass twenty times as fast. */
const ANSWERING: number[] = [SLACK_ANSWER_WITHIN_MS, SLACK_FORM_WITHIN_MS]
const SHORTEN_BY = 20

export type World = Awaited<ReturnType<typeof openWorld>>

/** Only the house speaks here, and nobody's budget is what is tried. */
const freely = <T extends object>(channel: T): T =>
  Object.assign(channel, { budget: { perSecond: 1e6, perChatPerSecond: 1e6, perGroupPerMinute: 1e9 } })

async function servedDatabase() {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  const name = `rahnamo_fuzz_${randomBytes(6).toString('hex')}`
  await client.query(`create database ${name}`)
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return {
    url: url.href,
    async drop() {
      await client.query(`drop database ${name} with (force)`)
      await client.end()
    },
  }
}

/** `dataDir`: a folder with a migrated database; without one, a new one is made. `served`: on the PostgreSQL server that tests use. */
export async function openWorld(
  makeGrounds: ((clock: FuzzClock) => Promise<Ground>)[],
  from: { dataDir?: string; served?: boolean } = {},
) {
  let at = BEGINNING
  const clock: FuzzClock = {
    forward: (ms) => {
      at += ms
    },
    now: () => new Date(at),
    wait: (ms, signal) => systemClock.wait(ANSWERING.includes(ms) ? ms : ms / SHORTEN_BY, signal),
  }
  const { log, seen, faults } = createWatchedLog()
  const dataDir = from.dataDir ?? mkdtempSync(join(tmpdir(), 'rahnamo-fuzz-'))
  const served = from.served ? await servedDatabase() : undefined
  const grounds = await Promise.all(makeGrounds.map((make) => make(clock)))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const house = await openHouse({
    config: readConfig({
      DATA_DIR: dataDir,
      RAHNAMO_KEY: KEY,
      PORT: String(port),
      PUBLIC_URL: url,
      ...(served && { DATABASE_URL: served.url }),
    }),
    log,
    clock: clock.now,
    channels: (site) => grounds.map((ground) => freely(ground.channel(site, { log, clock, url }))),
  })
  /** Why the house refuses what is offered, by the update's own key, until it takes it. */
  const refused = new Map<string, string>()
  const { ports } = house.conversation
  const { receive } = ports
  ports.receive = async (incoming) => {
    const key = `${incoming.channel} ${incoming.updateKey}`
    try {
      await receive(incoming)
      refused.delete(key)
    } catch (error) {
      refused.set(key, `${incoming.event.kind} ${error instanceof Error ? error.stack : String(error)}`)
      throw error
    }
  }
  await house.app.listen({ port, host: '127.0.0.1' })
  for (const channel of house.channels) await channel.start(house.conversation.ports)
  for (const ground of grounds) await ground.begin(house, url)

  const { db } = house.store
  await db.centre.create({
    data: { id: 'moscow', country: 'RU', city: 'Moscow', timeZone: 'Europe/Moscow', languages: ['ru'], hours: ALWAYS },
  })
  const boss = await db.staff.create({
    data: { alias: 'supervisor-1', role: 'supervisor', language: 'en', createdAt: clock.now() },
  })
  const colleague = await db.staff.create({
    data: { alias: 'consultant-1', language: 'en', capacity: CAPACITY, skills: SKILLS, createdAt: clock.now() },
  })
  // Who only looks after the witness: what the colleague's stolen account does in the group is nothing of theirs
  await db.staff.create({
    data: { alias: 'consultant-2', language: 'en', capacity: CAPACITY, skills: SKILLS, createdAt: clock.now() },
  })
  const supervisor = { id: boss.id, alias: boss.alias, role: 'supervisor' } as const
  const pair = (ties: { centreId: string; need: null } | { staffId: string }) =>
    newPairing(house.store, supervisor, ties, clock.now())
  for (const ground of grounds) {
    ground.connectAccount?.(await pair({ staffId: colleague.id }))
    await ground.taken()
  }

  const world = {
    house,
    grounds,
    url,
    dataDir,
    seen,
    faults,
    refused,
    now: () => at,
    forward(ms: number) {
      at += ms
    },
    /** The groups take part again, where something that was thrown ended that. */
    async joinGroups() {
      for (const { name, connectGroup, taken } of grounds) {
        if (!connectGroup || (await db.group.count({ where: { state: 'open', channel: name } })) > 0) continue
        connectGroup(await pair({ centreId: 'moscow', need: null }))
        await taken()
      }
    },
    /** A chat takes three messages at once; the fourth waits for the clock to move. */
    async settle() {
      at += SECOND
      await settle(house)
    },
    async close() {
      await house.close()
      await Promise.all(grounds.map((ground) => ground.close()))
      await served?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await world.joinGroups()
  await world.settle()
  return world
}

/** A worker that has something to do for so long never rests. */
const SECOND = 1000
const REST_WITHIN_MS = 60_000

/** Lets every worker do what is due. */
async function settle(house: WholeHouse): Promise<void> {
  for (const [nth, worker] of house.conversation.workers.entries()) {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`The ${nth + 1}. worker never rests`)), REST_WITHIN_MS)
    })
    await Promise.race([worker.drain(), late]).finally(() => clearTimeout(timer))
  }
}
