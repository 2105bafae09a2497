/** Who may make a module up with another group: whoever lacks it, whichever way they came to lack it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { dutiesOf } from '../../../bot/programme/duties/read.js'
import { move } from '../../../bot/programme/people/enrolments.js'
import { type TestHouse, testHouse } from '../../house.js'
import { day, eventsOf, group, programme, trainer, worker } from './room.js'

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.end())

const OFFER = 'You have not done all of this module yet.'
const NOT_YOURS = 'you are not in that group'

const at = (time: string) => house.fake.set(new Date(`2026-11-20T${time}Z`))
const scan = (session: string) => `/start ${tokenOf(house.store.vault.hash, session, stepAt(house.fake.now()))}`

/** Prague had module 2 ten days ago, Brno has it today; Oksana is in Prague, and it is five minutes to nine. */
async function world({ closed = true } = {}) {
  at('07:55:00')
  const { id: programmeId } = await programme(house)
  const prague = await group(house, programmeId)
  const brno = await group(house, programmeId)
  const held = await day(house, prague.id, { module: 2, startsAt: '2026-11-10T08:00:00Z' })
  if (closed) await close(held.id, '2026-11-10T16:00:00Z')
  const today = await day(house, brno.id, { module: 2 })
  return { programmeId, prague, brno, held, today, oksana: await worker(house, prague.id, 'Oksana') }
}

const close = (id: string, time: string) =>
  house.store.db.trainingSession.update({ where: { id }, data: { closedAt: new Date(time) } })

/** To a group whose own day of module 2 was before, or is not planned at all. */
async function moves(who: { enrolmentId: string; personId: string }, programmeId: string) {
  const to = await group(house, programmeId)
  const { staff } = await trainer(house, 'coordinator')
  await move(house, staff, who.enrolmentId, { to: to.id, on: new Date('2026-11-15') })
  const { id: enrolmentId } = await house.store.db.enrolment.findFirstOrThrow({
    where: { personId: who.personId, groupId: to.id },
  })
  return { to, enrolmentId }
}

/** What `/duties` says of module 2, and on which day it is made up. */
async function duty(programmeId: string, personId: string) {
  const { people } = await dutiesOf(house.store.db, house.store.vault, { programmeId, personId }, house.fake.now())
  const [own] = people
  return { state: own?.modules.find(({ module }) => module === 2)?.state, on: own?.coming.get(2)?.id }
}

const wasThere = async (sessionId: string, enrolmentId: string, ...points: string[]) => {
  for (const point of points)
    await house.store.db.attendanceEvent.create({
      data: { sessionId, enrolmentId, kind: 'trainer', point, becomes: 'present', at: house.fake.now() },
    })
}

describe('a module of another group', () => {
  it('is offered to whoever missed it in the group that they were in before', async () => {
    const { programmeId, oksana, today } = await world()
    const moved = await moves(oksana, programmeId)
    expect(await duty(programmeId, oksana.personId)).toEqual({ state: 'missed', on: today.id })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(OFFER)
    await oksana.presses('Yes, here')
    expect(oksana.heard()[0]).toContain('You are checked in ✓ 8:55')
    expect((await eventsOf(house, moved.enrolmentId)).map(({ kind }) => kind)).toEqual(['offered', 'code'])
  })

  it('is not offered to whoever had it there', async () => {
    const { programmeId, oksana, today, held } = await world()
    await wasThere(held.id, oksana.enrolmentId, 'arrival', 'lunch')
    await moves(oksana, programmeId)
    expect(await duty(programmeId, oksana.personId)).toEqual({ state: 'attended', on: undefined })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(NOT_YOURS)
  })

  it('is offered to whoever joined after their group had had it', async () => {
    const { programmeId, oksana, today } = await world()
    await house.store.db.enrolment.update({
      where: { id: oksana.enrolmentId },
      data: { joinedOn: new Date('2026-11-15') },
    })
    expect(await duty(programmeId, oksana.personId)).toEqual({ state: 'ahead', on: today.id })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(OFFER)
  })

  it('is not offered to whoever has a day of their own to come, in the new group too', async () => {
    const { programmeId, oksana, today } = await world()
    const { to } = await moves(oksana, programmeId)
    const ahead = await day(house, to.id, { module: 2, startsAt: '2026-12-10T08:00:00Z' })
    expect(await duty(programmeId, oksana.personId)).toEqual({ state: 'missed', on: ahead.id })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(NOT_YOURS)
    await house.store.db.trainingSession.delete({ where: { id: ahead.id } })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(OFFER)
  })

  it('is as far done as it stands when the trainer has not closed the own day yet', async () => {
    const { oksana, today, held } = await world({ closed: false })
    await wasThere(held.id, oksana.enrolmentId, 'arrival', 'lunch')
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(NOT_YOURS)
    await house.store.db.attendanceEvent.deleteMany({ where: { enrolmentId: oksana.enrolmentId, point: 'lunch' } })
    await oksana.writes(scan(today.id))
    expect(oksana.heard()[0]).toContain(OFFER)
  })
})
