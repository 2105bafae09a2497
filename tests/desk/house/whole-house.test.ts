/** What changes of the house mean where people meet it: in their groups, and in a client's chat. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DeliveryError } from '../../../bot/conversation/channel.js'
import { claim } from '../../../bot/desk/claiming.js'
import { close } from '../../../bot/desk/handling.js'
import { complaintsFor, openComplaint } from '../../../bot/desk/house/complaints.js'
import { dismissedByHand, openDismissals } from '../../../bot/desk/house/dismissals.js'
import { forgetGroup } from '../../../bot/desk/house/groups.js'
import { disableColleague } from '../../../bot/desk/house/staff.js'
import { caseMessages } from '../../../bot/desk/reading.js'
import { type TestHouse, testHouse } from '../../house.js'
import { centre, client, colleague, group, placeOf, settle } from '../places/staffroom.js'

let house: TestHouse
let boss: Awaited<ReturnType<typeof colleague>>
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  await centre(house)
  boss = await colleague(house, 'supervisor-1')
  await group(house, house.wire, '-100')
})
afterAll(() => house.end())

const caseIn = async (name: string) => {
  const me = await client(house, name)
  const code = await me.asksForHuman('хозяин не платит три месяца')
  await settle(house)
  return { me, code }
}

it('S24 S32 after a lost device its account is a stranger’s in the group, and nothing it writes is passed on', async () => {
  const anna = await colleague(house, 'consultant-1', { centreId: 'moscow' })
  const { me, code } = await caseIn('client one')
  const topic = placeOf(house.wire, code)
  await anna.presses(house.wire, topic, 'Take it')
  await disableColleague(house, boss, anna.id)
  await settle(house)
  me.hears()
  await anna.writes(house.wire, topic, '!canary-stolen-phone')
  await settle(house)
  expect(me.hears().map(({ text }) => text)).toEqual([])
  expect(await house.store.db.case.findUnique({ where: { code } })).toMatchObject({ state: 'queued', ownerId: null })
})

it('S24 after a lost device its account is put out of the groups; where that cannot be done, who closed the access is told', async () => {
  await group(house, house.slack, 'C100')
  const berta = await colleague(house, 'consultant-2', { centreId: 'moscow' })
  const left = () => openDismissals(house.store)
  house.slack.keepIn = () => new DeliveryError('refused', 'SLACK_MAY_NOT_DISMISS')
  house.wire.keepIn = () => new DeliveryError('retry', 'TELEGRAM_AWAY')
  await disableColleague(house, boss, berta.id)
  await settle(house)
  expect(house.wire.dismissed).not.toContain('consultant-2-tg from -100')
  expect((await left()).map(({ channel, byHand }) => `${channel} ${byHand}`).sort()).toEqual([
    'slack true',
    'telegram false',
  ])
  expect(boss.told().at(-1)).toMatch(/group of the centre moscow on slack.*by hand/s)

  delete house.wire.keepIn
  house.fake.forward(60_000)
  await settle(house)
  expect(house.wire.dismissed).toContain('consultant-2-tg from -100')
  const [byHand, ...others] = await left()
  expect([byHand, others]).toMatchObject([{ alias: 'consultant-2', channel: 'slack', centreId: 'moscow' }, []])
  await dismissedByHand(house, boss, byHand?.id ?? '')
  expect(await left()).toEqual([])
  expect(await house.store.db.audit.count({ where: { action: 'group.dismiss', object: 'consultant-2' } })).toBe(1)
  await expect(dismissedByHand(house, boss, byHand?.id ?? '')).rejects.toMatchObject({ code: 'noColleague' })
})

it('S45 a client’s complaint about who has their case is kept, and told past that team', async () => {
  const carla = await colleague(house, 'consultant-3', { centreId: 'moscow' })
  const inside = await colleague(house, 'supervisor-3', { centreId: 'moscow' })
  const { me, code } = await caseIn('client four')
  await claim(house, code, carla)
  await me.writes('/complaint')
  await me.writes('canary-rude')
  await settle(house)
  const kept = await house.store.db.complaint.findFirstOrThrow({ where: { personId: me.personId } })
  expect(kept).toMatchObject({ aboutId: carla.id, caseCode: code })
  const { words } = await openComplaint(house, boss, Number(kept.id))
  expect(words).toBe('canary-rude')
  expect(boss.told().at(-1)).toMatch(/complaint has come/)
  expect(inside.told().join()).not.toMatch(/complaint/)
})

it('a forgotten group loses the places of its cases, and then the house knows nothing of it', async () => {
  const { code } = await caseIn('client two')
  const topic = placeOf(house.wire, code)
  const { id } = await house.store.db.group.findFirstOrThrow({ where: { channel: 'telegram' } })
  await forgetGroup(house, boss, id)
  await settle(house)
  expect(house.wire.places.has(topic)).toBe(false)
  expect(await house.store.db.group.count({ where: { id } })).toBe(0)
})

it('stars are counted once for each client, however often they press', async () => {
  const { me, code } = await caseIn('client three')
  await claim(house, code, boss)
  await close(house, code, boss, 'answered')
  await settle(house)
  await me.presses('★★')
  await me.does({ kind: 'button', data: `go:rate:${code}.5` })
  const counted = await house.store.db.counter.findMany({ where: { name: { startsWith: 'rated-' }, n: { not: 0 } } })
  expect(counted.map(({ name, n }) => [name, n])).toEqual([['rated-5', 1]])
})

it('S45 what a client complains of is read outside of the team alone: not by whom it is about, and not in their case', async () => {
  const vera = await colleague(house, 'consultant-7', { centreId: 'moscow' })
  const inside = await colleague(house, 'supervisor-7', { centreId: 'moscow' })
  const outside = await colleague(house, 'supervisor-8')
  const { me, code } = await caseIn('client seven')
  await claim(house, code, vera)
  await settle(house)
  await me.writes('/complaint')
  await me.writes('canary-complaint: она кричала на меня')
  await settle(house)
  const row = (await complaintsFor(house.store, outside)).find(({ caseCode }) => caseCode === code)
  expect(row).toMatchObject({ about: 'consultant-7', caseCode: code, handler: null })
  const id = row?.id ?? 0
  expect(await openComplaint(house, outside, id)).toMatchObject({ words: 'canary-complaint: она кричала на меня' })
  const told = house.mind.words.say('en', 'rooms:tell.complaint')
  expect(outside.told()).toContain(told)

  expect((await complaintsFor(house.store, inside)).filter(({ caseCode }) => caseCode === code)).toEqual([])
  await expect(openComplaint(house, inside, id)).rejects.toMatchObject({ code: 'noComplaint' })
  await expect(openComplaint(house, vera, id)).rejects.toMatchObject({ code: 'notAllowed' })
  expect([...inside.told(), ...vera.told()]).not.toContain(told)
  const { id: caseId } = await house.store.db.case.findUniqueOrThrow({ where: { code } })
  const read = [
    ...(await caseMessages(house.store, caseId)).map(({ text }) => text),
    ...[...house.wire.places.keys()].flatMap((place) => house.wire.sent(place).map(({ text }) => text)),
  ]
  expect(read.length).toBeGreaterThan(0)
  expect(read.filter((text) => text?.includes('canary-complaint'))).toEqual([])
})
