/**
 * One account that writes without end, and very many that write at once (S33): nobody else waits for them, nothing is dropped, danger
 * passes, and what the house remembers of strangers stays within a limit. `FLOOD_ACCOUNTS=10000` runs the second in full.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGuesses, GUESSERS_MAX } from '../../bot/console/guesses.js'
import { createPatience, KEPT_MAX } from '../../bot/conversation/patience.js'
import { putNewest } from '../../bot/newest.js'
import { person, type TestHouse, testHouse } from '../house.js'
import { atAsk, atNotice, rowsOf } from './stories.js'

/** A message of somebody else may wait for so many turns of whoever floods: its own statements stand in line with theirs. */
const TURNS_MAX = 10
const BURST = 1_000

const ACCOUNTS = Number(process.env.FLOOD_ACCOUNTS ?? 150)
/** As many as Telegram brings over its webhook at once (https://core.telegram.org/bots/api#setwebhook). */
const AT_ONCE = 40

let house: TestHouse
beforeAll(async () => {
  house = await testHouse()
})
afterAll(() => house.end())

const say = (key: string) => house.mind.words.say('ru', key)

describe('a thousand messages of one account', () => {
  it('S33 keep nobody else waiting, are all kept, are answered with one friendly note, and danger among them is heard', {
    timeout: 120_000,
  }, async () => {
    const [anna, boris] = [await atNotice(house), await atAsk(house)]
    anna.hears()
    const order: string[] = []
    house.wire.failWith = ({ address }) => {
      order.push(address)
      return undefined
    }
    let turns = 0
    const flood = Array.from({ length: BURST }, async (_, n) => {
      await anna.receive({ kind: 'text', text: n === 500 ? 'меня бьют, помогите' : `абракадабра ${n}` })
      turns++
    })
    // In the middle of it
    while (turns < 100) await new Promise((resolve) => setImmediate(resolve))
    const before = turns
    await boris.receive({ kind: 'text', text: 'где получить патент' })
    expect(turns).toBeLessThan(BURST)
    expect(turns - before).toBeLessThanOrEqual(TURNS_MAX)
    await Promise.all(flood)
    await boris.settle()
    expect(order.indexOf(boris.address)).toBeGreaterThanOrEqual(0)
    expect(order.indexOf(boris.address)).toBeLessThanOrEqual(TURNS_MAX)
    expect(boris.hears().length).toBeGreaterThan(0)

    for (let n = 0; n < 12; n++) await anna.settle()
    const heard = anna.hears().map(({ text }) => text)
    expect(heard.filter((text) => text === say('common:slowDown'))).toHaveLength(1)
    expect(heard.length).toBeLessThan(50)
    expect(heard.some((text) => text.includes('102') || text.includes('112'))).toBe(true)
    const { messages, person: row } = await rowsOf(house, anna.address)
    expect(messages.filter(({ direction, body }) => direction === 'in' && body !== null).length).toBeGreaterThanOrEqual(
      BURST,
    )
    expect(await house.store.db.case.count({ where: { personId: row.id, urgency: 'urgent' } })).toBe(1)
    house.wire.failWith = () => undefined
  })
})

describe('very many accounts at once', () => {
  it(`S33 are all met (${ACCOUNTS} of them), while somebody whom we know is answered`, {
    timeout: Math.max(120_000, ACCOUNTS * 100),
  }, async () => {
    const vera = await atAsk(house)
    vera.hears()
    const began = process.memoryUsage().heapUsed
    let next = 0
    let waited: number | undefined
    const line = async () => {
      while (next < ACCOUNTS) {
        const n = next++
        await person(house, `flood-${n}`).receive({ kind: 'text', text: 'hello' })
        if (n !== Math.floor(ACCOUNTS / 2)) continue
        const before = next
        await vera.receive({ kind: 'text', text: 'где получить патент' })
        waited = next - before
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, line))
    // No longer than those who were already in line, and they once more
    expect(waited).toBeLessThanOrEqual(2 * AT_ONCE)
    for (const n of [0, Math.floor(ACCOUNTS / 2), ACCOUNTS - 1]) {
      const { messages } = await rowsOf(house, `flood-${n}`)
      expect(messages.map(({ direction }) => direction)).toContain('out')
    }
    expect(await house.store.db.conversation.count()).toBeGreaterThanOrEqual(ACCOUNTS)
    expect(process.memoryUsage().heapUsed - began).toBeLessThan(400 * 1024 * 1024)
    expect(house.logged()).not.toContain('a fault of ours')
  })
})

describe('what is remembered of strangers', () => {
  it('S33 is the newest, up to a limit', () => {
    const map = new Map<string, number>()
    for (let n = 0; n < 100; n++) putNewest(map, `${n}`, n, 10)
    expect([...map.keys()]).toEqual(Array.from({ length: 10 }, (_, n) => `${90 + n}`))
    putNewest(map, '90', 0, 10)
    putNewest(map, 'new', 0, 10)
    expect(map.has('90')).toBe(true)
    expect(map.has('91')).toBe(false)
  })

  it('S33 who wrote too fast is forgotten only when more than can be remembered wrote since', () => {
    const patience = createPatience()
    for (let n = 0; n < 31; n++) patience.judge('anna', 0)
    expect(patience.judge('anna', 0)).toBe('hush')
    for (let n = 0; n < KEPT_MAX - 1; n++) patience.judge(`stranger ${n}`, 0)
    expect(patience.judge('anna', 0)).toBe('hush')
    for (let n = 0; n < KEPT_MAX; n++) patience.judge(`stranger ${n}`, 0)
    expect(patience.judge('anna', 0)).toBe('ok')
  })

  it('S36 wrong codes from more addresses than can be remembered cost neither memory nor time', () => {
    const guesses = createGuesses(() => new Date('2026-11-20T12:00:00Z'))
    for (let n = 0; n < 6; n++) guesses.failed('198.51.100.1')
    expect(guesses.wait('198.51.100.1')).toBeGreaterThan(0)
    const began = performance.now()
    for (let n = 0; n < GUESSERS_MAX * 3; n++)
      guesses.failed(`2001:db8:${(n >> 12).toString(16)}:${(n & 4095).toString(16)}::1`)
    expect(performance.now() - began).toBeLessThan(5_000)
    // The oldest is forgiven; the newest is not
    expect(guesses.wait('198.51.100.1')).toBe(0)
    const last = GUESSERS_MAX * 3 - 1
    expect(guesses.wait(`2001:db8:${(last >> 12).toString(16)}:${(last & 4095).toString(16)}::2`)).toBeGreaterThan(0)
  })
})
