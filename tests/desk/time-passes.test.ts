import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OFFICE_HOURS } from '../../bot/desk/centres.js'
import { claim } from '../../bot/desk/claiming.js'
import { release } from '../../bot/desk/handling.js'
import { reply } from '../../bot/desk/replies.js'
import { type TestHouse, testHouse } from '../house.js'
import { centre, client, colleague, settle } from './places/staffroom.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('while time passes', () => {
  let house: TestHouse
  let anna: Awaited<ReturnType<typeof colleague>>
  let boris: Awaited<ReturnType<typeof colleague>>
  let vera: Awaited<ReturnType<typeof colleague>>
  let n = 0

  beforeAll(async () => {
    // A Friday, three in the afternoon in Moscow
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
    await centre(house, 'moscow', { hours: OFFICE_HOURS })
    anna = await colleague(house, 'consultant-1', { centreId: 'moscow', onCall: true })
    boris = await colleague(house, 'consultant-2', { centreId: 'moscow', onCall: true })
    vera = await colleague(house, 'supervisor-1', { centreId: 'moscow' })
  })
  afterAll(() => house.end())

  const meet = async () => client(house, `client ${++n}`)
  const pass = async (ms: number) => {
    house.fake.forward(ms)
    await settle(house)
  }
  const heard = (who: typeof anna, code: string, words: string) =>
    who.told().filter((text) => text.includes(code) && text.includes(words))

  it('S38 S39 an urgent case calls the first on call at once, then the next, then the supervisor, and then tells the client honestly', async () => {
    house.fake.set(new Date('2026-11-20T12:00:00Z'))
    const me = await meet()
    await me.writes('меня бьёт муж, помогите')
    await settle(house)
    const { code } = await house.store.db.case.findFirstOrThrow({ where: { personId: me.personId } })
    me.hears()
    const urgent = 'An urgent case waits'
    const first = [anna, boris].filter((who) => heard(who, code, urgent).length > 0)
    expect(first).toHaveLength(1)
    await pass(5 * MINUTE)
    expect([anna, boris].filter((who) => heard(who, code, urgent).length > 0)).toHaveLength(2)
    expect(heard(vera, code, urgent)).toHaveLength(0)
    await pass(5 * MINUTE)
    expect(heard(vera, code, urgent)).toHaveLength(1)
    expect(me.hears()).toEqual([])
    await pass(5 * MINUTE)
    expect(me.hears().map(({ text }) => text.split('\n')[0])).toEqual(['Мы всё ещё ищем, кто сможет вам ответить.'])
    await pass(HOUR)
    expect(me.hears()).toEqual([])
    expect(heard(vera, code, urgent)).toHaveLength(1)
    await claim(house, code, anna)
    await release(house, code, anna)
    await settle(house)
    expect([...heard(anna, code, urgent), ...heard(boris, code, urgent)].length).toBeGreaterThanOrEqual(3)
  })

  it('S39 makes up for an hour in which nothing ran: all are called, the client is told once', async () => {
    house.fake.set(new Date('2026-11-20T12:00:00Z'))
    const me = await meet()
    await me.receive({ kind: 'text', text: 'меня бьёт муж, помогите' })
    house.fake.forward(HOUR)
    await settle(house)
    const { code } = await house.store.db.case.findFirstOrThrow({ where: { personId: me.personId } })
    for (const who of [anna, boris, vera]) expect(heard(who, code, 'An urgent case waits')).toHaveLength(1)
    expect(me.hears().filter(({ text }) => text.startsWith('Мы всё ещё ищем'))).toHaveLength(1)
  })

  it('after hours tells the client when somebody is there again, in the client’s own time', async () => {
    house.fake.set(new Date('2026-11-20T19:05:00Z'))
    const me = await meet()
    await me.writes('/human')
    expect(me.hears().at(-1)?.text).toContain('Мы вернёмся 23.11.2026 в 09:00')
    house.fake.set(new Date('2026-11-22T17:05:00Z'))
    const other = await client(house, `client ${++n}`, { country: 'KZ', city: 'Moscow' })
    await other.writes('/human')
    expect(other.hears().at(-1)?.text).toContain('завтра в 11:00')
  })

  it('counts only working time for an ordinary question: asked on Friday evening, it is late on Monday at one', async () => {
    house.fake.set(new Date('2026-11-20T15:30:00Z'))
    const me = await meet()
    const code = await me.asksForHuman()
    await settle(house)
    const found = await house.store.db.case.findUniqueOrThrow({ where: { code } })
    expect(found.dueAt?.toISOString()).toBe('2026-11-23T10:00:00.000Z')
    house.fake.set(new Date('2026-11-23T09:30:00Z'))
    await settle(house)
    expect(
      [...heard(anna, code, 'should be answered within'), ...heard(boris, code, 'should be answered within')].length,
    ).toBeGreaterThan(0)
    expect(me.hears()).toEqual([])
    house.fake.set(new Date('2026-11-23T10:00:01Z'))
    await settle(house)
    expect(heard(vera, code, 'has waited longer than promised')).toHaveLength(1)
    expect(me.hears().map(({ text }) => text.split('\n')[0])).toEqual([`О вашем вопросе ${code} мы помним.`])
    await claim(house, code, anna)
    await reply(house, code, anna, { text: 'Здравствуйте', requestId: '0'.repeat(32) })
    await settle(house)
    expect(await house.store.db.case.findUniqueOrThrow({ where: { code } })).toMatchObject({
      goal: null,
      dueAt: null,
      breachedAt: null,
    })
  })

  it('when the centre opens, says once how many wait', async () => {
    house.fake.set(new Date('2026-11-24T05:59:00Z'))
    await settle(house)
    const before = anna.told().length
    house.fake.set(new Date('2026-11-24T06:00:30Z'))
    await settle(house)
    await pass(MINUTE)
    expect(
      anna
        .told()
        .slice(before)
        .filter((text) => text.startsWith('Good morning. Waiting for you:')),
    ).toHaveLength(1)
  })
})
