/** Rules that a coordinator changes in the pages: checked as a whole, one after the other, and nobody becomes late by it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withEarlier } from '../../bot/programme/change-rules.js'
import { createReportReminders } from '../../bot/programme/reports/reminders.js'
import { dueDayOf, rulesOf, USUAL_RULES } from '../../bot/programme/rules.js'
import { type DeskHouse, signIn } from '../console/desk-house.js'
import { type TestHouse, testHouse } from '../house.js'
import { SERVED, servedDatabase } from '../store/databases.js'
import { chat, newGroup, newWorker } from './reports/world.js'

let house: TestHouse
let boss: Awaited<ReturnType<typeof signIn>>
let other: Awaited<ReturnType<typeof signIn>>

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z', ...(SERVED ? { database: servedDatabase } : {}) })
  const desk = { ...house, clock: house.fake.now } as unknown as DeskHouse
  boss = await signIn(desk, { role: 'coordinator' })
  other = await signIn(desk, { role: 'coordinator', language: 'cs' })
})
afterAll(() => house.end())

const FIELDS = {
  dueDay: '5',
  reminderDays: '-3, 0, 3',
  modules: '7',
  hoursPerModule: '8',
  'checkin.lunch': '',
  'checkin.third': '',
  'group.from': '20',
  'group.max': '30',
  'certificate.hours': '56',
  'certificate.everyReport': 'on',
  'certificate.feedbackFrom': '1',
  'support.amount': '75 000',
  'support.currency': 'czk',
  'support.people': '2',
}

const pathOf = ({ programmeId }: { programmeId: string }) => `/desk/programmes/${programmeId}/rules`
const kept = async ({ programmeId }: { programmeId: string }) =>
  rulesOf(await house.store.db.programme.findUniqueOrThrow({ where: { id: programmeId } }))

async function save(who: typeof boss, group: { programmeId: string }, fields: Record<string, string>, seen?: string) {
  const page = await who.get(pathOf(group))
  const newest = /name="seen" value="(\d+)"/.exec(page.body)?.[1] ?? ''
  return who.post(pathOf(group), { ...FIELDS, seen: seen ?? newest, ...fields })
}

describe('a changed due day', () => {
  it('holds from the month in which it was changed, however often it is changed in that month', () => {
    const now = new Date('2026-11-10T09:00:00Z')
    const sooner = withEarlier({ ...USUAL_RULES, dueDay: 2 }, USUAL_RULES, now)
    const again = withEarlier({ ...USUAL_RULES, dueDay: 20 }, sooner, now)
    expect(['2026-01', '2026-10', '2026-11', '2027-05'].map((period) => dueDayOf(again, period))).toEqual([
      5, 5, 20, 20,
    ])
    const later = withEarlier({ ...USUAL_RULES, dueDay: 1 }, again, new Date('2027-03-31T23:30:00Z'))
    expect(['2026-10', '2026-11', '2027-03', '2027-04'].map((period) => dueDayOf(later, period))).toEqual([
      5, 20, 20, 1,
    ])
  })

  it('makes nobody late, and moves only the reminders of the months for which it holds', async () => {
    const group = await newGroup(house.store, { rules: { dueDay: 20 } })
    const worker = await newWorker(house.store, group.id, { name: 'Iryna', joinedOn: '2026-10-01' })
    const row = async () =>
      /Iryna<\/th>[\s\S]*?<\/tr>/.exec((await boss.get(`/desk/reports/${group.id}`)).body)?.[0] ?? ''
    expect(await row()).not.toContain('late')
    expect((await save(boss, group, { dueDay: '3', reminderDays: '0' })).statusCode).toBe(303)
    expect(await row()).not.toContain('late')
    const me = chat(house, worker.address)
    house.fake.set(new Date('2026-11-20T10:00:00Z'))
    await createReportReminders(house).drain()
    await me.settle()
    expect(me.last.text).toContain('Your report for October 2026 is due today')
    house.fake.set(new Date('2026-12-03T10:00:00Z'))
    await createReportReminders(house).drain()
    await me.settle()
    expect(me.last.text).toContain('Your report for November 2026 is due today')
    house.fake.set(new Date('2026-11-10T09:00:00Z'))
  })
})

describe('the page of the rules', () => {
  it('says beside each field what is wrong, keeps what was written, and saves nothing', async () => {
    const group = await newGroup(house.store)
    const wrong = { dueDay: '31', 'group.max': '200', 'support.currency': 'koruny', modules: 'sedm <b>' }
    const answer = await save(other, group, wrong)
    expect(answer.statusCode).toBe(422)
    for (const words of ['Den od 1 do 28', 'Celé číslo od 1 do 30', 'Tři písmena', 'Od 1 do 20'])
      expect(answer.body).toContain(words)
    expect(answer.body).toContain('value="sedm &lt;b&gt;"')
    expect(answer.body.match(/aria-invalid/g)).toHaveLength(4)
    expect(await kept(group)).toEqual(USUAL_RULES)
    expect(await house.store.db.programmeVersion.count({ where: { programmeId: group.programmeId } })).toBe(0)
  })

  it('tells the second of two who change it at once, and keeps the change of the first', async () => {
    const group = await newGroup(house.store)
    expect((await save(boss, group, { 'support.people': '3' }, '0')).statusCode).toBe(303)
    const second = await save(other, group, { 'support.amount': '80000' }, '0')
    expect(second.statusCode).toBe(409)
    expect(second.body).toContain('Mezitím to změnil někdo z kolegů')
    expect(second.body).toContain('name="seen" value="1"')
    expect(second.body).toContain('value="80000"')
    expect(await kept(group)).toMatchObject({ support: { amount: 75_000, people: 3 } })
    const rush = await Promise.all(
      [boss, other].map((who, nth) =>
        who.post(pathOf(group), { ...FIELDS, seen: '1', 'support.people': `${nth + 4}` }),
      ),
    )
    expect(rush.map(({ statusCode }) => statusCode).sort()).toEqual([303, 409])
  })

  it('shows what changed, by whom, and goes back with one press', async () => {
    const group = await newGroup(house.store)
    await save(boss, group, { hoursPerModule: '7,5', 'certificate.everyReport': '' })
    const page = (await boss.get(pathOf(group))).body
    expect(page).toMatch(/Hours of a module: <del>8<\/del> → <ins>7\.5<\/ins>/)
    expect(page).toMatch(/A report for every month: <del>yes<\/del> → <ins>no<\/ins>/)
    expect(page).toContain('Coordinator 1')
    expect((await boss.post(`${pathOf(group)}/back`, { seen: '1', number: '0' })).statusCode).toBe(303)
    expect(await kept(group)).toEqual(USUAL_RULES)
    expect((await boss.post(`${pathOf(group)}/back`, { seen: '2', number: '9' })).statusCode).toBe(404)
    const acts = await house.store.db.audit.findMany({ where: { object: group.programmeId } })
    expect(acts.map(({ action }) => action)).toEqual(['programme.rules', 'programme.rules'])
  })

  it('sets when people check in a second and a third time', async () => {
    const group = await newGroup(house.store)
    await save(boss, group, { 'checkin.lunch': '9.30', 'checkin.third': '15:30' })
    expect(await kept(group)).toMatchObject({ checkin: { lunch: '09:30', third: '15:30' } })
    const refused = await save(boss, group, { 'checkin.third': 'half past three' })
    expect(refused.statusCode).toBe(422)
    expect(refused.body).toContain('A time like 13:00, or nothing.')
    expect(await kept(group)).toMatchObject({ checkin: { lunch: '09:30', third: '15:30' } })
  })

  it('takes no module away of which a day is planned', async () => {
    const group = await newGroup(house.store)
    const at = house.fake.now()
    await house.store.db.trainingSession.create({ data: { groupId: group.id, module: 7, startsAt: at, endsAt: at } })
    const answer = await save(boss, group, { modules: '6' })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('not fewer than the modules that have a day already')
    expect(await kept(group)).toEqual(USUAL_RULES)
  })
})
