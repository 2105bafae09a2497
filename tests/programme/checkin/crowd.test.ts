/** A whole room at once, and a trainer who closes while people come in. */
import { expect, it } from 'vitest'
import { closeDay } from '../../../bot/programme/checkin/close.js'
import { codeOf, stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { findDay, holdOpen } from '../../../bot/programme/checkin/days.js'
import { countAt, rosterOf } from '../../../bot/programme/checkin/roster.js'
import { inHouses, neighbour } from '../../conversation/stories.js'
import { day, eventsOf, group, programme, trainer, worker } from './room.js'

inHouses('a room full of people', (house, kind) => {
  async function room(size: number) {
    house().fake.set(new Date('2026-11-20T06:00:00Z'))
    const anna = await trainer(house())
    const ours = await group(house(), (await programme(house())).id, anna.staff.id)
    const today = await day(house(), ours.id)
    const people = []
    for (let n = 0; n < size; n++) people.push(await worker(house(), ours.id))
    house().fake.set(new Date('2026-11-20T07:55:00Z'))
    return { anna, today, people }
  }
  const code = (session: string) => codeOf(house().store.vault.hash, session, stepAt(house().fake.now()))
  const token = (session: string) => tokenOf(house().store.vault.hash, session, stepAt(house().fake.now()))

  it('thirty at once, half by QR and half by code, are all in once, and all are answered', async () => {
    const { today, people } = await room(30)
    const [digits, scanned] = [code(today.id), token(today.id)]
    await Promise.all(
      people.map(({ receive }, n) =>
        receive(
          n % 2 === 0
            ? { kind: 'command', name: 'start', argument: scanned }
            : { kind: 'command', name: 'checkin', argument: digits },
        ),
      ),
    )
    await people[0]?.settle()
    for (const who of people) expect(who.heard()).toEqual([expect.stringContaining('You are checked in ✓ 8:55')])
    const rows = await rosterOf(house().store, house().store.db, await findDay(house().store.db, today.id))
    expect(countAt(rows, 'arrival')).toEqual({ here: 30, of: 30 })
    expect(await house().store.db.attendanceEvent.count({ where: { sessionId: today.id } })).toBe(30)
  })

  it.runIf(kind === 'PostgreSQL')('nobody waits for another to come in, and the closing waits for both', async () => {
    const { anna, today, people } = await room(1)
    const { store } = house()
    const order: string[] = []
    let closing: Promise<unknown> | undefined
    await store.transaction(async (tx) => {
      await holdOpen(tx, today.id)
      await people[0]?.receive({ kind: 'command', name: 'checkin', argument: code(today.id) })
      order.push('the second is in while the first is under way')
      house().fake.set(new Date('2026-11-20T08:00:00Z'))
      closing = store
        .transaction(async (own) => closeDay(house(), own, anna.staff, await findDay(own, today.id)))
        .then(() => order.push('closed'))
      await new Promise((resolve) => setTimeout(resolve, 200))
      order.push('the first is in')
    })
    await closing
    expect(order).toEqual(['the second is in while the first is under way', 'the first is in', 'closed'])
    expect(await eventsOf(house(), people[0]?.enrolmentId ?? '')).toHaveLength(1)
  })

  it.runIf(kind === 'PostgreSQL')(
    'of two processes one reminds who came too early, and of two closings one counts',
    async () => {
      const { anna, today, people } = await room(1)
      const [oksana] = people
      house().fake.set(new Date('2026-11-20T07:00:00Z'))
      await oksana?.receive({ kind: 'command', name: 'checkin', argument: code(today.id) })
      const other = await neighbour(house())
      try {
        for (const each of [house(), other]) each.fake.set(new Date('2026-11-20T07:30:00Z'))
        const drain = (each: typeof other) => Promise.all(each.conversation.workers.map((worker) => worker.drain()))
        await Promise.all([drain(house()), drain(other)])
        const events = await eventsOf(house(), oksana?.enrolmentId ?? '')
        expect(events.map((event) => event.kind)).toEqual(['early', 'reminded'])
        for (const each of [house(), other]) each.fake.set(new Date('2026-11-20T16:00:00Z'))
        const close = (each: typeof other) =>
          each.store
            .transaction(async (tx) => closeDay(each, tx, anna.staff, await findDay(tx, today.id)))
            .then(
              () => 'closed',
              (error: { code: string }) => error.code,
            )
        expect((await Promise.all([close(house()), close(other)])).sort()).toEqual(['closed', 'closedAlready'])
      } finally {
        await other.end()
      }
    },
  )
})
