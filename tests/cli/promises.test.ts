/** What SECURITY.md says of itself is so. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { promisesOf, testsOf } from '../../bot/cli/promises.js'
import { ROOT } from '../../bot/config.js'

const SECURITY = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')
const promises = promisesOf(SECURITY)

it('every promise is there once, with its state', () => {
  const all = Array.from({ length: 48 }, (_, place) => `S${String(place + 1).padStart(2, '0')}`)
  expect(promises.map(({ number }) => number)).toEqual(all)
})

it('a promise that holds has a test with its number', () => {
  const tests = testsOf(join(ROOT, 'tests'))
  const unproved = promises.filter(({ number, state }) => state === 'holds' && !tests.has(number))
  expect(unproved.map(({ number }) => number)).toEqual([])
})

it('one that does not hold says what is missing, and what holds instead', () => {
  const rows = SECURITY.split('\n').filter((line) => /^\| S\d\d \| (in part|not yet)/.test(line))
  const silent = rows.filter((row) => (row.split('|')[4] ?? '').trim().length < 40)
  expect(silent).toEqual([])
})
