/** An urgent case that nobody takes: whom it calls, minute by minute. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LADDER, Ladder, ladder, stepsFor } from '../../bot/desk/ladder.js'

const MINUTE = 60_000
const OPENED = Date.parse('2026-11-22T00:00Z')

const called = (minutes: number, done: string[] = [], steps = DEFAULT_LADDER) =>
  ladder(OPENED, OPENED + minutes * MINUTE, steps, done).due.map(({ id }) => id)

describe('the ladder', () => {
  it('S39 is climbed rung by rung, by a clock that is asked every minute', () => {
    const done: string[] = []
    const heard: Record<number, string[]> = {}
    for (let minute = 0; minute <= 60; minute++) {
      const due = called(minute, done)
      if (due.length > 0) heard[minute] = due
      done.push(...due)
    }
    expect(heard).toEqual({ 0: ['on-call:0'], 5: ['on-call:1'], 10: ['supervisor:0'], 15: ['client'] })
  })

  it('S39 gives all that was missed, in order, after an hour in which nothing ran', () => {
    expect(called(60)).toEqual(['on-call:0', 'on-call:1', 'supervisor:0', 'client'])
    expect(called(60, ['on-call:0'])).toEqual(['on-call:1', 'supervisor:0', 'client'])
  })

  it('says when to ask again, and that nothing is left', () => {
    const next = (minutes: number, done: string[]) =>
      ladder(OPENED, OPENED + minutes * MINUTE, DEFAULT_LADDER, done).nextAt
    expect(next(0, ['on-call:0'])).toBe(OPENED + 5 * MINUTE)
    expect(next(14, ['on-call:0', 'on-call:1', 'supervisor:0'])).toBe(OPENED + 15 * MINUTE)
    expect(next(15, ['on-call:0', 'on-call:1', 'supervisor:0', 'client'])).toBeUndefined()
  })

  it('S39 tells the client once only, however the steps were written', () => {
    const twice: Ladder = [
      ...DEFAULT_LADDER,
      { call: 'client', afterMinutes: 20 },
      { call: 'supervisor', afterMinutes: 30 },
    ]
    expect(called(60, [], twice)).toEqual(['on-call:0', 'on-call:1', 'supervisor:0', 'client', 'supervisor:1'])
    expect(called(60, ['client'], twice)).not.toContain('client')
  })

  it('calls nobody before its time, should clocks disagree', () => {
    expect(called(-1)).toEqual([])
  })
})

describe('fewer people on call than steps', () => {
  const times = (onCall: number) =>
    stepsFor(DEFAULT_LADDER, onCall).map(({ call, afterMinutes }) => `${afterMinutes} ${call}`)

  it('lets the next ones move up instead of waiting for nobody', () => {
    expect(times(2)).toEqual(['0 on-call', '5 on-call', '10 supervisor', '15 client'])
    expect(times(1)).toEqual(['0 on-call', '5 supervisor', '10 client'])
    expect(times(0)).toEqual(['0 supervisor', '5 client'])
  })
})

describe('a ladder somebody wrote', () => {
  it('must reach a supervisor and the client', () => {
    const code = (steps: unknown) => Ladder.safeParse(steps).error?.issues[0]?.message
    expect(code(DEFAULT_LADDER)).toBeUndefined()
    expect(code([{ call: 'on-call', afterMinutes: 0 }])).toBe('ladder.incomplete')
    expect(code([])).toBe('ladder.incomplete')
    expect(code([...DEFAULT_LADDER, { call: 'client', afterMinutes: -1 }])).toBe('ladder.minutes')
  })

  it('calls the same people in the same order, whether it is asked every minute or once', () => {
    const step = fc.record({
      call: fc.constantFrom('on-call' as const, 'supervisor' as const, 'client' as const),
      afterMinutes: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.array(fc.integer({ min: 0, max: 90 })), (steps, minutes) => {
        const done: string[] = []
        for (const minute of [...minutes.sort((a, b) => a - b), 90]) done.push(...called(minute, done, steps))
        expect(done).toEqual(called(90, [], steps))
        expect(done.filter((id) => id === 'client').length).toBeLessThanOrEqual(1)
        expect(new Set(done).size).toBe(done.length)
      }),
    )
  })
})
