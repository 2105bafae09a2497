import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  HELP_KINDS,
  NUMBERS_STALE_AFTER_DAYS,
  numbersFor,
  readNumbers,
  staleNumbers,
} from '../../bot/danger/numbers.js'
import { SetupError } from '../../bot/errors.js'
import { COUNTRIES } from '../../bot/text/countries.js'

const DAY_MS = 24 * 60 * 60 * 1000

it('S38 there is somebody to call in every country for every kind of danger', () => {
  for (const country of COUNTRIES)
    for (const kind of HELP_KINDS) expect(numbersFor(country, kind).length, `${country} ${kind}`).toBeGreaterThan(0)
})

it('the general emergency number comes first', () => {
  for (const country of COUNTRIES) expect(numbersFor(country, 'sos')[0]?.number).toBe('112')
})

it('somebody who is held by the police is not told to call the police', () => {
  for (const country of COUNTRIES)
    expect(numbersFor(country, 'detention').map(({ what }) => what)).not.toContain('police')
})

it('S38 a number is stale after 90 days, and one that nobody ever called is stale at once', () => {
  const checked = new Date('2026-11-01')
  const [first, ...rest] = readNumbers().RU
  if (!first) throw new Error('no numbers')
  const numbers = { ...readNumbers(), RU: [{ ...first, checkedAt: '2026-11-01' }, ...rest] }
  const stale = (days: number) =>
    staleNumbers(new Date(checked.getTime() + days * DAY_MS), numbers).some(
      ({ country, number }) => country === 'RU' && number === first.number,
    )
  expect(stale(NUMBERS_STALE_AFTER_DAYS)).toBe(false)
  expect(stale(NUMBERS_STALE_AFTER_DAYS + 1)).toBe(true)
  expect(staleNumbers(checked)).toContainEqual({ country: 'RU', number: '102', checkedAt: null })
})

it('a wrong file is refused with a sentence that names it', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'numbers-')), 'numbers.yaml')
  writeFileSync(path, 'RU: [{ number: "call us" }]')
  expect(() => readNumbers(path)).toThrow(SetupError)
  expect(() => readNumbers(path)).toThrow(/Correct the emergency numbers in .*numbers\.yaml/)
})
