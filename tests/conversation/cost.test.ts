/** What a message costs the database: few round trips, and no more of them as history grows. */
import pg from 'pg'
import { expect, it, vi } from 'vitest'
import { atNotice, inHouses, inQueue, rowsOf, stranger } from './stories.js'

const RUBBISH = 'ффф ыыы'

/** Counts the statements that go out while `work` runs: on the wire for PostgreSQL, at the door for the embedded database. */
async function counting(house: { store: { sql: unknown } }, kind: string, work: () => Promise<void>): Promise<number> {
  const spy =
    kind === 'PostgreSQL'
      ? vi.spyOn(pg.Client.prototype, 'query')
      : vi.spyOn(house.store as { sql: (...args: unknown[]) => unknown }, 'sql')
  try {
    await work()
    return spy.mock.calls.filter(([query]) => !JSON.stringify(query ?? '').includes('pg_notify')).length
  } finally {
    spy.mockRestore()
  }
}

inHouses('the cost of a message', (house, kind) => {
  const text = (words: string) => ({ kind: 'text' as const, text: words })

  it('is two round trips where no action is called, three at first contact', async () => {
    const anna = await inQueue(house())
    expect(await counting(house(), kind, () => anna.receive(text('и ещё вот что')))).toBeLessThanOrEqual(2)
    const boris = await atNotice(house())
    expect(await counting(house(), kind, () => boris.receive(text(RUBBISH)))).toBeLessThanOrEqual(2)
    const somebody = stranger(house())
    const unsupported = { kind: 'unsupported' as const, what: 'sticker' }
    expect(await counting(house(), kind, () => somebody.receive(unsupported))).toBeLessThanOrEqual(3)
  })

  it('does not grow with what was said before', async () => {
    const anna = await inQueue(house())
    const cost = () => counting(house(), kind, () => anna.receive(text('ещё')))
    for (let n = 0; n < 10; n++) await anna.receive(text('раз'))
    const early = await cost()
    const { conversation } = await rowsOf(house(), anna.address)
    await house().store.sql(
      `insert into message (conversation_id, case_id, direction, author, state, body)
       select $1::uuid, $2::uuid, 'in', 'client', 'received', '\\x00' from generate_series(1, 2000)`,
      [conversation.id, conversation.caseId],
    )
    await house().store.sql(
      `insert into receipt (channel, update_key) select 'telegram', 'old' || n from generate_series(1, 2000) n`,
    )
    expect(await cost()).toBe(early)
  })
})
