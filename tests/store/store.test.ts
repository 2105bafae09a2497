import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SetupError } from '../../bot/errors.js'
import { masterKey } from '../../bot/store/keys.js'
import { openStore } from '../../bot/store/store.js'
import { KEY, withDatabases } from './databases.js'

describe('the embedded folder', () => {
  it('is durable: each commit is one sync of the disk', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    let syncs = 0
    const store = await openStore({ dataDir, key: KEY, onSync: () => syncs++ })
    try {
      expect(await store.sql('show fsync')).toEqual([{ fsync: 'on' }])
      syncs = 0
      for (let n = 0; n < 10; n++)
        await store.sql(`insert into counter (day, name, n) values ('2026-11-23', $1, 1)`, [`c${n}`])
      expect(syncs).toBeGreaterThanOrEqual(10)
    } finally {
      await store.close()
      rmSync(dataDir, { recursive: true })
    }
  })

  it('is held by one process; a second start is told so, and a dead holder is forgotten', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    const store = await openStore({ dataDir, key: KEY })
    await expect(openStore({ dataDir, key: KEY })).rejects.toMatchObject({ code: 'FOLDER_IN_USE' })
    await store.close()
    const again = await openStore({ dataDir, key: KEY })
    await again.close()
    rmSync(dataDir, { recursive: true })
  })
})

describe('the master key', () => {
  it('is made at first start, for its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rahnamo-'))
    const key = masterKey({ folder })
    expect(key).toHaveLength(32)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
    expect(masterKey({ folder })).toEqual(key)
    rmSync(folder, { recursive: true })
  })

  it.each([
    ['too short', Buffer.alloc(16, 1).toString('base64'), 'KEY_LENGTH'],
    ['a pattern', Buffer.alloc(32, 1).toString('base64'), 'KEY_WEAK'],
  ])('that is %s stops the start', (_, fromEnvironment, code) => {
    expect(() => masterKey({ fromEnvironment, folder: '/nowhere' })).toThrow(expect.objectContaining({ code }))
    expect(() => masterKey({ fromEnvironment, folder: '/nowhere' })).toThrow(SetupError)
  })
})

withDatabases('the store', (open) => {
  it('commits a transaction whole or not at all', async () => {
    const store = await open()
    const add = (name: string) => ({ data: { day: new Date('2026-11-23'), name, n: 1 } })
    await store.transaction((tx) => tx.counter.create(add('kept')))
    await expect(
      store.transaction(async (tx) => {
        await tx.counter.create(add('lost'))
        throw new Error('in the middle')
      }),
    ).rejects.toThrow('in the middle')
    expect((await store.db.counter.findMany()).map(({ name }) => name)).toEqual(['kept'])
  })

  it('starts again without migrating twice', async () => {
    const store = await open()
    const rows = await store.sql<{ n: number }>('select count(*)::int as n from _prisma_migrations')
    expect(rows[0]?.n).toBeGreaterThan(0)
  })

  it('wakes those who listen', async () => {
    const store = await open()
    const heard: string[] = []
    const stop = store.signals.on('case', (id) => heard.push(id))
    store.signals.emit('case', 'k1')
    stop()
    store.signals.emit('case', 'k2')
    expect(heard).toEqual(['k1'])
  })
})
