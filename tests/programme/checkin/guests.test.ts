/** The trainer writes down somebody of another group who came without a phone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDay } from '../../../bot/programme/checkin/close.js'
import { stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { markPeople } from '../../../bot/programme/checkin/correct.js'
import { findDay } from '../../../bot/programme/checkin/days.js'
import { addGuest, type Guest } from '../../../bot/programme/checkin/guests.js'
import { rosterOf } from '../../../bot/programme/checkin/roster.js'
import { dutiesOf } from '../../../bot/programme/duties/read.js'
import { type TestHouse, testHouse } from '../../house.js'
import { day, eventsOf, group, programme, trainer, worker } from './room.js'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.end())

const at = (time: string) => house.fake.set(new Date(`2026-11-20T${time}Z`))
const scan = (session: string) => `/start ${tokenOf(house.store.vault.hash, session, stepAt(house.fake.now()))}`
const roster = async (session: string) => rosterOf(house.store, house.store.db, await findDay(house.store.db, session))

/** Anna has a day of module 2 with Brno; Oksana is in Prague. */
async function world() {
  at('08:05:00')
  const { id: programmeId } = await programme(house)
  const anna = await trainer(house)
  const prague = await group(house, programmeId)
  const brno = await group(house, programmeId, anna.staff.id, 'Brno')
  const today = await day(house, brno.id, { module: 2 })
  const oksana = await worker(house, prague.id, 'Oksana Ткач')
  const local = await worker(house, brno.id, 'Ivan')
  const add = (name: string, more: Partial<Guest> = {}, staff = anna.staff) =>
    house.store.transaction(async (tx) =>
      addGuest(house, tx, staff, await findDay(tx, today.id), { name, point: 'arrival', why: '', ...more }),
    )
  return { programmeId, anna, prague, brno, today, oksana, local, add }
}

const refused = (code: string) => expect.objectContaining({ code })

describe('a guest without a phone', () => {
  it('is written down by the trainer and told; at the end of the day the module is made up', async () => {
    const { programmeId, anna, today, oksana, add } = await world()
    await add('oksana  ткач', { why: 'her phone is broken' })
    await oksana.settle()
    expect(oksana.heard()).toEqual([
      'The trainer of Brno has written down that you were with them on 20 Nov 2026: module 2 counts for you.\n\narrival: here\n\nIf that is not how it was, press the button.',
    ])
    const events = await eventsOf(house, oksana.enrolmentId)
    expect(events).toMatchObject([
      { kind: 'guest', point: null, byId: anna.staff.id },
      { kind: 'trainer', point: 'arrival', was: null, becomes: 'present', byId: anna.staff.id },
    ])
    expect(oksana.drawer.openText('attendance_event.why', events[1]?.why ?? new Uint8Array())).toBe(
      'her phone is broken',
    )

    at('16:00:00')
    await house.store.transaction(async (tx) => {
      const open = await findDay(tx, today.id)
      const lunch = { enrolmentId: oksana.enrolmentId, point: 'lunch', becomes: 'present' } as const
      await markPeople(house, tx, anna.staff, open, [lunch])
      await closeDay(house, tx, anna.staff, open)
    })
    const whose = { programmeId, personId: oksana.personId }
    const { people } = await dutiesOf(house.store.db, house.store.vault, whose, house.fake.now())
    expect(people[0]?.modules[1]).toEqual({ module: 2, state: 'madeUp', share: 1 })
  })

  it('may object, and the trainer hears of it', async () => {
    const { anna, today, oksana, add } = await world()
    await add(oksana.name)
    await oksana.settle()
    oksana.heard()
    await oksana.presses('That is not right')
    await oksana.writes('I was at home')
    expect(anna.chat.hears().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^Oksana Ткач says that something is not right on 20 Nov 2026 \(Brno\)/),
    ])
    const row = (await roster(today.id)).find(({ guest }) => guest)
    expect(row?.words).toMatchObject([{ kind: 'objection', text: 'I was at home' }])
  })

  it('who finds a phone later checks in like everybody, without being asked', async () => {
    const { today, oksana, add } = await world()
    await add(oksana.name)
    await oksana.settle()
    oksana.heard()
    at('11:40:00')
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 12:40, after lunch')
    expect((await eventsOf(house, oksana.enrolmentId)).map(({ kind }) => kind)).toEqual(['guest', 'trainer', 'code'])
  })

  it('is one person of the programme who was there on that day, by the whole name', async () => {
    const { prague, oksana, add } = await world()
    const elsewhere = await group(house, (await programme(house)).id)
    await worker(house, elsewhere.id, 'Somebody Else')
    const gone = await worker(house, prague.id, 'Long Gone')
    await house.store.db.enrolment.update({ where: { id: gone.enrolmentId }, data: { leftOn: new Date('2026-11-19') } })
    for (const name of ['', 'Oksana', 'Somebody Else', 'Long Gone'])
      await expect(add(name), name).rejects.toEqual(refused('nobodyCalledSo'))
    await worker(house, prague.id, oksana.name)
    await expect(add(oksana.name)).rejects.toEqual(refused('twoCalledSo'))
    expect(await eventsOf(house, oksana.enrolmentId)).toEqual([])
  })

  it('is left as they are when they stand on the list: their own events are nobody’s to write over', async () => {
    const { today, oksana, local, add } = await world()
    await expect(add(local.name)).rejects.toEqual(refused('onTheList'))
    await oksana.writes(scan(today.id))
    await oksana.presses('Yes, here')
    const before = await eventsOf(house, oksana.enrolmentId)
    expect(before.map(({ kind }) => kind)).toEqual(['offered', 'code'])
    await expect(add(oksana.name)).rejects.toEqual(refused('onTheList'))
    expect(await eventsOf(house, oksana.enrolmentId)).toEqual(before)
  })

  it('is the trainer’s of that day alone to add, after the closing with a reason', async () => {
    const { today, oksana, add } = await world()
    const other = await trainer(house)
    await expect(add(oksana.name, {}, other.staff)).rejects.toEqual(refused('noSession'))
    await house.store.db.trainingSession.update({ where: { id: today.id }, data: { closedAt: house.fake.now() } })
    await expect(add(oksana.name, { why: ' ' })).rejects.toEqual(refused('whyNeeded'))
    await add(oksana.name, { why: 'was forgotten' }, (await trainer(house, 'coordinator')).staff)
    await oksana.settle()
    expect(oksana.heard()).toHaveLength(1)
    const mark = (await roster(today.id)).find(({ guest }) => guest)?.standings[0]?.standing.mark
    expect(mark).toBe('present')
  })

  it('is added once by two who do it at the same time', async () => {
    const { oksana, add } = await world()
    const both = await Promise.allSettled([add(oksana.name), add(oksana.name)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await eventsOf(house, oksana.enrolmentId)).map(({ kind }) => kind)).toEqual(['guest', 'trainer'])
  })
})
