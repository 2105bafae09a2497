/** The code on a certificate: the same each time, of letters that are told apart on paper, found however it is typed. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LETTERS } from '../../../bot/desk/pairing.js'
import { CODE_LENGTH, checkLink, codeOf, hashOfCode, spelled } from '../../../bot/programme/duties/codes.js'
import { createVault, newRing } from '../../../bot/store/vault.js'
import { KEY } from '../../store/databases.js'

const vault = createVault(KEY, newRing())

it('is made of its number and the house’s key, and nothing else', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      const code = codeOf(vault, one)
      expect(code).toHaveLength(CODE_LENGTH)
      expect([...code].every((letter) => LETTERS.includes(letter))).toBe(true)
      expect(codeOf(vault, one)).toBe(code)
      if (one !== other) expect(codeOf(vault, other)).not.toBe(code)
      expect(codeOf(createVault(KEY, newRing()), one)).not.toBe(code)
    }),
  )
})

it('is found in small letters, with dashes, spaces, or from its link', () => {
  const code = codeOf(vault, crypto.randomUUID())
  const found = Buffer.from(hashOfCode(vault, code))
  expect(spelled(code)).toMatch(/^\w{4}-\w{4}-\w{4}$/)
  const link = new URL(checkLink('https://centre.example/help/', code))
  expect(link.pathname).toBe('/help/certificate')
  for (const typed of [spelled(code), code.toLowerCase(), ` ${spelled(code)} `, link.searchParams.get('code') ?? ''])
    expect(found.equals(hashOfCode(vault, typed))).toBe(true)
})
