/** What is changed of the house, by whom, and what must not be. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { invite } from '../../../bot/console/invitations.js'
import type { StaffRole } from '../../../bot/desk/access.js'
import { brokenLink } from '../../../bot/desk/audit.js'
import { OFFICE_HOURS } from '../../../bot/desk/centres.js'
import { claim } from '../../../bot/desk/claiming.js'
import { DEFAULT_GOALS } from '../../../bot/desk/goals.js'
import { accountsOf, forgetAccount } from '../../../bot/desk/house/accounts.js'
import {
  addCentre,
  changeCentre,
  divertCentre,
  removeCentre,
  setGoals,
  setHours,
} from '../../../bot/desk/house/centres.js'
import { forgetGroup, groupsOf } from '../../../bot/desk/house/groups.js'
import { amAway, amHere, needColleague, takePause } from '../../../bot/desk/house/self.js'
import { type ColleagueChange, changeColleague, disableColleague } from '../../../bot/desk/house/staff.js'
import { addTeam, removeTeam, renameTeam } from '../../../bot/desk/house/teams.js'
import { newPairing } from '../../../bot/desk/pairing.js'
import { newClient, type OpenDesk, openDesk, signIn } from '../../console/desk-house.js'

let desk: OpenDesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.end())

async function staff(role: StaffRole = 'consultant') {
  const token = await invite(desk.store, { role, language: 'ru', now: desk.clock() })
  const { staff: row } = await desk.store.db.invitation.findUniqueOrThrow({
    where: { tokenHash: new Uint8Array(desk.store.vault.hash('invitation', token)) },
    include: { staff: true },
  })
  return row
}

const change = (more: Partial<ColleagueChange> = {}): ColleagueChange => ({
  role: 'consultant',
  centreId: null,
  teamId: null,
  skills: ['social'],
  languages: ['ru', 'tg'],
  topics: [],
  capacity: 5,
  onCall: false,
  awayUntil: null,
  ...more,
})

const refused = (code: string) => ({ code })
const centreOf = (id: string) => desk.store.db.centre.findUniqueOrThrow({ where: { id } })

describe('a centre', () => {
  it('comes from the list of cities with the time and the languages of its country, once', async () => {
    const boss = await staff('supervisor')
    await addCentre(desk.house, boss, 'karaganda')
    expect(await centreOf('karaganda')).toMatchObject({ country: 'KZ', city: 'Karaganda', timeZone: 'Asia/Almaty' })
    await expect(addCentre(desk.house, boss, 'karaganda')).rejects.toMatchObject(refused('centreExists'))
    await expect(addCentre(desk.house, boss, 'atlantis')).rejects.toMatchObject(refused('noCity'))
    await expect(addCentre(desk.house, await staff(), 'brno')).rejects.toMatchObject(refused('notAllowed'))
  })

  it('counts what is due anew with other hours and other goals', async () => {
    const boss = await staff('administrator')
    await addCentre(desk.house, boss, 'moscow')
    const code = await (await newClient(desk)).asksForHuman()
    const due = () =>
      desk.store.db.case.update({ where: { code }, data: { goal: 'first', dueAt: desk.clock(), warnAt: desk.clock() } })
    const counted = async () => (await desk.store.db.case.findUniqueOrThrow({ where: { code } })).goal
    await due()
    await setHours(desk.house, boss, 'moscow', { ...OFFICE_HOURS, shifts: [] })
    expect(await counted()).toBeNull()
    await due()
    await setGoals(desk.house, boss, 'moscow', DEFAULT_GOALS)
    expect(await counted()).toBeNull()
    expect((await centreOf('moscow')).goals).toEqual(DEFAULT_GOALS)
    await setGoals(desk.house, boss, 'moscow', undefined)
    expect((await centreOf('moscow')).goals).toBeNull()
    await setHours(desk.house, boss, 'moscow', OFFICE_HOURS)
  })

  it('speaks at least one language, in a time zone that exists', async () => {
    const boss = await staff('supervisor')
    const to = { languages: ['cs'] as const, timeZone: 'Europe/Prague' }
    await expect(changeCentre(desk.house, boss, 'moscow', { ...to, languages: [] })).rejects.toMatchObject(
      refused('noLanguages'),
    )
    await expect(changeCentre(desk.house, boss, 'moscow', { ...to, timeZone: '+03:00' })).rejects.toMatchObject(
      refused('badTimeZone'),
    )
    await expect(changeCentre(desk.house, boss, 'nowhere', to)).rejects.toMatchObject(refused('noCentre'))
  })

  it('passes its new cases on and back; those that wait stay', async () => {
    const boss = await staff('supervisor')
    for (const city of ['astana', 'almaty']) await addCentre(desk.house, boss, city)
    const asks = async () => (await newClient(desk)).asksForHuman({ country: 'KZ', city: 'Astana', language: 'ru' })
    const at = async (code: string) => (await desk.store.db.case.findUniqueOrThrow({ where: { code } })).centreId
    const before = await asks()
    await divertCentre(desk.house, boss, 'astana', 'almaty')
    expect([await at(before), await at(await asks())]).toEqual(['astana', 'almaty'])
    await expect(divertCentre(desk.house, boss, 'almaty', 'astana')).rejects.toMatchObject(refused('divertedInCircle'))
    await expect(divertCentre(desk.house, boss, 'almaty', 'almaty')).rejects.toMatchObject(refused('divertedToItself'))
    await divertCentre(desk.house, boss, 'astana', null)
    expect(await at(await asks())).toBe('astana')
    await expect(removeCentre(desk.house, boss, 'astana')).rejects.toMatchObject(refused('centreInUse'))
  })

  it('is taken out when nothing hangs on it', async () => {
    const boss = await staff('supervisor')
    await addCentre(desk.house, boss, 'ostrava')
    await addTeam(desk.house, boss, 'ostrava', ' Hot   line ')
    await expect(addTeam(desk.house, boss, 'ostrava', 'hot line')).rejects.toMatchObject(refused('teamExists'))
    await expect(addTeam(desk.house, boss, 'ostrava', ' ')).rejects.toMatchObject(refused('badName'))
    await expect(removeCentre(desk.house, boss, 'ostrava')).rejects.toMatchObject(refused('centreInUse'))
    const team = await desk.store.db.team.findFirstOrThrow({ where: { centreId: 'ostrava' } })
    expect(team.name).toBe('Hot line')
    await renameTeam(desk.house, boss, team.id, 'Line')
    const member = await staff()
    await changeColleague(desk.house, boss, member.id, change({ centreId: 'ostrava', teamId: team.id }))
    await removeTeam(desk.house, boss, team.id)
    expect(await desk.store.db.staff.findUnique({ where: { id: member.id } })).toMatchObject({ teamId: null })
    await changeColleague(desk.house, boss, member.id, change())
    await removeCentre(desk.house, boss, 'ostrava')
    expect(await desk.store.db.centre.count({ where: { id: 'ostrava' } })).toBe(0)
  })
})

describe('a colleague', () => {
  it('is raised by nobody above their own role, and not by themselves', async () => {
    const [boss, admin, member] = [await staff('supervisor'), await staff('administrator'), await staff()]
    const administrator = change({ role: 'administrator' })
    await expect(changeColleague(desk.house, boss, member.id, administrator)).rejects.toMatchObject(
      refused('notAllowed'),
    )
    await expect(changeColleague(desk.house, boss, admin.id, change())).rejects.toMatchObject(refused('notAllowed'))
    await expect(changeColleague(desk.house, boss, boss.id, change())).rejects.toMatchObject(refused('notYourself'))
    await expect(changeColleague(desk.house, member, member.id, change())).rejects.toMatchObject(refused('notAllowed'))
    await changeColleague(desk.house, admin, member.id, administrator)
    expect(await desk.store.db.staff.findUnique({ where: { id: member.id } })).toMatchObject({ role: 'administrator' })
  })

  it('works in a team of their centre, in some language, with a load that one can bear', async () => {
    const [boss, member] = [await staff('supervisor'), await staff()]
    const attempts: [string, Partial<ColleagueChange>][] = [
      ['noLanguages', { languages: [] }],
      ['badCapacity', { capacity: 0 }],
      ['badCapacity', { capacity: Number.NaN }],
      ['noCentre', { centreId: 'nowhere' }],
      ['noTeam', { teamId: randomUUID() }],
    ]
    for (const [code, more] of attempts)
      await expect(changeColleague(desk.house, boss, member.id, change(more))).rejects.toMatchObject(refused(code))
  })

  it('who may not answer any more leaves no client waiting', async () => {
    const [admin, member] = [await staff('administrator'), await staff()]
    const code = await (await newClient(desk)).asksForHuman({ country: 'TJ', city: 'x', language: 'ru' })
    await claim(desk.house, code, member)
    await changeColleague(desk.house, admin, member.id, change({ role: 'administrator' }))
    expect(await desk.store.db.case.findUnique({ where: { code } })).toMatchObject({ state: 'queued', ownerId: null })
  })
})

describe('a lost device', () => {
  it('S24 opens nothing any more; the cases wait again, the clients know, the messengers are forgotten', async () => {
    const boss = await staff('supervisor')
    const lost = await signIn(desk)
    const me = await newClient(desk, 'canary-lost-phone')
    await desk.store.db.person.update({ where: { id: me.personId }, data: { role: 'staff' } })
    await desk.store.db.staff.update({ where: { id: lost.staff.id }, data: { personId: me.personId } })
    expect(await accountsOf(desk.store, lost.staff.id)).toEqual([{ channel: 'telegram', reached: true }])
    await newPairing(desk.store, lost.staff, { staffId: lost.staff.id }, desk.clock())
    const client = await newClient(desk)
    const code = await client.asksForHuman({ language: 'ru' })
    await claim(desk.house, code, lost.staff)
    expect((await lost.get('/desk')).statusCode).toBe(200)

    await disableColleague(desk.house, boss, lost.staff.id)
    expect((await lost.get('/desk')).statusCode).toBe(303)
    expect(await desk.store.db.case.findUnique({ where: { code } })).toMatchObject({ state: 'queued', ownerId: null })
    const { owner } = await desk.store.db.conversation.findUniqueOrThrow({ where: { id: client.conversationId } })
    expect(owner).toBe('queue')
    expect(await desk.store.db.address.count({ where: { personId: me.personId } })).toBe(0)
    expect(await desk.store.db.pairing.count({ where: { staffId: lost.staff.id } })).toBe(0)
    await expect(disableColleague(desk.house, boss, lost.staff.id)).rejects.toMatchObject(refused('noColleague'))
    await expect(disableColleague(desk.house, boss, boss.id)).rejects.toMatchObject(refused('notYourself'))
    expect(await brokenLink(desk.store)).toBeUndefined()
  })

  it('is one account of several: the others stay', async () => {
    const member = await staff()
    const me = await newClient(desk)
    await desk.store.db.staff.update({ where: { id: member.id }, data: { personId: me.personId } })
    expect(await forgetAccount(desk.house, member, 'slack')).toBe(false)
    expect(await forgetAccount(desk.house, member, 'telegram')).toBe(true)
    expect(await desk.store.db.staff.findUnique({ where: { id: member.id } })).toMatchObject({ personId: null })
    expect(await desk.store.db.person.count({ where: { id: me.personId } })).toBe(0)
  })
})

describe('a group', () => {
  const group = (state: string) =>
    desk.store.db.group.create({
      data: {
        centreId: 'moscow',
        channel: 'telegram',
        state,
        problem: state === 'lacking' ? 'TELEGRAM_NOT_FORUM TELEGRAM_NOT_ADMIN' : null,
        sealed: new Uint8Array([1]),
        hash: new Uint8Array(desk.store.vault.hash('group', randomUUID())),
      },
    })

  it('says what it lacks, and is forgotten with the places of its cases', async () => {
    const boss = await staff('supervisor')
    const [lacking, gone] = [await group('lacking'), await group('gone')]
    const code = await (await newClient(desk)).asksForHuman()
    const { id } = await desk.store.db.case.findUniqueOrThrow({ where: { code } })
    await desk.store.db.place.updateMany({ where: { caseId: id }, data: { sealed: new Uint8Array([2]) } })
    const [first] = await groupsOf(desk.store, 'moscow')
    expect(first).toMatchObject({ problems: ['TELEGRAM_NOT_FORUM', 'TELEGRAM_NOT_ADMIN'], places: 1 })
    expect(await forgetGroup(desk.house, boss, lacking.id)).toBe('moscow')
    expect(await desk.store.db.group.findUnique({ where: { id: lacking.id } })).toMatchObject({ state: 'leaving' })
    expect(await desk.store.db.place.findFirst({ where: { groupId: lacking.id } })).toMatchObject({
      endsAt: desk.clock(),
    })
    await forgetGroup(desk.house, boss, gone.id)
    expect(await desk.store.db.group.count({ where: { id: gone.id } })).toBe(0)
    // A new case does not go there any more
    await (await newClient(desk)).asksForHuman()
    expect(await desk.store.db.place.count({ where: { groupId: lacking.id } })).toBe(1)
  })
})

describe('one’s own day', () => {
  it('has absences, pauses and colleagues', async () => {
    const member = await staff()
    const now = () => desk.store.db.staff.findUniqueOrThrow({ where: { id: member.id } })
    await expect(amAway(desk.house, member, desk.clock())).rejects.toMatchObject(refused('badUntil'))
    await expect(amAway(desk.house, member, new Date(Number.NaN))).rejects.toMatchObject(refused('badUntil'))
    const until = new Date(desk.clock().getTime() + 3_600_000)
    await amAway(desk.house, member, until)
    expect((await now()).awayUntil).toEqual(until)
    await takePause(desk.house, member)
    expect((await now()).pauseUntil).not.toBeNull()
    await amHere(desk.house, member)
    expect(await now()).toMatchObject({ awayUntil: null, pauseUntil: null })
    expect(await needColleague(desk.house, member)).toBe(false)
    const boss = await staff('supervisor')
    const account = await newClient(desk)
    await desk.store.db.staff.update({ where: { id: boss.id }, data: { personId: account.personId } })
    expect(await needColleague(desk.house, member)).toBe(true)
  })
})
