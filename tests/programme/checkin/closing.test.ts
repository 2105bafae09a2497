/** The trainer counts, corrects and closes: from the phone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDay } from '../../../bot/programme/checkin/close.js'
import { stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { markPeople } from '../../../bot/programme/checkin/correct.js'
import { findDay } from '../../../bot/programme/checkin/days.js'
import { welcomeGuest } from '../../../bot/programme/checkin/guests.js'
import { enrolmentsOf, modulesOf } from '../../../bot/programme/checkin/mine.js'
import { rosterOf } from '../../../bot/programme/checkin/roster.js'
import { type TestHouse, testHouse } from '../../house.js'
import { day, eventsOf, group, programme, trainer, worker } from './room.js'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.end())

const at = (time: string) => house.fake.set(new Date(`2026-11-20T${time}Z`))
const scan = (session: string) => `/start ${tokenOf(house.store.vault.hash, session, stepAt(house.fake.now()))}`
const texts = (chat: { hears(): { text: string }[] }) => chat.hears().map(({ text }) => text)
const standings = async (session: string) => {
  const today = await findDay(house.store.db, session)
  const rows = await rosterOf(house.store, house.store.db, today)
  return Object.fromEntries(rows.map(({ name, standings: all }) => [name, all.map(({ standing }) => standing.mark)]))
}

/** Three people, of whom two checked in. */
async function room() {
  at('06:00:00')
  const { id } = await programme(house)
  const anna = await trainer(house)
  const ours = await group(house, id, anna.staff.id, 'Prague')
  const today = await day(house, ours.id)
  const [oksana, ivan, leyla] = [
    await worker(house, ours.id, 'Oksana'),
    await worker(house, ours.id, 'Ivan'),
    await worker(house, ours.id, 'Leyla', 'cs'),
  ]
  at('07:55:00')
  for (const who of [oksana, ivan]) {
    await who.writes(scan(today.id))
    who.heard()
  }
  return { programmeId: id, anna, ours, today, oksana, ivan, leyla }
}

describe('closing a day from the chat', () => {
  it('is what a trainer is offered in their own chat, and no case', async () => {
    const { anna } = await room()
    at('09:00:00')
    await anna.chat.writes('/duty')
    const [menu] = anna.chat.hears().slice(-1)
    expect(menu?.buttons?.flat().map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Close a day of training', 'A link to the desk']),
    )
    expect(JSON.stringify(menu?.buttons)).not.toMatch(/case|colleague/i)
    await anna.chat.presses('Close a day of training')
    expect(JSON.stringify(anna.chat.hears().at(-1)?.buttons)).toContain('Prague · 20 Nov 2026, module 1')
  })

  it('counts, adds, takes out, excuses, and closes; whoever is concerned is told', async () => {
    const { anna, today, ivan, leyla, oksana } = await room()
    at('09:00:00')
    await anna.chat.writes('/session')
    await anna.chat.presses('Prague · 20 Nov 2026, module 1')
    expect(texts(anna.chat).slice(-2)).toEqual([
      'arrival: 2 of 3 checked in\nNot here: Leyla',
      'Count the people in the room. Does it fit?',
    ])
    await anna.chat.presses('Take somebody out')
    await anna.chat.presses('Ivan')
    await anna.chat.presses(house.mind.words.say('en', 'common:done'))
    expect(ivan.heard()).toEqual([expect.stringContaining('arrival: not here')])
    expect(texts(anna.chat).at(-2)).toContain('1 of 3')

    await anna.chat.presses('Excuse somebody')
    await anna.chat.presses('Ivan')
    await anna.chat.presses(house.mind.words.say('en', 'common:done'))
    await anna.chat.presses('Add somebody')
    await anna.chat.presses('Leyla')
    await anna.chat.presses(house.mind.words.say('en', 'common:done'))
    expect(texts(anna.chat).at(-2)).toContain('2 of 3')
    await anna.chat.presses('Everybody is here')
    expect(await standings(today.id)).toEqual({
      Ivan: ['excused', null],
      Leyla: ['present', null],
      Oksana: ['present', null],
    })
    expect(leyla.heard(), 'that one is noted as there is no news').toEqual([])

    at('16:10:00')
    await anna.chat.writes('/session')
    await anna.chat.presses('Prague · 20 Nov 2026, module 1')
    await anna.chat.presses('Everybody is here')
    await anna.chat.presses('It fits: close the day')
    expect(texts(anna.chat).at(-1)).toContain('Closed: Prague, module 1.')
    expect(oksana.heard(), 'nothing changed for her').toEqual([])
    expect((await eventsOf(house, ivan.enrolmentId)).map(({ kind, was, becomes }) => [kind, was, becomes])).toEqual([
      ['qr', null, 'present'],
      ['correction', 'present', 'absent'],
      ['excuse', 'absent', 'excused'],
      ['trainer', null, 'present'],
    ])
  })

  it('twice: the second hears when it was closed, and nothing changes', async () => {
    const { anna, today, leyla } = await room()
    at('16:00:00')
    await anna.chat.writes('/session')
    await anna.chat.presses('Prague · 20 Nov 2026, module 1')
    // Two presses before the first was answered
    const press = anna.chat
      .hears()
      .at(-1)
      ?.buttons?.flat()
      .find(({ label }) => label === 'It fits: close the day')
    const data = press && 'data' in press ? press.data : ''
    await anna.chat.receive({ kind: 'button', data })
    await anna.chat.receive({ kind: 'button', data })
    await anna.chat.settle()
    expect(texts(anna.chat).filter((text) => text.startsWith('Closed'))).toHaveLength(1)
    expect(leyla.heard()).toEqual([expect.stringMatching(/Den 20. 11. 2026 je uzavřený[\s\S]*příchod: nepřítomen/)])
    const closed = await house.store.db.trainingSession.findUniqueOrThrow({ where: { id: today.id } })
    house.fake.forward(60_000)
    const second = house.store.transaction(async (tx) => closeDay(house, tx, anna.staff, await findDay(tx, today.id)))
    await expect(second).rejects.toMatchObject({ code: 'closedAlready', values: { time: '17:00' } })
    expect(await house.store.db.trainingSession.findUniqueOrThrow({ where: { id: today.id } })).toEqual(closed)
    expect(leyla.heard()).toEqual([])

    // Nobody corrected anything: what she objects to is the closing itself
    await leyla.presses('Tak to nebylo')
    await leyla.writes('Seděla jsem vzadu')
    expect(texts(anna.chat)).toEqual([expect.stringMatching(/^Leyla says that something is not right on 20 Nov 2026/)])
    const [objection, ...more] = await eventsOf(house, leyla.enrolmentId)
    expect(more).toEqual([])
    expect(objection).toMatchObject({ kind: 'objection', sessionId: today.id, becomes: null, byId: null })
    expect(leyla.drawer.openText('attendance_event.why', objection?.why ?? new Uint8Array())).toBe('Seděla jsem vzadu')
    expect((await standings(today.id)).Leyla).toEqual(['absent', 'absent'])
  })

  it('another trainer’s day is as if it were not there; a coordinator’s eye sees all', async () => {
    const { today } = await room()
    const other = await trainer(house)
    await other.chat.writes('/session')
    expect(texts(other.chat)).toEqual(['There is no open day of your groups now.'])
    const mark = (staff: typeof other.staff) =>
      house.store.transaction(async (tx) => markPeople(house, tx, staff, await findDay(tx, today.id), []))
    await expect(mark(other.staff)).rejects.toMatchObject({ code: 'noSession' })
    expect(await mark((await trainer(house, 'coordinator')).staff)).toBe(0)
    await expect(mark({ ...other.staff, role: 'consultant' as 'trainer' })).rejects.toMatchObject({
      code: 'notAllowed',
    })
  })
})

describe('a correction', () => {
  it('can be objected to: the trainer hears, the own event stays, a closed day is corrected with a reason only', async () => {
    const { anna, today, ivan } = await room()
    const correct = (why?: string, becomes: 'absent' | 'present' = 'absent') =>
      house.store.transaction(async (tx) =>
        markPeople(
          house,
          tx,
          anna.staff,
          await findDay(tx, today.id),
          [{ enrolmentId: ivan.enrolmentId, point: 'arrival', becomes }],
          why,
        ),
      )
    await correct()
    await ivan.settle()
    await ivan.presses('That is not right')
    await ivan.writes('I sat in the last row')
    expect(ivan.heard().at(-1)).toContain('What you did yourself stays written down.')
    expect(texts(anna.chat)).toEqual([expect.stringMatching(/^Ivan says that something is not right on 20 Nov 2026/)])
    const rows = await rosterOf(house.store, house.store.db, await findDay(house.store.db, today.id))
    expect(rows.find(({ name }) => name === 'Ivan')?.words).toMatchObject([
      { kind: 'objection', text: 'I sat in the last row' },
    ])

    await house.store.db.trainingSession.update({ where: { id: today.id }, data: { closedAt: house.fake.now() } })
    await expect(correct('', 'present')).rejects.toMatchObject({ code: 'whyNeeded' })
    expect(await correct('He sat in the last row', 'present')).toBe(1)
    const events = await eventsOf(house, ivan.enrolmentId)
    expect(events[0]).toMatchObject({ kind: 'qr', becomes: 'present' })
    expect(events.map(({ kind }) => kind)).toEqual(['qr', 'correction', 'objection', 'correction'])
    const last = events.at(-1)
    expect(last).toMatchObject({ was: 'absent', becomes: 'present', byId: anna.staff.id, at: house.fake.now() })
    expect(ivan.drawer.openText('attendance_event.why', last?.why ?? new Uint8Array())).toBe('He sat in the last row')
    const table = JSON.stringify(
      events.map(({ id, ...event }) => ({ ...event, why: Buffer.from(event.why ?? []).toString() })),
    )
    expect(table).not.toContain('last row')
  })

  it('nobody who was told nothing can object to', async () => {
    const { ours } = await room()
    const newcomer = await worker(house, ours.id)
    await newcomer.does({ kind: 'button', data: 'go:objection' })
    await newcomer.writes('hm')
    expect(newcomer.heard().at(-1)).toContain('There is nothing of the last weeks to object to.')
  })
})

it('a module made up in another city counts once the trainer there has confirmed it', async () => {
  const { programmeId, oksana, ours } = await room()
  const missed = await day(house, ours.id, { module: 5, startsAt: '2026-11-12T08:00:00Z' })
  await house.store.db.trainingSession.update({
    where: { id: missed.id },
    data: { closedAt: new Date('2026-11-12T16:00:00Z') },
  })
  const petra = await trainer(house)
  const brno = await day(house, (await group(house, programmeId, petra.staff.id)).id, { module: 5 })
  for (const time of ['08:00:00', '12:00:00']) {
    at(time)
    await oksana.writes(scan(brno.id))
    if (time === '08:00:00') await oksana.presses('Yes, here')
  }
  await house.store.db.trainingSession.update({
    where: { id: brno.id },
    data: { closedAt: new Date('2026-11-20T16:00:00Z') },
  })
  const state = async () => {
    const [mine] = await enrolmentsOf(house.store.db, oksana.personId, house.fake.now())
    return mine && (await modulesOf(house.store.db, mine)).get(5)
  }
  expect(await state()).toBe('missed')
  oksana.heard()
  for (let n = 0; n < 2; n++)
    await house.store.transaction(async (tx) =>
      welcomeGuest(house, tx, petra.staff, await findDay(tx, brno.id), oksana.enrolmentId),
    )
  await oksana.settle()
  expect(oksana.heard()).toEqual([expect.stringContaining('module 5 counts for you')])
  expect(await state()).toBe('whole')
})
