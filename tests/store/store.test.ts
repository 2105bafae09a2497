import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openStore, sqlOf } from '../../bot/store/store.js'
import { isDuplicate, isLostRace, isTrouble } from '../../bot/store/trouble.js'
import { embeddedDatabase, embeddedFolder, KEY, SERVED, servedDatabase, withDatabases } from './databases.js'

describe('the embedded folder', () => {
  it('is durable: each commit is one sync of the disk', async () => {
    const dataDir = await embeddedFolder()
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

  it('is held by one process until it is closed', async () => {
    const { store, dataDir, reopen, drop } = await embeddedDatabase()
    await expect(openStore({ dataDir, key: KEY })).rejects.toMatchObject({ code: 'FOLDER_IN_USE' })
    await store.close()
    await reopen()
    await drop()
  })
})

withDatabases(
  'the store',
  (open) => {
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

    it('tells when the commit itself failed', async () => {
      const store = await open()
      await store.sql('create table if not exists once (n int unique deferrable initially deferred)')
      const twice = store.transaction(async (tx) => {
        await tx.$executeRawUnsafe('insert into once values (1)')
        await tx.$executeRawUnsafe('insert into once values (1)')
      })
      await expect(twice).rejects.toThrow()
      expect(await store.sql('select * from once')).toEqual([])
      await store.transaction((tx) => tx.$executeRawUnsafe('insert into once values (2)'))
      expect(await store.sql('select * from once')).toEqual([{ n: 2 }])
      await store.sql('drop table once')
    })

    it('runs work again that lost a race, and gives up when it loses for ever', async () => {
      const store = await open()
      const losing = (times: number, state: string) => {
        let tries = 0
        return store.transaction(async (tx) => {
          tries++
          if (tries <= times) await sqlOf(tx)(`do $$ begin raise exception sqlstate '${state}'; end $$`)
          return tries
        })
      }
      expect(await losing(2, '40001')).toBe(3)
      expect(await losing(2, '40P01')).toBe(3)
      await expect(losing(9, '40001')).rejects.toThrow()
    })

    it('knows a duplicate, a lost race and a database in trouble, raw and through Prisma', async () => {
      const store = await open()
      const ways: ((text: string) => Promise<unknown>)[] = [
        (text) => store.sql(text),
        (text) => store.transaction((tx) => sqlOf(tx)(text)),
      ]
      const raise = (state: string) => `do $$ begin raise exception sqlstate '${state}'; end $$`
      const verdict = async (state: string, way: (text: string) => Promise<unknown>) => {
        const error = await way(raise(state)).catch((thrown: unknown) => thrown)
        return { duplicate: isDuplicate(error), race: isLostRace(error), trouble: isTrouble(error) }
      }
      for (const way of ways) {
        expect(await verdict('23505', way)).toEqual({ duplicate: true, race: false, trouble: false })
        expect(await verdict('40001', way)).toEqual({ duplicate: false, race: true, trouble: true })
        expect(await verdict('53100', way)).toEqual({ duplicate: false, race: false, trouble: true })
        expect(await verdict('42P01', way)).toEqual({ duplicate: false, race: false, trouble: false })
      }
    })

    it('writes and reads the same moment, raw and through Prisma', async () => {
      const store = await open()
      const at = new Date('2026-11-23T05:06:07.089Z')
      const raw = 'insert into receipt (channel, update_key, at) values ($1, $2, $3)'
      await store.sql(raw, ['web', 'raw', at])
      await store.transaction((tx) => sqlOf(tx)(raw, ['web', 'raw in a transaction', at]))
      await store.db.receipt.create({ data: { channel: 'web', updateKey: 'prisma', at } })
      const rows = await store.sql<{ at: Date }>('select at from receipt')
      const inside = await store.transaction((tx) => sqlOf(tx)<{ at: Date }>('select at from receipt'))
      const read = [...rows, ...inside, ...(await store.db.receipt.findMany())].map((row) => row.at.toISOString())
      expect(read).toHaveLength(9)
      expect(new Set(read)).toEqual(new Set([at.toISOString()]))
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
  },
  { isAboutIt: true },
)

describe.skipIf(!SERVED)('a server that lives in another time zone', () => {
  it('moves no times', async () => {
    const database = await servedDatabase()
    try {
      const name = new URL(database.url).pathname.slice(1)
      await database.store.sql(`alter database ${name} set timezone to 'Asia/Almaty'`)
      const store = await database.reopen()
      const at = new Date('2026-11-23T05:06:07.089Z')
      await store.db.receipt.create({ data: { channel: 'web', updateKey: 'k', at } })
      expect(await store.sql('select at from receipt')).toEqual([{ at }])
      expect((await store.db.receipt.findMany())[0]?.at).toEqual(at)
    } finally {
      await database.drop()
    }
  })
})
