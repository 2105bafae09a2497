/** How fast we may speak: the pace by itself, without an outbox. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace } from '../../bot/conversation/budget.js'

const TELEGRAM = { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 }
const MINUTE = 60_000

/** The most that fell into any minute. */
const mostInAMinute = (times: number[]) =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length))

/** `count` messages to places of one group at once, each asked for again when it was told to be; when each went, in order. */
function whenTheyGo(count: number, group: string | undefined, start = 0) {
  const pace = createPace(TELEGRAM)
  const times: number[] = []
  const waiting = Array.from({ length: count }, (_, n) => ({ name: `m${n}`, at: start }))
  for (let next = waiting.shift(); next; next = waiting.sort((a, b) => a.at - b.at).shift()) {
    const pause = pace.take(next.name, next.name, next.at, group)
    if (pause === 0) times.push(next.at)
    else waiting.push({ ...next, at: next.at + pause })
  }
  return times
}

describe('the pace of a channel', () => {
  it('is never more than its allowance in any second, whenever that begins', () => {
    const times = whenTheyGo(100, undefined)
    expect(times).toHaveLength(100)
    const most = Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length))
    expect(most).toBe(TELEGRAM.perSecond)
    expect(times.at(-1)).toBe(3000)
  })

  it('lets a quiet channel speak at once again', () => {
    const pace = createPace(TELEGRAM)
    for (let n = 0; n < 90; n++) pace.take(`chat ${n}`, `m${n}`, 0)
    expect(pace.take('one more', 'm90', 2999)).toBe(1)
    expect(pace.take('later', 'm91', 9000)).toBe(0)
  })
})

describe('the pace of a group', () => {
  it('lets a minute’s allowance go at once, then one every three seconds', () => {
    const seconds = whenTheyGo(45, '-100').map((at) => Math.round(at / 1000))
    expect(seconds.slice(0, 20)).toEqual(Array(20).fill(0))
    expect(seconds.slice(20, 40)).toEqual(Array.from({ length: 20 }, (_, n) => 60 + 3 * n))
    expect(seconds.slice(40)).toEqual([120, 123, 126, 129, 132])
  })

  it('holds for all places of a group together, and for no other group and no private chat', () => {
    const pace = createPace(TELEGRAM)
    for (let n = 0; n < 20; n++) expect(pace.take(`case ${n}`, `m${n}`, n * 40, '-100')).toBe(0)
    expect(pace.take('case 20', 'm20', 1000, '-100')).toBe(59_000)
    expect(pace.take('case of another group', 'm21', 1000, '-200')).toBe(0)
    expect(pace.take('somebody', 'm22', 1000)).toBe(0)
  })

  it('does not hold for private chats', () => {
    expect(mostInAMinute(whenTheyGo(300, undefined))).toBe(300)
  })

  it('still lets a place speak no faster than a chat may', () => {
    const pace = createPace(TELEGRAM)
    const pauses = Array.from({ length: 5 }, (_, n) => pace.take('one case', `m${n}`, 0, '-100'))
    expect(pauses).toEqual([0, 0, 0, 1000, 2000])
  })

  it('gives the place of a message that never came back to others, a minute later', () => {
    const pace = createPace(TELEGRAM)
    for (let n = 0; n < 30; n++) pace.take(`case ${n}`, `m${n}`, 0, '-100')
    expect(pace.take('later', 'later', 150_001, '-100')).toBe(0)
  })

  it('asks who comes back late to wait once more when the others who were late have used up the minute', () => {
    const pace = createPace(TELEGRAM)
    const take = (n: number, now: number) => pace.take(`case ${n}`, `m${n}`, now, '-100')
    for (let n = 0; n < 41; n++) take(n, 0)
    for (let n = 20; n < 40; n++) expect(take(n, 130_000)).toBe(0)
    expect(take(40, 130_000)).toBe(MINUTE)
    expect(take(40, 189_999)).toBe(1)
    expect(take(40, 190_000)).toBe(0)
  })

  it('is never more than twenty in any minute, whoever comes late, early or never', () => {
    const act = fc.record({
      // Long silences are rare, so that many messages meet, and those who wait come late by all of a silence.
      after: fc.oneof(
        { weight: 12, arbitrary: fc.constant(0) },
        { weight: 6, arbitrary: fc.integer({ min: 1, max: 1500 }) },
        { weight: 1, arbitrary: fc.integer({ min: 10_000, max: 200_000 }) },
      ),
      /** A new message, or one of those that wait. */
      who: fc.oneof({ weight: 1, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: fc.nat(50) }),
    })
    fc.assert(
      fc.property(fc.array(act, { minLength: 100, maxLength: 400 }), fc.boolean(), (acts, early) => {
        const pace = createPace(TELEGRAM)
        const waiting: { name: string; at: number }[] = []
        const went: number[] = []
        let now = 0
        const ask = (name: string) => {
          const pause = pace.take(name, name, now, '-100')
          expect(pause).toBeGreaterThanOrEqual(0)
          if (pause === 0) went.push(now)
          else waiting.push({ name, at: now + pause })
        }
        acts.forEach(({ after, who }, n) => {
          now += after
          const [one] = who < 0 ? [] : waiting.splice(who % Math.max(1, waiting.length), 1)
          if (one && !early) now = Math.max(now, one.at)
          ask(one?.name ?? `m${n}`)
        })
        expect(mostInAMinute(went)).toBeLessThanOrEqual(TELEGRAM.perGroupPerMinute)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('keeps nobody waiting for ever: all who come back when told have gone at the pace of a full line', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), (count) => {
        const times = whenTheyGo(count, '-100')
        expect(times.length).toBe(count)
        expect(times.at(-1)).toBeLessThanOrEqual(Math.max(0, count - 1) * 3000 + MINUTE)
      }),
      { seed: 4, numRuns: 40 },
    )
  })
})
