/** Databases that are older, newer, edited or half done; and two processes that start at once. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { MIGRATIONS_FOLDER, openStore } from '../../bot/store/store.js'
import { type Database, embeddedDatabase, emptyServedDatabase, KEY, SERVED, servedDatabase } from './databases.js'

describe.each([
  ['embedded', true, embeddedDatabase],
  ['PostgreSQL', SERVED, servedDatabase],
] as const)('a start on a database (%s)', (_, there, make) => {
  const story = there ? it : it.skip
  let database: Database
  afterEach(() => database.drop())

  story('that is up to date changes nothing', async () => {
    database = await make()
    const rows = () => database.store.sql('select * from _prisma_migrations order by migration_name')
    const before = await rows()
    await database.reopen()
    expect(await rows()).toEqual(before)
    expect(before.length).toBeGreaterThan(1)
  })

  story.each([
    [
      'whose migration was edited since',
      `update _prisma_migrations set checksum = 'x' where migration_name like '%first'`,
      'MIGRATION_EDITED',
    ],
    [
      'that a newer Rahnamo made',
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('1', 'x', '29991231000000_later', now())`,
      'DATABASE_NEWER',
    ],
    [
      'whose migration broke off in the middle',
      `update _prisma_migrations set finished_at = null where migration_name like '%first'`,
      'MIGRATION_BROKEN',
    ],
  ])('%s stops with a sentence, and leaves it as it is', async (_, damage, code) => {
    database = await make()
    await database.store.sql(damage)
    await expect(database.reopen()).rejects.toMatchObject({ name: 'SetupError', code })
    await expect(database.reopen()).rejects.toMatchObject({ code })
  })
})

describe('a migration that PostgreSQL refuses', () => {
  it('stops the start with what was said, leaves nothing of itself, and may be tried again', async () => {
    const database = await embeddedDatabase()
    const folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    const script = join(folder, '20991231000000_more/migration.sql')
    const start = () => openStore({ dataDir: database.dataDir, key: KEY, migrations: folder })
    try {
      cpSync(MIGRATIONS_FOLDER, folder, { recursive: true })
      mkdirSync(join(folder, '20991231000000_more'))
      await database.store.close()
      writeFileSync(script, 'create table half (n int);\nselect * from nowhere;')
      await expect(start()).rejects.toMatchObject({
        code: 'MIGRATION_FAILED',
        message: expect.stringContaining('relation "nowhere" does not exist'),
      })
      writeFileSync(script, 'create table half (n int);')
      await (await start()).close()
    } finally {
      rmSync(folder, { recursive: true })
      await database.drop().catch(() => undefined)
    }
  })
})

describe.each([
  ['embedded', true, embeddedDatabase],
  ['PostgreSQL', SERVED, servedDatabase],
] as const)('a first start that was cut off (%s)', (_, there, make) => {
  const story = there ? it : it.skip
  story('begins again', async () => {
    const database = await make()
    try {
      // Killed between the engine's note that it begins and its script.
      await database.store.sql('drop schema public cascade')
      await database.store.sql('create schema public')
      await database.store.sql(`create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null,
        finished_at timestamptz, migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
        started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`)
      await database.store.sql(
        `insert into _prisma_migrations (id, checksum, migration_name) values ('1', 'x', '20261123034628_first')`,
      )
      const store = await database.reopen()
      expect(await store.db.person.count()).toBe(0)
    } finally {
      await database.drop()
    }
  })
})

describe.skipIf(!SERVED)('several processes that start at once on an empty PostgreSQL database', () => {
  it('wait for each other: one migrates, all go on', async () => {
    const { url, drop } = await emptyServedDatabase()
    const stores = await Promise.all(
      [1, 2, 3].map(() => openStore({ dataDir: '/nowhere', databaseUrl: url, key: KEY })),
    )
    try {
      const [row] =
        (await stores[0]?.sql<{ n: number }>(
          'select count(*)::int as n from _prisma_migrations where finished_at is not null',
        )) ?? []
      expect(row?.n).toBeGreaterThan(1)
    } finally {
      await Promise.all(stores.map((store) => store.close()))
      await drop()
    }
  })
})
