import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimNext } from '../../bot/desk/claiming.js'
import { type TestHouse, testHouse } from '../house.js'
import { embeddedDatabase, SERVED, servedDatabase } from '../store/databases.js'
import { centre } from './places/staffroom.js'

const CONSULTANTS = 20
const CASES = 200

const DATABASES = [
  { name: 'on the embedded database', database: embeddedDatabase },
  { name: 'on PostgreSQL', database: servedDatabase },
].filter(({ database }) => (database === servedDatabase) === SERVED)

// Where a server answers there are many connections, and so a real race
describe.each(DATABASES)('twenty consultants and two hundred cases, $name', ({ database }) => {
  let house: TestHouse
  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z', database })
    await centre(house)
  })
  afterAll(() => house.end())

  it('each case is claimed once, and the urgent ones first', { timeout: 120_000 }, async () => {
    const { db, vault } = house.store
    const staff = await Promise.all(
      Array.from({ length: CONSULTANTS }, (_, nth) =>
        db.staff.create({
          data: { alias: `consultant-${nth + 1}`, centreId: 'moscow', languages: ['ru'], capacity: CASES },
        }),
      ),
    )
    for (let nth = 0; nth < CASES; nth++) {
      const person = await db.person.create({ data: {} })
      await db.person.update({ where: { id: person.id }, data: { wrappedKey: vault.newKey(person.id) } })
      const drawer = vault.drawer(
        person.id,
        (await db.person.findUniqueOrThrow({ where: { id: person.id } })).wrappedKey ?? new Uint8Array(),
      )
      const address = await db.address.create({
        data: {
          personId: person.id,
          channel: 'telegram',
          hash: vault.hash('address', 'telegram', `race ${nth}`),
          sealed: drawer.seal('address.sealed', `race ${nth}`),
        },
      })
      const conversation = await db.conversation.create({
        data: { personId: person.id, addressId: address.id, owner: 'queue' },
      })
      await db.case.create({
        data: {
          code: `R${nth}`,
          personId: person.id,
          conversationId: conversation.id,
          language: 'ru',
          centreId: 'moscow',
          urgency: nth % 10 === 0 ? 'urgent' : 'normal',
          openedAt: house.fake.now(),
          waitingSince: new Date(house.fake.now().getTime() + nth),
        },
      })
    }
    const taken: string[] = []
    await Promise.all(
      staff.map(async ({ id, alias, role }) => {
        for (;;) {
          const code = await claimNext(house, { id, alias, role })
          if (!code) return
          taken.push(code)
        }
      }),
    )
    expect(new Set(taken).size).toBe(taken.length)
    const left = await db.case.count({ where: { ownerId: null } })
    expect(taken.length + left).toBe(CASES)
    expect(left).toBe(0)
    const owned = await db.case.groupBy({ by: ['ownerId'], _count: true })
    expect(owned.reduce((sum, { _count }) => sum + _count, 0)).toBe(CASES)
  })
})
