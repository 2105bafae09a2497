/** The audit ends too (S14), and what is left of it is as whole as before (S30). */
import { beforeEach, expect, it } from 'vitest'
import { audit, brokenLink, endAudit } from '../../bot/desk/audit.js'
import { LIFETIMES } from '../../bot/store/lifetimes.js'
import type { Store } from '../../bot/store/store.js'
import { withDatabases } from '../store/databases.js'

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
    await store.sql(`delete from audit where object = 'c'`)
    expect(await brokenLink(store)).toBeDefined()
  })

  it('is broken for whoever takes its oldest rows away by hand, whatever they write beside it', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    const [first] = await store.db.audit.findMany({ orderBy: { id: 'asc' } })
    await store.sql(`delete from audit where object = 'a'`)
    const begins = Buffer.from(first?.hash ?? []).toString('hex')
    await store.db.setting.create({ data: { name: 'audit.begins', value: `${begins} ${begins}` } })
    expect(await brokenLink(store)).toBeDefined()
  })

  it('stays as it is when it was changed: to shorten it would hide that', async () => {
    for (const object of ['a', 'b']) await act(object, 0)
    await store.sql(`update audit set object = 'x' where object = 'a'`)
    expect(await end(OVER + 1)).toBe(0)
    expect(await objects()).toEqual(['x', 'b'])
  })
})
