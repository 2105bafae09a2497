/** A programme with groups, workers who have chats, and trainers, on a whole house. */
import { connectAccount, newPairing } from '../../../bot/desk/pairing.js'
import { person, type TestHouse } from '../../house.js'

let n = 0

export async function programme(house: TestHouse, rules: object = {}) {
  return house.store.db.programme.create({
    data: {
      name: `Programme ${++n}`,
      startsOn: new Date('2026-01-01'),
      endsOn: new Date('2027-12-31'),
      rules,
    },
  })
}

/** A colleague with a chat of their own. */
export async function trainer(house: TestHouse, role: 'trainer' | 'coordinator' = 'trainer') {
  const row = await house.store.db.staff.create({ data: { alias: `${role}-${++n}`, role, language: 'en' } })
  const staff = { id: row.id, alias: row.alias, role }
  const chat = person(house, `${role}-${n}`)
  await chat.receive({ kind: 'text', text: 'hello' })
  const code = await newPairing(house.store, staff, { staffId: row.id }, house.fake.now())
  const personId = await personOf(house, chat.address)
  await house.store.transaction((tx) => connectAccount(house.store, tx, personId, code, house.fake.now()))
  await forgetTalk(house, personId)
  chat.hears()
  return { staff, chat }
}

export async function group(house: TestHouse, programmeId: string, trainerId?: string, name = `Group ${++n}`) {
  return house.store.db.programmeGroup.create({
    data: { programmeId, name, timeZone: 'Europe/Prague', ...(trainerId ? { trainerId } : {}) },
  })
}

/** Nine to five in winter, unless told otherwise. */
export async function day(house: TestHouse, groupId: string, data: { module?: number; startsAt?: string } = {}) {
  const startsAt = new Date(data.startsAt ?? '2026-11-20T08:00:00Z')
  return house.store.db.trainingSession.create({
    data: { groupId, module: data.module ?? 1, startsAt, endsAt: new Date(startsAt.getTime() + 8 * 3_600_000) },
  })
}

const personOf = async (house: TestHouse, address: string): Promise<string> => {
  const { store, wire } = house
  const hash = store.vault.hash('address', wire.name, address)
  return (await store.db.address.findFirstOrThrow({ where: { hash } })).personId
}

/** Their talk as somebody unknown is over. */
async function forgetTalk({ store }: TestHouse, personId: string): Promise<void> {
  await store.db.conversation.updateMany({ where: { personId }, data: { state: null, flow: null, version: null } })
  await store.db.message.deleteMany({ where: { conversation: { personId } } })
}

/** A worker of this group with a chat. */
export async function worker(house: TestHouse, groupId: string, name = `Worker ${++n}`, language = 'en') {
  const { store } = house
  const chat = person(house, `worker-${++n}`)
  await chat.receive({ kind: 'text', text: 'hello' })
  const personId = await personOf(house, chat.address)
  await forgetTalk(house, personId)
  const { wrappedKey } = await store.db.person.update({ where: { id: personId }, data: { role: 'worker', language } })
  const drawer = store.vault.drawer(personId, wrappedKey ?? new Uint8Array())
  const enrolment = await store.db.enrolment.create({
    data: { personId, groupId, name: drawer.seal('enrolment.name', name), joinedOn: new Date('2026-01-01') },
  })
  chat.hears()
  const heard = () => chat.hears().map(({ text }) => text)
  return { ...chat, chat, personId, enrolmentId: enrolment.id, name, drawer, heard }
}

export const eventsOf = (house: TestHouse, enrolmentId: string) =>
  house.store.db.attendanceEvent.findMany({ where: { enrolmentId }, orderBy: { id: 'asc' } })
