/** The audit ends too (S14), and what is left of it is as whole as before (S30). */
import { beforeEach, expect, it } from 'vitest'
import { audit, brokenLink, END_MISSING, endAudit } from '../../bot/desk/audit.js'
import { LIFETIMES } from '../../bot/store/lifetimes.js'
import type { Store } from '../../bot/store/store.js'
import { past, withDatabases } from '../store/databases.js'

const START = Date.parse('2026-11-20T12:00:00Z')
const OVER = LIFETIMES.audit.ms

withDatabases('audit', (open) => {
  let store: Store
  beforeEach(async () => {
    store = await open()
  })
  /** An act, so long after the first one. */
  const act = (object: string, after: number) =>
    store.transaction((tx) =>
      audit(tx, store.vault, { staffId: null, action: 'stranger', object, at: new Date(START + after) }),
    )
  const end = (after: number) => endAudit(store, new Date(START + after))
  const objects = async () => (await store.db.audit.findMany({ orderBy: { id: 'asc' } })).map(({ object }) => object)

  it('S14 keeps what is younger than two years, and takes away what is older', async () => {
    for (const [n, object] of ['a', 'b', 'c'].entries()) await act(object, n * 1000)
    expect(await end(OVER)).toBe(0)
    expect(await end(OVER + 1500)).toBe(2)
    expect(await end(OVER + 1500)).toBe(0)
    expect(await objects()).toEqual(['c'])
    expect(await brokenLink(store)).toBeUndefined()
  })

  it('goes on from where it ended, also when nothing was left', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    expect(await end(OVER + 1)).toBe(2)
    expect(await brokenLink(store)).toBeUndefined()
    await act('c', OVER)
    await act('d', OVER + 1)
    expect(await brokenLink(store)).toBeUndefined()
    await past(store, `delete from audit where object = 'c'`)
    expect(await brokenLink(store)).toBeDefined()
  })

  it('is broken for whoever takes its oldest rows away by hand, whatever they write beside it', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    const [first] = await store.db.audit.findMany({ orderBy: { id: 'asc' } })
    await past(store, `delete from audit where object = 'a'`)
    const begins = Buffer.from(first?.hash ?? []).toString('hex')
    await store.db.setting.create({ data: { name: 'audit.begins', value: `${begins} ${begins}` } })
    expect(await brokenLink(store)).toBeDefined()
  })

  it('stays as it is when it was changed: to shorten it would hide that', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    await past(store, `update audit set object = 'x' where object = 'a'`)
    expect(await end(OVER + 1)).toBe(0)
    expect(await objects()).toEqual(['x', 'b'])
  })

  it('S30 misses its newest row, or the newest of several, for good', async () => {
    for (const object of ['a', 'b', 'c', 'd']) await act(object, 0)
    await past(store, `delete from audit where object in ('c', 'd')`)
    expect(await brokenLink(store)).toBe(END_MISSING)
    await act('e', 1)
    const [after] = await store.db.audit.findMany({ where: { object: 'e' } })
    expect(await brokenLink(store), 'what comes later does not cover it').toBe(String(after?.id))
  })

  it('S30 misses all of them, also when its seal went with them or another was put there', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    const [first] = await store.db.audit.findMany({ orderBy: { id: 'asc' } })
    const hash = Buffer.from(first?.hash ?? []).toString('hex')
    await past(store, `delete from audit where object = 'b'`)
    await store.db.setting.update({ where: { name: 'audit.head' }, data: { value: `${hash} ${hash}` } })
    expect(await brokenLink(store)).toBe(END_MISSING)
    await past(store, 'delete from audit')
    await store.db.setting.deleteMany({ where: { name: { startsWith: 'audit.' } } })
    expect(await brokenLink(store)).toBe(END_MISSING)
    await act('c', 1)
    expect(await brokenLink(store), 'the next act makes no new seal').toBe(END_MISSING)
  })

  it('S30 is whole after its newest row was over its time', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    expect(await end(OVER + 1)).toBe(2)
    expect(await brokenLink(store)).toBeUndefined()
  })

  it('S30 is only added to: the database refuses to change a row or to take one away', async () => {
    await act('a', 0)
    for (const attempt of [
      `update audit set object = 'x'`,
      'delete from audit',
      'truncate audit',
      `update audit set object = 'x' where (select set_config('rahnamo.retention', 'on', true)) = 'on'`,
    ])
      await expect(store.sql(attempt), attempt).rejects.toThrow('Audit rows are only added.')
    expect(await objects()).toEqual(['a'])
    expect(await end(OVER + 1)).toBe(1)
    await act('b', OVER)
    await expect(store.sql('delete from audit'), 'the permission ends with its transaction').rejects.toThrow()
  })
})
