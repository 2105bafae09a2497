/** Before each file of tests. */
import { afterAll, expect } from 'vitest'
import { leaks } from './logs.js'

afterAll(() => {
  expect(leaks(), 'S29: the log holds what somebody wrote').toEqual([])
})
