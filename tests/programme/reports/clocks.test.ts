/** By whose clock a month begins and ends, and what is late. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matrixOf } from '../../../bot/programme/reports/matrix.js'
import { createReportReminders } from '../../../bot/programme/reports/reminders.js'
import { remindMissing } from '../../../bot/programme/reports/wanted.js'
import { reopen, whoseReport } from '../../../bot/programme/reports/write.js'
import { type TestHouse, testHouse } from '../../house.js'
import { chat, newGroup, newWorker, sendReport } from './world.js'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-05T10:00:00Z' })
})
afterAll(() => house.end())

const at = (time: string) => house.fake.set(new Date(time))
const coordinator = { id: randomUUID(), alias: 'Kestrel', role: 'coordinator' }

/** The months of a group as the coordinator sees them: "draft!" is a draft that is late. */
async function cells(groupId: string, last?: string) {
  const matrix = await matrixOf(house.store, coordinator, { groupId, now: house.fake.now(), last, months: 1 })
  return matrix.rows.map((row) => row.cells.map(({ shown, late }) => `${shown}${late ? '!' : ''}`).join())
}

describe('a month', () => {
  it('begins at midnight where the group is: on the coordinator’s page', async () => {
    at('2026-10-31T23:30:00Z')
    const [prague, london] = [await newGroup(house.store), await newGroup(house.store, { timeZone: 'Europe/London' })]
    const newest = async ({ id: groupId }: { id: string }) =>
      (await matrixOf(house.store, coordinator, { groupId, now: house.fake.now(), months: 2 })).periods
    expect(await newest(prague)).toEqual(['2026-10', '2026-11'])
    expect(await newest(london)).toEqual(['2026-09', '2026-10'])
  })

  it('and for a worker who has not said where they are, chosen or typed', async () => {
    at('2026-10-31T23:30:00Z')
    const group = await newGroup(house.store)
    const me = chat(house, (await newWorker(house.store, group.id)).address)
    await me.says('/report')
    expect(me.last.buttons).toContain('November 2026')
    await me.presses('Another month')
    await me.says('November 2026')
    expect(me.last.text).toBe('Do you have something to report for November 2026?')
  })
})

describe('a coordinator’s reminder', () => {
  it('wakes nobody: whoever is asleep hears it in their morning, if they still owe the report', async () => {
    const boss = await house.store.db.staff.create({ data: { alias: 'Kestrel', role: 'coordinator' } })
    const group = await newGroup(house.store, { rules: { reminderDays: [] } })
    const someone = async (name: string, country: string | null) => {
      const worker = await newWorker(house.store, group.id, { name, country, joinedOn: '2026-10-01' })
      return { ...worker, me: chat(house, worker.address) }
    }
    const [anna, bakyt, sent] = [
      await someone('Anna', null),
      await someone('Bakyt', 'KZ'),
      await someone('Clara', 'KZ'),
    ]
    const heard = async () => {
      for (const { me } of [anna, bakyt, sent]) await me.settle()
      return [anna, bakyt, sent].map(({ me }) => me.hears().length)
    }
    // Six in the evening in Prague, and ten in Almaty
    at('2026-11-10T17:00:00Z')
    const remind = () => remindMissing(house, boss, group.id, '2026-10')
    expect(await remind()).toBe(3)
    expect(await remind()).toBe(0)
    expect(await heard()).toEqual([1, 0, 0])
    await sendReport(house, sent.personId)
    const reminders = createReportReminders(house)
    at('2026-11-11T03:59:00Z')
    await reminders.drain()
    expect(await heard()).toEqual([0, 0, 0])
    for (const time of ['04:00', '04:10']) {
      at(`2026-11-11T${time}:00Z`)
      await reminders.drain()
    }
    expect(await heard()).toEqual([0, 1, 0])
    // Bakyt heard it on this day of his already
    at('2026-11-11T12:00:00Z')
    expect(await remind()).toBe(1)
    expect(await heard()).toEqual([1, 0, 0])
  })
})

describe('what is late', () => {
  it('is decided by the worker’s own day', async () => {
    at('2026-11-05T22:30:00Z')
    const group = await newGroup(house.store)
    const [prague, almaty] = [
      await newWorker(house.store, group.id, { name: 'Anna' }),
      await newWorker(house.store, group.id, { name: 'Bakyt', country: 'KZ' }),
    ]
    for (const { personId } of [prague, almaty]) await sendReport(house, personId)
    expect(await cells(group.id, '2026-10')).toEqual(['submitted', 'submitted!'])
  })

  it('is a month of which somebody said in time that there was nothing, and has taken it back', async () => {
    const group = await newGroup(house.store)
    const { personId } = await newWorker(house.store, group.id)
    at('2026-11-05T10:00:00Z')
    await sendReport(house, personId, '2026-10', null)
    at('2026-11-10T10:00:00Z')
    expect(await cells(group.id, '2026-10')).toEqual(['nothing'])
    await house.store.transaction(async (tx) => {
      const { programmeId } = await whoseReport(tx, personId)
      await reopen(tx, { personId, programmeId, period: '2026-10' })
    })
    expect(await cells(group.id, '2026-10')).toEqual(['draft!'])
  })
})
