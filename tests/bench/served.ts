/** The whole house on a PostgreSQL database of its own, for as long as something is measured in it. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { readConfig } from '../../bot/config.js'
import { invite } from '../../bot/console/invitations.js'
import type { Clock } from '../../bot/conversation/house.js'
import { openHouse, type Site, type WholeHouse } from '../../bot/house.js'
import { openDesk } from '../desk-browser.js'

const SERVER = process.env.TEST_DATABASE_URL ?? 'postgresql://root@127.0.0.1:5432/postgres'

export const silent = { info: () => undefined, warn: () => undefined }

/** Opens another process's house on the same database. The caller closes it. */
type Another = () => Promise<WholeHouse>

type Measured = {
  channels?: (site: Site) => WholeHouse['channels']
  clock?: Clock
  work(house: WholeHouse, another: Another): Promise<void>
}

/** Says so, and measures nothing, where no server answers. */
export async function onServer(part: string, { channels = () => [], clock, work }: Measured): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
  } catch {
    return console.log(`${part}: no PostgreSQL server answers, so this was not measured`)
  }
  const name = `rahnamo_bench_${randomBytes(6).toString('hex')}`
  await client.query(`create database ${name}`)
  const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-bench-'))
  const config = readConfig({
    DATA_DIR: dataDir,
    DATABASE_URL: SERVER.replace(/\/[^/]*$/, `/${name}`),
    RAHNAMO_KEY: randomBytes(32).toString('base64'),
    PORT: '0',
  })
  const open = () => openHouse({ config, log: silent, channels, ...(clock ? { clock } : {}) })
  try {
    const house = await open()
    try {
      await work(house, open)
    } finally {
      await house.close()
    }
  } finally {
    await client.query(`drop database ${name} with (force)`)
    await client.end()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** A coordinator signed in at the pages of this house, over loopback. */
export async function coordinatorAt({ app, store, clock }: WholeHouse) {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
  return openDesk(url, await invite(store, { role: 'coordinator', language: 'en', now: clock() }))
}

/** The value that this share of them does not exceed. */
export const at = (share: number, list: number[]): number =>
  list.sort((one, other) => one - other)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0

export async function until(what: string, look: () => unknown): Promise<void> {
  for (let tries = 0; tries < 6000; tries++) {
    if (await look()) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`It never came: ${what}`)
}

/** How many statements go to the database while `work` runs, whoever sends them. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const { query } = pg.Client.prototype
  let count = 0
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    count++
    return Reflect.apply(query, this, given)
  } as typeof query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = query
  }
  return count
}

export const line = (label: string, ...cells: string[]): void =>
  console.log(`  ${label.padEnd(44)} ${cells.map((cell) => cell.padStart(14)).join(' ')}`)
export const goal = (met: boolean, what: string): string => (met ? 'goal met' : `goal of ${what} MISSED`)
export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`
export const whole = (value: number): string => Math.round(value).toLocaleString('en')
