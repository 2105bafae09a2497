/** Whoever moves to another group: each month of theirs is in one group alone, wherever months are seen, taken, decided or counted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { move } from '../../../bot/programme/people/enrolments.js'
import { approve, giveBack } from '../../../bot/programme/reports/decide.js'
import { matrixOf } from '../../../bot/programme/reports/matrix.js'
import { groupOf, type Stay } from '../../../bot/programme/reports/stays.js'
import { monthSummary } from '../../../bot/programme/reports/summary.js'
import { remindMissing } from '../../../bot/programme/reports/wanted.js'
import { type DeskHouse, signIn } from '../../console/desk-house.js'
import { type TestHouse, testHouse } from '../../house.js'
import { chat, day, newGroup, newWorker, sendReport } from './world.js'

let house: TestHouse
let boss: Awaited<ReturnType<typeof signIn>>
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z' })
  boss = await signIn({ ...house, clock: house.fake.now } as unknown as DeskHouse, { role: 'coordinator' })
})
afterAll(() => house.end())

/** Two groups of one programme, and Dana, who begins in the old one. */
async function twoGroups() {
  const old = await newGroup(house.store, { name: 'Old' })
  const { programmeId, timeZone } = old
  const fresh = await house.store.db.programmeGroup.create({ data: { programmeId, name: 'New', timeZone } })
  const dana = await newWorker(house.store, old.id, { name: 'Dana', joinedOn: '2026-08-15' })
  for (const period of ['2026-09', '2026-10']) await sendReport(house, dana.personId, period)
  const moves = async (on: string) => {
    const { id } = await house.store.db.enrolment.findFirstOrThrow({
      where: { personId: dana.personId, leftOn: null },
    })
    await move(house, boss.staff, id, { to: fresh.id, on: day(on) })
  }
  const place = (groupId: string, period: string) => ({ groupId, personId: dana.personId, period })
  return { old: old.id, fresh: fresh.id, dana, moves, place }
}

const refused = (work: Promise<unknown>) => work.then(() => 'done').catch((error) => error.code)

const seen = async (groupId: string) => {
  const { rows } = await matrixOf(house.store, boss.staff, { groupId, now: house.fake.now(), months: 4 })
  return rows.map(({ name, cells }) => [name, ...cells.map(({ shown, late }) => `${shown}${late ? '!' : ''}`)])
}

const exported = async (groupId: string) => {
  await boss.get(`/desk/reports/${groupId}`)
  const answer = await boss.post(`/desk/reports/${groupId}/export`, { from: '2026-08', to: '2026-11', as: 'csv' })
  return [...answer.body.matchAll(/^"?(\d{4}-\d{2})"?;"?([^";]+)/gm)].map(([, period, name]) => `${name} ${period}`)
}

const expectedIn = async (groupId: string) =>
  Promise.all(
    ['2026-08', '2026-09', '2026-10', '2026-11'].map(
      async (period) => (await monthSummary(house, boss.staff, groupId, period)).counts.expected,
    ),
  )

/** How many reports of each month were counted for this group. */
const counted = async (groupId: string) => {
  const rows = await house.store.db.reportFigure.findMany({ where: { groupId, question: 'clients' } })
  return Object.fromEntries(rows.map(({ period, value, reports }) => [period, [value, reports]]))
}

describe('a month', () => {
  it('belongs to the last stay that touches it, and to the last of all where none does', () => {
    const stays: Stay[] = [
      { groupId: 'one', from: '2026-08-20', to: '2026-10-11' },
      { groupId: 'two', from: '2026-10-12', to: '2026-10-20' },
      { groupId: 'three', from: '2026-10-21', to: '2026-12-31' },
    ]
    expect(['2026-08', '2026-09', '2026-10', '2026-11', '2027-01'].map((period) => groupOf(period, stays))).toEqual([
      ...['one', 'one', 'three', 'three', 'three'],
    ])
    const overlapping: Stay[] = [
      { groupId: 'one', from: '2026-08-20', to: null },
      { groupId: 'two', from: '2026-10-12', to: '2026-10-20' },
    ]
    expect(['2026-09', '2026-10', '2026-11'].map((period) => groupOf(period, overlapping))).toEqual([
      ...['one', 'two', 'one'],
    ])
    expect(groupOf('2026-10', [])).toBeUndefined()
  })
})

describe('whoever moved in the middle of a month', () => {
  let world: Awaited<ReturnType<typeof twoGroups>>
  beforeAll(async () => {
    world = await twoGroups()
    await approve(house, boss.staff, world.place(world.old, '2026-09'))
    await world.moves('2026-10-12')
  })

  it('is expected in each month by one group alone', async () => {
    const { old, fresh } = world
    expect(await seen(old)).toEqual([['Dana', 'due!', 'approved!', 'notExpected', 'notExpected']])
    expect(await seen(fresh)).toEqual([['Dana', 'notExpected', 'notExpected', 'submitted!', 'notDue']])
    expect(await expectedIn(old)).toEqual([1, 1, 0, 0])
    expect(await expectedIn(fresh)).toEqual([0, 0, 1, 1])
  })

  it('stands once in what is taken away', async () => {
    const { old, fresh } = world
    expect(await exported(old)).toEqual(['Dana 2026-09'])
    expect(await exported(fresh)).toEqual(['Dana 2026-10'])
  })

  it('is read and decided where the month belongs, and counted there', async () => {
    const { old, fresh, place, dana } = world
    const read = async (groupId: string, period: string) =>
      (await boss.get(`/desk/reports/${groupId}/${dana.personId}/${period}`)).statusCode
    expect([await read(old, '2026-09'), await read(old, '2026-10')]).toEqual([200, 404])
    expect([await read(fresh, '2026-09'), await read(fresh, '2026-10')]).toEqual([404, 200])
    expect(await refused(approve(house, boss.staff, place(old, '2026-10')))).toBe('badRequest')
    await approve(house, boss.staff, place(fresh, '2026-10'))
    expect(await counted(old)).toEqual({ '2026-09': [40, 1] })
    expect(await counted(fresh)).toEqual({ '2026-10': [40, 1] })
  })

  it('is reminded by the group that misses the month', async () => {
    const { old, fresh, dana } = world
    const me = chat(house, dana.address)
    expect(await remindMissing(house, boss.staff, fresh, '2026-08')).toBe(0)
    expect(await remindMissing(house, boss.staff, old, '2026-08')).toBe(1)
    await me.settle()
    expect(me.hears().map(({ text }) => text)).toEqual([
      'A month is waiting for your report: August 2026. If there was nothing, you can say that too.',
    ])
  })
})

describe('a move that is written down later', () => {
  it('takes along what was approved already, and what is given back is taken out of the right sums', async () => {
    const { old, fresh, place, moves, dana } = await twoGroups()
    for (const period of ['2026-09', '2026-10']) await approve(house, boss.staff, place(old, period))
    await moves('2026-10-12')
    expect(await counted(old)).toMatchObject({ '2026-09': [40, 1], '2026-10': [0, 0] })
    expect(await counted(fresh)).toEqual({ '2026-10': [40, 1] })
    const report = await boss.get(`/desk/reports/${fresh}/${dana.personId}/2026-10`)
    expect(report.body).toContain('counted in another group')
    const { sums } = await monthSummary(house, boss.staff, fresh, '2026-10')
    expect(sums).toContainEqual({ question: 'clients', value: 40 })
    expect((await monthSummary(house, boss.staff, old, '2026-10')).sums).toEqual([])
    await giveBack(house, boss.staff, place(fresh, '2026-10'), { reason: 'Once more', answers: ['hours'] })
    expect(await counted(fresh)).toEqual({ '2026-10': [0, 0] })
    expect(await counted(old)).toMatchObject({ '2026-09': [40, 1], '2026-10': [0, 0] })
  })

  it('of somebody who never was there leaves that group without a month of theirs', async () => {
    const { old, fresh, place, moves } = await twoGroups()
    await approve(house, boss.staff, place(old, '2026-09'))
    await moves('2026-08-15')
    expect(await seen(old)).toEqual([])
    expect(await seen(fresh)).toEqual([['Dana', 'due!', 'approved!', 'submitted!', 'notDue']])
    expect(await counted(old)).toEqual({ '2026-09': [0, 0] })
    expect(await counted(fresh)).toEqual({ '2026-09': [40, 1] })
  })
})
