/** Erasing while a consultant is at work: both hear of it, and all of it is over within a minute, on every messenger (S15, S16). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DeliveryError } from '../../bot/conversation/channel.js'
import { claim } from '../../bot/desk/claiming.js'
import { reply } from '../../bot/desk/replies.js'
import { type TestChannel, type TestHouse, testHouse } from '../house.js'
import { everything, shapesOf } from '../people/everything.js'
import { centre, client, colleague, group, placeOf, settle } from './places/staffroom.js'

const SECOND = 1000
const CANARY = 'канарейка-синяя'

let house: TestHouse
let anna: Awaited<ReturnType<typeof colleague>>
const say = (language: 'ru' | 'en', key: string, values?: Record<string, string>) =>
  house.mind.words.say(language, key, values)

beforeAll(async () => {
  house = await testHouse()
  await centre(house)
  anna = await colleague(house, 'consultant-1', { centreId: 'moscow' })
  await group(house, house.wire, '-100')
  await group(house, house.slack, 'C1')
})
afterAll(() => house.end())

/** What the workers do in one go. */
async function pass(): Promise<void> {
  for (const worker of house.conversation.workers) await worker.drain()
}

/** Every take-away fails as often as this, as on a bad line or when the messenger asks us to slow down. */
function failing(channel: TestChannel, times: number): () => void {
  const { remove, rooms } = channel
  const left = new Map<string, number>()
  const mayFail = (what: string) => {
    const n = left.get(what) ?? times
    left.set(what, n - 1)
    if (n > 0)
      throw n % 2 ? new Error('the line is slow') : new DeliveryError('retry', 'HTTP_429', { retryAfterMs: 3 * SECOND })
  }
  channel.remove = async (address, key) => {
    mayFail(key)
    await remove?.(address, key)
  }
  const removePlace = rooms?.remove
  if (rooms)
    rooms.remove = async (address, keys) => {
      mayFail(address)
      await removePlace?.(address, keys)
    }
  return () => {
    channel.remove = remove ?? (async () => undefined)
    if (rooms && removePlace) rooms.remove = removePlace
  }
}

it.each(['telegram', 'slack'] as const)(
  'S16 a client on %s is warned before, the consultant hears it at once, and a minute later nothing is left',
  async (name) => {
    const own = name === 'telegram' ? house.wire : house.slack
    const me = await client({ ...house, wire: own }, `client on ${name}`)
    const code = await me.asksForHuman(`${CANARY} вопрос`)
    await me.writes(`${CANARY} ещё`)
    await settle(house)
    await claim(house, code, anna)
    await reply(house, code, anna, { text: `${CANARY} ответ`, requestId: crypto.randomUUID() })
    await settle(house)
    await me.settle()
    const places = [placeOf(house.wire, code), placeOf(house.slack, code)]
    const shown = own.sent(me.address).map(({ id }) => `out-${id}`)
    me.hears()
    const told = anna.told().length

    await me.writes('/erase')
    expect(me.hears().map(({ text }) => text)).toEqual([say('ru', 'erase:sureAtWork')])
    // The consultant's next words wait for their turn when "yes" comes, and nothing can be taken away at once
    const mended = [failing(house.wire, 3), failing(house.slack, 3)]
    await reply(house, code, anna, { text: `${CANARY} не успело`, requestId: crypto.randomUUID() })
    const yes = own
      .sent(me.address)
      .at(-1)
      ?.buttons?.flat()
      .find(({ label }) => label === say('ru', 'common:yes'))
    const began = house.fake.now().getTime()
    await me.receive({ kind: 'button', data: yes && 'data' in yes ? yes.data : '' })
    const all = await everything(house)
    for (const shape of shapesOf(CANARY)) expect(all.includes(shape)).toBe(false)

    let heardAt: number | undefined
    while (house.fake.now().getTime() - began < 55 * SECOND) {
      await pass()
      if (anna.told().length > told) heardAt ??= house.fake.now().getTime() - began
      house.fake.forward(5 * SECOND)
    }
    for (const mend of mended) mend()
    expect(me.hears().map(({ text }) => text)).toEqual([say('ru', 'privacy:erased')])
    expect(anna.told().slice(told)).toEqual([say('en', 'rooms:tell.erased', { code })])
    expect(heardAt).toBeLessThan(2 * SECOND)
    expect(house.slack.sent(anna.account.slack).map(({ text }) => text)).toContain(
      say('en', 'rooms:tell.erased', { code }),
    )
    expect(own.sent(me.address).some(({ text }) => text.includes('не успело'))).toBe(false)
    for (const key of shown) expect(own.removed).toContain(key)
    expect([house.wire.places.has(places[0] ?? ''), house.slack.places.has(places[1] ?? '')]).toEqual([false, false])
    expect(await house.store.db.case.count()).toBe(0)
    expect(await house.store.db.place.count()).toBe(0)
    expect(await house.store.db.removal.count()).toBe(0)
    // Whoever still writes in an old window is told that the case is not there
    await expect(reply(house, code, anna, { text: 'Вы здесь?', requestId: crypto.randomUUID() })).rejects.toThrow(
      'noCase',
    )
  },
)

it('S16 what a messenger does not take away within the minute holds nothing else up', async () => {
  const me = await client(house, 'client on a bad line')
  const code = await me.asksForHuman(`${CANARY} вопрос`)
  await claim(house, code, anna)
  await settle(house)
  const mend = failing(house.wire, 1000)
  await me.writes('/erase')
  await me.presses(say('ru', 'common:yes'))
  expect(me.hears().at(-1)?.text).toBe(say('ru', 'privacy:erased'))
  for (let round = 0; round < 11; round++) {
    house.fake.forward(5 * SECOND)
    await pass()
  }
  const all = await everything(house)
  for (const shape of shapesOf(CANARY)) expect(all.includes(shape)).toBe(false)
  expect([...house.slack.places.values()].some(({ title }) => title.startsWith(code))).toBe(false)
  expect(await house.store.db.removal.count()).toBeGreaterThan(0)
  mend()
  house.fake.forward(3_600 * SECOND)
  await settle(house)
  expect(await house.store.db.removal.count()).toBe(0)
})
