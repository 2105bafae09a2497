/** What whoever starts Rahnamo reads first. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { announce } from '../../bot/cli/announce.js'
import { type TestHouse, testHouse } from '../house.js'

/** All numbers were called on this day. */
const CALLED = vi.hoisted(() => '2026-11-01')
vi.mock('../../bot/danger/numbers.js', async (load) => {
  const own = await load<typeof import('../../bot/danger/numbers.js')>()
  const called = Object.entries(own.readNumbers()).map(([country, numbers]) => [
    country,
    numbers.map((each) => ({ ...each, checkedAt: CALLED })),
  ])
  return { ...own, staleNumbers: (now: Date) => own.staleNumbers(now, Object.fromEntries(called)) }
})

let house: TestHouse
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-20T12:00:00Z' })
})
afterAll(() => house.end())

const printed = async (daysAfterCall: number) => {
  house.fake.set(new Date(Date.parse(CALLED) + daysAfterCall * 86_400_000))
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    await announce(house)
    return print.mock.calls.flat().join('\n')
  } finally {
    print.mockRestore()
  }
}

it('S38 a start says how many emergency numbers nobody has called for 90 days, and what to do; sooner it says nothing', async () => {
  expect(await printed(90)).toContain('Rahnamo is running.')
  expect(await printed(90)).not.toContain('emergency numbers')
  const late = await printed(91)
  expect(late).toMatch(/\b\d+ of the emergency numbers were not called by anybody in the last 90 days/)
  expect(late).toContain('prisma/seed/emergency-numbers.yaml')
})
