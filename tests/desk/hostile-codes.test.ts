/** Codes that somebody guesses, and buttons that were made for somebody else: each opens nothing, and is answered clearly (S36). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPairing, PAIRING_BITS, PAIRING_MINUTES } from '../../bot/desk/pairing.js'
import { TRIES_PER_HOUR } from '../../bot/desk/pairing-guesses.js'
import { atAsk, inQueue, rowsOf, stranger } from '../conversation/stories.js'
import { type person, type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, group, placeOf, settle } from './places/staffroom.js'

let house: TestHouse
let vera: Awaited<ReturnType<typeof colleague>>
beforeAll(async () => {
  house = await testHouse()
  await centre(house)
  vera = await colleague(house, 'consultant-1')
  await group(house, house.wire, '-100')
})
afterAll(() => house.end())

const say = (key: string) => house.mind.words.say('ru', key)
const roleOf = async (address: string) => (await rowsOf(house, address)).person.role
const ownCode = () => newPairing(house.store, vera, { staffId: vera.id }, house.fake.now())

describe('a code that ties an account to a colleague', () => {
  it('S36 has so many bits, opens once, and not for long', async () => {
    expect(PAIRING_BITS).toBe(38)
    // Ten thousand accounts with all their tries while one code is open
    expect((10_000 * TRIES_PER_HOUR) / 2 ** PAIRING_BITS).toBeLessThan(1e-6)
    const [first, second] = [await atAsk(house), await atAsk(house)]
    const code = await ownCode()
    await first.writes(`/connect ${code}`)
    expect(await roleOf(first.address)).toBe('staff')
    await second.writes(`/connect ${code}`)
    expect(second.hears().map(({ text }) => text)).toContain(say('connect:wrong'))
    expect(await roleOf(second.address)).toBe('client')
    const late = await ownCode()
    house.fake.forward(PAIRING_MINUTES * 60_000)
    await second.writes(`/connect ${late}`)
    expect(second.hears().map(({ text }) => text)).toContain(say('connect:wrong'))
  })

  it('S36 is slowed after a few wrong ones, whichever way they are tried: then the right one opens nothing either', async () => {
    const thief = await atAsk(house)
    const tries = [
      '/connect AAAA-AAA2',
      'connect AAAA-AAA3',
      '/start connect_AAAAAAA4',
      '/connect AAAA AAA6',
      '/connect x',
    ]
    expect(tries).toHaveLength(TRIES_PER_HOUR)
    for (const each of tries) {
      await thief.writes(each)
      expect(thief.hears().map(({ text }) => text)).toContain(say('connect:wrong'))
    }
    await thief.writes(`/connect ${await ownCode()}`)
    const heard = thief.hears().map(({ text }) => text)
    expect(heard).toContain(say('connect:slower'))
    expect(heard).not.toContain(say('connect:wrong'))
    expect(await roleOf(thief.address)).toBe('client')
    // Nobody else is held up, and neither is the one who was only mistaken, an hour later
    const honest = await atAsk(house)
    await honest.writes(`/connect ${await ownCode()}`)
    expect(await roleOf(honest.address)).toBe('staff')
    house.fake.forward(3_600_001)
    await thief.writes('/connect AAAA-AAA7')
    expect(thief.hears().map(({ text }) => text)).toContain(say('connect:wrong'))
  })

  it('S36 is slowed for somebody in the midst of a talk with a human, too, and the talk stays', async () => {
    const anna = await inQueue(house)
    for (let n = 0; n <= TRIES_PER_HOUR; n++) await anna.writes(`/connect AAAA-AAA${n}`)
    expect(anna.hears().map(({ text }) => text)).toContain(say('connect:slower'))
    expect((await rowsOf(house, anna.address)).conversation.owner).toBe('queue')
  })
})

describe('a button that was made for somebody else', () => {
  const presses = async (me: ReturnType<typeof person>, data: string) => {
    await me.does({ kind: 'button', data })
    return me.hears().map(({ text }) => text)
  }

  it('S31 with another client’s case code rates nothing and shares nothing', async () => {
    const anna = await client(house, 'anna')
    const code = await anna.asksForHuman()
    await settle(house)
    const mallory = await client(house, 'mallory')
    const before = await house.store.db.case.findUniqueOrThrow({ where: { code } })
    await presses(mallory, `go:rate:${code}.1`)
    await presses(mallory, 'go:share:yes')
    expect(await house.store.db.case.findUniqueOrThrow({ where: { code } })).toEqual(before)
    await vera.presses(house.wire, placeOf(house.wire, code), 'Take it')
    await house.store.db.case.update({ where: { code }, data: { state: 'closed' } })
    const closed = await house.store.db.case.findUniqueOrThrow({ where: { code } })
    for (const data of [
      `go:rate:${code}.1`,
      `go:rate:${code.toLowerCase()}.1`,
      `go:rate:${code}.9`,
      `go:rate:${code}`,
      'go:rate:%.1',
    ])
      expect(await presses(mallory, data)).not.toContain(say('rate:thanks'))
    expect(await house.store.db.case.findUniqueOrThrow({ where: { code } })).toEqual(closed)
    expect(await house.store.db.consent.count({ where: { personId: mallory.personId, kind: 'sharing' } })).toBe(0)
    // Their own they may
    expect(await presses(anna, `go:rate:${code}.5`)).toContain(say('rate:thanks'))
    expect((await house.store.db.case.findUniqueOrThrow({ where: { code } })).rating).toBe(5)
  })

  it('S31 of the staff does nothing in a client’s chat, and is answered as an old button', async () => {
    const anna = await client(house, 'anna again')
    const code = await anna.asksForHuman()
    await settle(house)
    const mallory = await client(house, 'mallory again')
    const before = await house.store.db.case.findUniqueOrThrow({ where: { code } })
    for (const data of [
      'd:claim',
      'd:next',
      'd:close:resolved:online',
      'd:offer:accept',
      `d:to:${vera.id}`,
      'go:duty',
      'go:desk',
      'to:duty:next',
      'to:hotline:nowhere',
      'a:zz:next',
      'a:1:~99',
      `${'x'.repeat(5000)}`,
    ]) {
      await mallory.does({ kind: 'button', data })
      expect(mallory.hears().length, data.slice(0, 40)).toBeGreaterThan(0)
    }
    expect(await house.store.db.case.findUniqueOrThrow({ where: { code } })).toEqual(before)
    expect(await house.store.db.case.count({ where: { personId: mallory.personId } })).toBe(0)
    expect(house.logged()).not.toContain('a fault of ours')
  })

  it('S31 of another’s question answers only one’s own, for whoever was never here as well', async () => {
    const [anna, boris] = [stranger(house), stranger(house)]
    await anna.writes('/start')
    const data = house.wire
      .sent(anna.address)
      .flatMap(({ buttons }) => buttons?.flat() ?? [])
      .flatMap((button) => ('data' in button ? [button.data] : []))
    expect(data.length).toBeGreaterThan(3)
    const before = await rowsOf(house, anna.address)
    for (const each of data) await boris.does({ kind: 'button', data: each })
    const after = await rowsOf(house, anna.address)
    expect(after.conversation.revision).toBe(before.conversation.revision)
    expect(after.person).toEqual(before.person)
    expect(boris.hears().length).toBeGreaterThan(0)
  })
})
