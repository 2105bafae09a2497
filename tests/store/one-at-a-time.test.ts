import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sqlOf } from '../../bot/store/store.js'
import { SERVED, servedDatabase } from './databases.js'

/** Questions that came to a connection while it still answered another. */
function watched(): string[] {
  const crossed: string[] = []
  const asked = pg.Client.prototype.query
  const busy = new WeakSet<pg.Client>()
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
    if (busy.has(this)) crossed.push(JSON.stringify(args[0]))
    busy.add(this)
    const answer: unknown = Reflect.apply(asked, this, args)
    if (answer instanceof Promise) return answer.finally(() => busy.delete(this))
    busy.delete(this)
    return answer
  } as never)
  return crossed
}

describe.skipIf(!SERVED)('a transaction on PostgreSQL', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('asks its connection one thing after another, also for several relations of a row', async () => {
    const { store, drop } = await servedDatabase()
    try {
      const { id } = await store.db.person.create({ data: {} })
      const crossed = watched()
      const found = await store.transaction(async (tx) => {
        const [person, rows] = await Promise.all([
          tx.person.findUniqueOrThrow({ where: { id }, include: { addresses: true, consents: true, cases: true } }),
          sqlOf(tx)<{ n: number }>('select 1 as n'),
        ])
        return [person.id, person.addresses, rows]
      })
      expect(found).toEqual([id, [], [{ n: 1 }]])
      expect(crossed).toEqual([])
    } finally {
      await drop()
    }
  })

  it('is over when one of them is refused, and the connection is good for the next', async () => {
    const { store, drop } = await servedDatabase()
    try {
      const refused = store.transaction((tx) => Promise.all([sqlOf(tx)('select 1/0'), sqlOf(tx)('select 1 as n')]))
      await expect(refused).rejects.toThrow('division by zero')
      expect(await store.transaction((tx) => sqlOf(tx)('select 1 as n'))).toEqual([{ n: 1 }])
    } finally {
      await drop()
    }
  })
})
