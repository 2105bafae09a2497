/** Who is in a group from which day to which: taken in, full, leaving, moving; and who may see whom. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StaffMember } from '../../bot/desk/access.js'
import { enrol, leave, move } from '../../bot/programme/people/enrolments.js'
import { groupOverview, programmesFor } from '../../bot/programme/people/overview.js'
import { addGroup, addProgramme, planDays, setTrainer } from '../../bot/programme/people/programmes.js'
import { GROUP_MAX } from '../../bot/programme/rules.js'
import { type TestHouse, testHouse } from '../house.js'
import { chat, day, FIRST_DAY, invited, LAST_DAY, programmeWith, refused, staffOf, worker } from './world.js'

let house: TestHouse
let coordinator: StaffMember
let trainer: StaffMember
let supervisor: StaffMember
let administrator: StaffMember

beforeAll(async () => {
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  coordinator = await staffOf(house, 'coordinator')
  trainer = await staffOf(house, 'trainer')
  supervisor = await staffOf(house, 'supervisor')
  administrator = await staffOf(house, 'administrator')
})
afterAll(() => house.end())

const look = (id: string, staff = coordinator) => groupOverview(house.store, staff, id)
const namesIn = async (id: string) => (await look(id)).people.map(({ name }) => name)

describe('a group', () => {
  it('lives by the clock of its city', async () => {
    const { programmeId } = await programmeWith(house, coordinator, [])
    const group = { programmeId, name: 'East', city: 'almaty', trainerId: null }
    const id = await addGroup(house, coordinator, group)
    await planDays(house, coordinator, id, [{ module: 1, day: '2026-12-05', from: '09:00', place: 'Library' }])
    expect((await look(id)).group.timeZone).toBe('Asia/Almaty')
    expect((await look(id)).days).toMatchObject([
      { module: 1, startsAt: new Date('2026-12-05T04:00:00Z'), endsAt: new Date('2026-12-05T12:00:00Z') },
    ])
    expect(await refused(addGroup(house, coordinator, group))).toBe('groupExists')
    expect(await refused(addGroup(house, coordinator, { ...group, name: 'West', city: 'atlantis' }))).toBe('noCity')
  })

  it('keeps a day that the trainer has closed, whatever is planned over it', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Closed'])
    const [id = ''] = groups
    await planDays(house, coordinator, id, [{ module: 1, day: '2026-11-07', from: '09:00', place: 'Here' }])
    await house.store.db.trainingSession.updateMany({ where: { groupId: id }, data: { closedAt: house.fake.now() } })
    await planDays(house, coordinator, id, [
      { module: 1, day: '', from: '09:00', place: '' },
      { module: 2, day: '2026-11-14', from: '10:30', place: 'There' },
    ])
    expect((await look(id)).days.map(({ module, place }) => [module, place])).toEqual([
      [1, 'Here'],
      [2, 'There'],
    ])
    const on = (changed: object) =>
      refused(planDays(house, coordinator, id, [{ module: 3, day: '2026-11-21', from: '9:00', place: '', ...changed }]))
    expect(await on({ day: '2026-11-31' })).toBe('badDay')
    expect(await on({ from: 'nine' })).toBe('badTime')
    expect(await on({ module: 8 })).toBe('badRequest')
  })

  it('takes in thirty, and tells the thirty-first why not, even of two who come at once', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Full'])
    const [id = ''] = groups
    for (let nth = 1; nth < GROUP_MAX; nth++) await enrol(house, coordinator, id, worker(`Person ${nth}`))
    const both = ['Anna', 'Boris'].map((name) => refused(enrol(house, coordinator, id, worker(name))))
    expect((await Promise.all(both)).sort()).toEqual(['done', 'groupFull'])
    expect((await look(id)).people).toHaveLength(GROUP_MAX)
  })

  it('takes nobody in twice, and nobody outside of the programme’s days', async () => {
    const { groups } = await programmeWith(house, coordinator, ['One', 'Two'])
    const [one = '', two = ''] = groups
    await enrol(house, coordinator, one, worker('Žofie Malá', { organisation: 'Most pro' }))
    expect(await refused(enrol(house, coordinator, two, worker(' žofie  MALÁ ')))).toBe('nameTaken')
    expect(await refused(enrol(house, coordinator, two, worker('Ivan', { joinedOn: day('2026-08-31') })))).toBe(
      'dayOutside',
    )
    await enrol(house, coordinator, two, worker('Ivan', { organisation: 'MOST PRO' }))
    expect(
      await house.store.db.organisation.count({ where: { name: { equals: 'most pro', mode: 'insensitive' } } }),
    ).toBe(1)
  })
})

describe('leaving and moving', () => {
  it('keeps until which day somebody was in which group, and the chat that they have', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Old', 'New'])
    const [old = '', next = ''] = groups
    const { enrolmentId, code } = await invited(
      house,
      coordinator,
      old,
      worker('Dana', { joinedOn: day('2026-09-10') }),
    )
    const dana = chat(house, house.wire, '990001')
    await dana.writes(`/join ${code}`)
    await move(house, coordinator, enrolmentId, { to: next, on: day('2026-11-01') })
    expect(await namesIn(old)).toEqual([])
    expect((await look(old)).former).toMatchObject([{ name: 'Dana', leftOn: day('2026-10-31') }])
    expect((await look(next)).people).toMatchObject([
      { name: 'Dana', joinedOn: day('2026-11-01'), connectedAt: expect.any(Date) },
    ])
    dana.hears()
    await dana.writes('menu')
    expect(dana.hears()[0]?.text).toContain('Your group: New.')

    const [{ enrolmentId: now = '' } = {}] = (await look(next)).people
    expect(await refused(leave(house, coordinator, now, day('2026-10-31')))).toBe('dayBeforeJoining')
    await leave(house, coordinator, now, day('2026-11-19'))
    expect(await refused(leave(house, coordinator, now, day('2026-11-20')))).toBe('leftAlready')
    await dana.writes('menu')
    expect(dana.hears().at(-1)?.text).toContain('You are in no group just now.')
  })

  it('leaves no trace of a group in which somebody had no day, and an invitation opens all the same', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Wrong', 'Right'])
    const [wrong = '', right = ''] = groups
    const { enrolmentId, code } = await invited(house, coordinator, wrong, worker('Filip'))
    await move(house, coordinator, enrolmentId, { to: right, on: day(FIRST_DAY) })
    expect((await look(wrong)).former).toEqual([])
    const later = await invited(house, coordinator, wrong, worker('Gita'))
    await move(house, coordinator, later.enrolmentId, { to: right, on: day('2026-10-01') })
    for (const [address, sent] of [
      ['990002', code],
      ['990003', later.code],
    ] as const) {
      const somebody = chat(house, house.wire, address)
      await somebody.writes(`/join ${sent}`)
      expect(somebody.hears()[0]?.text).toContain('“Right”')
    }
    expect((await look(right)).people.map(({ connectedAt }) => connectedAt !== null)).toEqual([true, true])
  })

  it('goes nowhere else: not into another programme, not into a full group, not where one is', async () => {
    const here = await programmeWith(house, coordinator, ['Here', 'Full'])
    const there = await programmeWith(house, coordinator, ['There'])
    const [home = '', full = ''] = here.groups
    const enrolmentId = await enrol(house, coordinator, home, worker('Hana'))
    const to = (id: string) => refused(move(house, coordinator, enrolmentId, { to: id, on: day('2026-10-01') }))
    expect(await to(there.groups[0] ?? '')).toBe('otherProgramme')
    expect(await to(home)).toBe('sameGroup')
    expect(await to('nowhere')).toBe('noTraining')
    const data = { rules: { group: { from: 1, max: 1 } } }
    await house.store.db.programme.update({ where: { id: here.programmeId }, data })
    await enrol(house, coordinator, full, worker('Igor'))
    expect(await to(full)).toBe('groupFull')
    expect([await namesIn(home), await namesIn(full)]).toEqual([['Hana'], ['Igor']])
    expect((await look(home)).former).toEqual([])
  })
})

describe('who sees whom', () => {
  it('S31 names are for coordinators and the group’s own trainer; an administrator sees that people are there', async () => {
    const { programmeId, groups } = await programmeWith(house, coordinator, ['Seen', 'Unseen'])
    const [seen = '', unseen = ''] = groups
    await setTrainer(house, coordinator, seen, trainer.id)
    await enrol(house, coordinator, seen, worker('Kamila'))
    await enrol(house, coordinator, unseen, worker('Lucie'))
    expect((await look(seen, trainer)).people[0]?.name).toBe('Kamila')
    expect(await refused(look(unseen, trainer))).toBe('noTraining')
    expect((await look(seen, administrator)).people).toMatchObject([{ name: undefined }])
    expect(await refused(look(seen, supervisor))).toBe('noTraining')
    const mine = (await programmesFor(house.store, trainer)).filter(({ id }) => id === programmeId)
    expect(mine).toMatchObject([{ groups: 1, people: 1 }])
  })

  it('S31 nobody changes a group but coordinators and administrators', async () => {
    const { groups } = await programmeWith(house, coordinator, ['Theirs'])
    const [id = ''] = groups
    await setTrainer(house, coordinator, id, trainer.id)
    const programme = { name: 'Mine', startsOn: FIRST_DAY, endsOn: LAST_DAY }
    for (const staff of [trainer, supervisor]) {
      expect(await refused(enrol(house, staff, id, worker('Nobody')))).toBe('notAllowed')
      expect(await refused(planDays(house, staff, id, []))).toBe('notAllowed')
      expect(await refused(addProgramme(house, staff, programme))).toBe('notAllowed')
    }
    expect(await refused(setTrainer(house, coordinator, id, supervisor.id))).toBe('noTrainer')
    await addProgramme(house, administrator, programme)
    expect(await refused(addProgramme(house, coordinator, programme))).toBe('programmeExists')
    const inverted = { name: 'x', startsOn: LAST_DAY, endsOn: FIRST_DAY }
    expect(await refused(addProgramme(house, coordinator, inverted))).toBe('daysInverted')
  })
})
