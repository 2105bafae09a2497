/** A backup and its restore: nothing readable in it, whoever was erased stays erased (S17, S18), all or nothing. */
// Long: one made backup serves all the ways in which it may be refused.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { backupTo, restoreFrom } from '../../bot/cli/backup.js'
import { commandsOf } from '../../bot/cli/commands.js'
import { askControl, serveControl } from '../../bot/cli/control.js'
import { type Config, readConfig } from '../../bot/config.js'
import { brokenLink } from '../../bot/desk/audit.js'
import { claim } from '../../bot/desk/claiming.js'
import { reply } from '../../bot/desk/replies.js'
import { loadBackup } from '../../bot/store/backup/restore.js'
import { makeBackup } from '../../bot/store/backup/write.js'
import { createFileStore } from '../../bot/store/files.js'
import { openStore, type Store } from '../../bot/store/store.js'
import { atAsk, inHouses, rowsOf } from '../conversation/stories.js'
import type { TestHouse } from '../house.js'
import { shapesOf } from '../people/everything.js'
import { embeddedFolder, emptyServedDatabase, KEY, withDatabases } from './databases.js'

// Each story opens several databases, and a busy machine takes seconds for one.
vi.setConfig({ testTimeout: 90_000 })

const DAY = 24 * 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'rahnamo-backup-'))
const drops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of drops) await drop()
  rmSync(folder, { recursive: true, force: true })
})

let number = 0
const fresh = (ending: string) => join(folder, `${++number}.${ending}`)
const configOf = (dataDir: string, url?: string, key: Buffer = KEY): Config =>
  readConfig({
    DATA_DIR: dataDir,
    RAHNAMO_KEY: key.toString('base64'),
    ...(url ? { DATABASE_URL: url } : {}),
  })

/** An installation with nobody in it. */
async function emptyPlace(kind: 'embedded' | 'PostgreSQL'): Promise<Config> {
  if (kind === 'embedded') {
    const dataDir = await embeddedFolder()
    drops.push(async () => rmSync(dataDir, { recursive: true, force: true }))
    return configOf(dataDir)
  }
  const { url, drop } = await emptyServedDatabase()
  drops.push(drop)
  return configOf(fresh('data'), url)
}

/** Looks into what was restored. */
async function within<T>(config: Config, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, key: KEY })
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

const backup = async (house: TestHouse): Promise<string> => {
  const path = fresh('backup')
  await backupTo({ store: house.store, config: house.config, clock: house.fake.now }, path)
  return path
}

/** The rows of every table, without those that a restore ends on purpose. */
async function rowsByTable(store: Pick<Store, 'sql'>): Promise<Record<string, string[]>> {
  const tables = await store.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name not in ('_prisma_migrations', 'session', 'invitation', 'pairing') order by 1`,
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await store.sql<{ row: string }>(`select t::text as row from "${name}" t order by 1`)
    found[name] = rows.map(({ row }) => row)
  }
  return found
}

inHouses('backup', (house, kind) => {
  const say = (key: string) => house().mind.words.say('ru', key)

  /** Somebody who wrote this word, with a photo, and was answered by a consultant. */
  async function known(word: string) {
    const somebody = await atAsk(house())
    await somebody.writes('/human')
    await somebody.writes(`${word} вопрос`)
    await somebody.does({
      kind: 'files',
      files: [{ kind: 'photo', mime: 'image/jpeg', bytes: 10, name: `${word}.jpg`, ref: word }],
    })
    const { conversation, person } = await rowsOf(house(), somebody.address)
    const found = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    const staff = await house().store.db.staff.create({
      data: { alias: `consultant-${crypto.randomUUID().slice(0, 8)}` },
    })
    await claim(house(), found.code, staff)
    await reply(house(), found.code, staff, { text: `${word} ответ`, requestId: crypto.randomUUID() })
    await somebody.settle()
    return { somebody, id: person.id, key: Buffer.from(person.wrappedKey ?? []) }
  }

  const erase = async ({ somebody }: Awaited<ReturnType<typeof known>>) => {
    await somebody.writes('/erase')
    await somebody.presses(say('common:yes'))
    house().fake.forward(1000)
  }

  it('brings everything back as it was, on the other database too', async () => {
    await known('обычная')
    const path = await backup(house())
    const before = await rowsByTable(house().store)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const kinds = kind === 'PostgreSQL' ? (['PostgreSQL', 'embedded'] as const) : (['embedded'] as const)
    for (const target of kinds) {
      const config = await emptyPlace(target)
      expect(await restoreFrom({ config, path, now: house().fake.now() })).toMatch(/No erased\.log was found/)
      await within(config, async (store) => {
        expect(await rowsByTable(store)).toEqual(before)
        expect(await brokenLink(store)).toBeUndefined()
        const last = before.message?.length ?? 0
        const [next] = await store.sql<{ id: string }>(
          `select nextval(pg_get_serial_sequence('message', 'id'))::text as id`,
        )
        expect(Number(next?.id)).toBeGreaterThan(last + 1000)
      })
    }
  })

  it('S17 S18 does not bring back whoever was erased since, in a new folder with the list', async () => {
    const [gone, stays] = [await known('канарейкаодин'), await known('соседка')]
    const path = await backup(house())
    await erase(gone)
    const config = await emptyPlace(kind)
    cpSync(join(house().config.dataDir, 'erased.log'), fresh('log'))
    const eraseList = join(folder, `${number}.log`)
    expect(await restoreFrom({ config, path, now: house().fake.now(), eraseList })).toMatch(
      /^1 persons who were erased/m,
    )
    expect(readFileSync(join(config.dataDir, 'erased.log'), 'utf8')).toContain(gone.id)

    const files = createFileStore(config.dataDir)
    await within(config, async (store) => {
      const { db } = store
      expect(await db.person.count({ where: { id: gone.id } })).toBe(0)
      for (const owned of [db.address, db.conversation, db.case, db.file, db.consent] as {
        count: typeof db.file.count
      }[])
        expect(await owned.count({ where: { personId: gone.id } })).toBe(0)
      const all = Object.entries(await rowsByTable(store)).filter(([name]) => name !== 'erased')
      expect(JSON.stringify(all)).not.toContain(gone.id)
      expect(JSON.stringify(all)).not.toContain(gone.key.toString('hex'))
      expect(JSON.stringify(all)).toContain(stays.key.toString('hex'))

      const kept = await db.file.findMany({ where: { state: 'kept' } })
      expect((await files.list()).map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
      const drawer = store.vault.drawer(stays.id, stays.key)
      const mine = kept.filter(({ personId }) => personId === stays.id)
      expect(mine).toHaveLength(1)
      expect((await files.read(mine[0]?.id ?? '', drawer))?.length).toBeGreaterThan(0)
      const said = await db.message.findMany({ where: { conversation: { personId: stays.id }, direction: 'in' } })
      expect(said.some(({ body }) => body && drawer.openText('message.body', body).includes('соседка'))).toBe(true)
    })
    // Not in a dead row, a log of writes, or a file either: the key was never written.
    if (kind === 'embedded')
      for (const entry of readdirSync(config.dataDir, { recursive: true, withFileTypes: true }))
        if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(gone.key)).toBe(false)
  })

  it('keeps whoever was erased before the backup and came back since', async () => {
    const back = await known('вернулась')
    await erase(back)
    await back.somebody.writes('привет')
    const path = await backup(house())
    const config = await emptyPlace(kind)
    cpSync(join(house().config.dataDir, 'erased.log'), join(config.dataDir, 'erased.log'))
    expect(await restoreFrom({ config, path, now: house().fake.now() })).toMatch(/^0 persons/m)
    await within(config, async ({ db }) => expect(await db.person.count({ where: { id: back.id } })).toBe(1))
  })

  it('S18 S27 holds no word, no address and no master key that could be read', async () => {
    const { somebody } = await known('канарейкадва')
    const path = await backup(house())
    const bytes = Buffer.concat([readFileSync(path), gunzipSync(readFileSync(path))])
    for (const secret of ['канарейкадва', somebody.address])
      for (const shape of shapesOf(secret)) expect(bytes.includes(shape), secret).toBe(false)
    for (const shape of [KEY, KEY.toString('hex'), KEY.toString('base64').slice(0, -1)])
      expect(bytes.includes(shape)).toBe(false)
  })

  it('signs everybody out, and sends nothing that waited then', async () => {
    const { id } = await known('ждёт')
    const { store } = house()
    const staff = await store.db.staff.findFirstOrThrow()
    await store.db.session.create({
      data: { tokenHash: KEY, staffId: staff.id, browser: KEY, expiresAt: new Date('2100-01-01') },
    })
    const [said] = await store.sql<{ id: string }>(
      `update message set state = 'due' where id = (select m.id from message m join conversation c on c.id = m.conversation_id
         where c.person_id = $1::uuid and direction = 'out' limit 1) returning id::text as id`,
      [id],
    )
    const path = await backup(house())
    await store.sql(`update message set state = 'sent' where id = $1::bigint`, [said?.id])
    const config = await emptyPlace(kind)
    await restoreFrom({ config, path, now: house().fake.now() })
    await within(config, async ({ db }) => {
      expect(await db.session.count()).toBe(0)
      expect(await db.message.findUnique({ where: { id: BigInt(said?.id ?? 0) } })).toMatchObject({ state: 'dropped' })
      expect(await db.message.count({ where: { state: 'due' } })).toBe(0)
    })
  })

  it('is made by the house that runs, which no restore disturbs', async () => {
    const end = await serveControl(house().config.dataDir, commandsOf(house()))
    try {
      const path = fresh('backup')
      expect(await askControl(house().config.dataDir, 'backup', { path })).toMatch(
        /^Written: .* restored until 2026-12-20/,
      )
      const restore = restoreFrom({ config: house().config, path, now: house().fake.now() })
      await expect(restore).rejects.toMatchObject({ code: 'RESTORE_RUNNING' })
    } finally {
      await end()
    }
  })
})

withDatabases('a backup that is refused', (open) => {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const now = new Date('2026-11-20T12:00:00Z')

  it('leaves nothing when something fails in the middle', async () => {
    const store = await open()
    await store.db.person.create({ data: { wrappedKey: KEY } })
    const path = fresh('backup')
    await makeBackup({ store, dataDir, path, now, lifetimeMs: DAY })
    await expect(loadBackup({ store, dataDir, path, gone: [], settle: async () => undefined })).rejects.toMatchObject({
      code: 'RESTORE_NOT_EMPTY',
    })
    await store.sql('truncate person cascade')
    await store.db.setting.create({ data: { name: 'before', value: 'here' } })
    const settle = () => Promise.reject(new Error('in the middle'))
    await expect(loadBackup({ store, dataDir, path, gone: [], settle })).rejects.toThrow('in the middle')
    expect(await store.db.person.count()).toBe(0)
    expect(await store.db.setting.count({ where: { name: 'before' } })).toBe(1)
    await loadBackup({ store, dataDir, path, gone: [], settle: async () => undefined })
    expect(await store.db.person.count()).toBe(1)
    expect(await store.db.setting.count({ where: { name: 'before' } })).toBe(0)
  })

  it('sees one moment, whatever is written meanwhile', async () => {
    const store = await open()
    await store
      .atOneTime(async (sql) => {
        await sql('select count(*) from person')
        const writing = store.sql(`insert into setting (name, value) values ('later', 'x')`)
        await new Promise((resolve) => setTimeout(resolve, 100))
        expect(await sql(`select * from setting where name = 'later'`)).toEqual([])
        return { writing }
      })
      .then(({ writing }) => writing)
    expect(await store.db.setting.count({ where: { name: 'later' } })).toBe(1)
  })
})

describe('A backup', () => {
  const now = new Date('2026-11-20T12:00:00Z')
  let good: Buffer
  let config: Config

  beforeAll(async () => {
    config = await emptyPlace('embedded')
    const path = fresh('backup')
    await within(config, (store) => makeBackup({ store, dataDir: config.dataDir, path, now, lifetimeMs: 30 * DAY }))
    good = readFileSync(path)
  })

  /** Restores these bytes into a folder that nobody has made; it must stay so. */
  async function refusal(bytes: Buffer, options: { now?: Date; key?: Buffer } = {}): Promise<string> {
    const [path, dataDir] = [fresh('backup'), fresh('data')]
    writeFileSync(path, bytes)
    const asked = { config: configOf(dataDir, undefined, options.key), path, now: options.now ?? now }
    const error = await restoreFrom(asked).then(
      () => ({ code: 'NONE' }),
      (reason) => reason,
    )
    expect(existsSync(dataDir), 'something was written').toBe(false)
    return error.code
  }
  const edited = (change: (text: string) => string) =>
    gzipSync(Buffer.from(change(gunzipSync(good).toString('latin1')), 'latin1'))

  it('S17 is refused when it ended, also when somebody gave it more time', async () => {
    expect(await refusal(good, { now: new Date(now.getTime() + 30 * DAY) })).toBe('BACKUP_EXPIRED')
    expect(await refusal(edited((text) => text.replace('2026-12-20', '2099-12-20')))).toBe('BACKUP_DAMAGED')
  })

  it('is refused with another key, of another format, of a newer schema, or of one that was changed since', async () => {
    expect(await refusal(good, { key: Buffer.from(KEY).reverse() })).toBe('BACKUP_KEY')
    expect(await refusal(edited((text) => text.replace('"version":1', '"version":2')))).toBe('BACKUP_FORMAT')
    expect(await refusal(Buffer.from('a letter'))).toBe('BACKUP_FORMAT')
    expect(await refusal(gzipSync('a letter\n'))).toBe('BACKUP_FORMAT')
    const schema = /"schema":"\w+"/
    expect(await refusal(edited((text) => text.replace(schema, '"schema":"20991231000000_later"')))).toBe(
      'BACKUP_NEWER',
    )
    expect(await refusal(edited((text) => text.replace(schema, '"schema":"20261123054246_settings"')))).toBe(
      'BACKUP_OLDER',
    )
  })

  it('is refused when a byte of it is wrong, missing or added', async () => {
    const flipped = Buffer.from(good)
    flipped[Math.floor(good.length / 2)] = (flipped[Math.floor(good.length / 2)] ?? 0) ^ 1
    expect(await refusal(flipped)).toBe('BACKUP_DAMAGED')
    expect(await refusal(good.subarray(0, good.length - 100))).toBe('BACKUP_DAMAGED')
    expect(await refusal(Buffer.alloc(0))).toBe('BACKUP_DAMAGED')
    expect(await refusal(edited((text) => text.slice(0, text.lastIndexOf('\nE') + 1)))).toBe('BACKUP_DAMAGED')
    expect(await refusal(edited((text) => `${text}R{}\n`))).toBe('BACKUP_DAMAGED')
    // Somebody who has no key makes themselves an administrator.
    expect(await refusal(edited((text) => text.replace('\nT{"table":"staff"', '\nR{"n":1}$&')))).toBe('BACKUP_DAMAGED')
  })

  it('asks for the key before it makes one', async () => {
    const [path, dataDir] = [fresh('backup'), fresh('data')]
    writeFileSync(path, good)
    const restore = restoreFrom({ config: readConfig({ DATA_DIR: dataDir }), path, now })
    await expect(restore).rejects.toMatchObject({ code: 'KEY_MISSING' })
    expect(existsSync(dataDir)).toBe(false)
  })

  it('says that the disk is full, leaves nothing half written, and keeps the one from before', async (context) => {
    const tiny = fresh('disk')
    try {
      execFileSync('mkdir', [tiny])
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', tiny], { stdio: 'ignore' })
    } catch {
      return context.skip()
    }
    try {
      const path = join(tiny, 'b')
      await within(config, async (store) => {
        writeFileSync(path, 'the one from before')
        // Hashes do not get smaller
        await store.sql(
          `insert into setting select n, (select string_agg(md5(n || ' ' || k), '') from generate_series(1, 50) k) from generate_series(1, 200) n`,
        )
        const full = makeBackup({ store, dataDir: config.dataDir, path, now, lifetimeMs: DAY })
        await expect(full).rejects.toMatchObject({ code: 'DISK_FULL' })
      })
      expect(readdirSync(tiny)).toEqual(['b'])
      expect(readFileSync(path, 'utf8')).toBe('the one from before')
    } finally {
      execFileSync('umount', [tiny])
    }
  })
})
