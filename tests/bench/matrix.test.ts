/** The part of the bench that does not depend on the machine: how many statements a page sends. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../house.js'
import { SERVED, servedDatabase } from '../store/databases.js'
import { crowd } from './crowd.js'
import { statementsOfPages } from './matrix.js'
import { coordinatorAt } from './served.js'

let house: TestHouse
beforeAll(async () => {
  if (SERVED) house = await testHouse({ database: servedDatabase, now: '2026-11-10T09:00:00Z' })
})
afterAll(() => house?.end())

it.runIf(SERVED)('the months of a group take as many statements for many groups and people as for few', async () => {
  const { page } = await coordinatorAt(house)
  const { groupId } = await crowd(house, { size: 3, months: ['2026-09', '2026-10'] })
  const few = await statementsOfPages(page, groupId)
  expect(few.months).toBeGreaterThan(0)
  for (let n = 0; n < 6; n++) await crowd(house, { size: 3, months: ['2026-10'] })
  const { groupId: large } = await crowd(house, {
    size: 30,
    months: ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'],
  })
  expect(await page(`reports/${large}`)).toContain('Worker 29')
  expect(await statementsOfPages(page, large)).toEqual(few)
})
