import { createHmac, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  codeOf,
  fitsCode,
  isGood,
  looksLikeToken,
  readCode,
  readToken,
  STEP_MS,
  stepAt,
  stepLeft,
  tokenOf,
} from '../../../bot/programme/checkin/codes.js'

/** Like the vault's: parts cannot run into each other. */
const signer =
  (key: string) =>
  (...parts: string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest()
const sign = signer('one house')

const ids = fc.uuid()
const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true })

describe('the code on the screen', () => {
  it('is six digits, and good on its own step and the next two', () => {
    fc.assert(
      fc.property(ids, moments, (session, at) => {
        const code = codeOf(sign, session, stepAt(at))
        expect(code).toMatch(/^\d{6}$/)
        const later = (steps: number) => new Date(at.getTime() + steps * STEP_MS)
        for (const steps of [0, 1, 2]) expect(fitsCode(sign, session, code, later(steps))).toBe(true)
        for (const steps of [-1, 3]) expect(isGood(stepAt(at), later(steps))).toBe(false)
      }),
    )
  })

  it('fits no half minute earlier, and none later', () => {
    const at = new Date('2026-11-20T08:30:00Z')
    // Fixed, because of a million codes two may be the same
    for (const session of ['2f1c5a40-7d3e-4b19-9c55-0a6be1d2f301', '90b7de12-44aa-4c0f-8e21-5f3c7a9b1d02']) {
      const fits = (ms: number) =>
        fitsCode(sign, session, codeOf(sign, session, stepAt(at)), new Date(at.getTime() + ms))
      expect([-STEP_MS, -1, 0, 3 * STEP_MS - 1, 3 * STEP_MS].map(fits)).toEqual([false, false, true, true, false])
    }
  })

  it('of half a minute ago has changed, of another day or of another house too', () => {
    const session = randomUUID()
    const at = new Date('2026-11-20T08:30:00Z')
    const codes = Array.from({ length: 50 }, (_, n) => codeOf(sign, session, stepAt(at) + n))
    expect(new Set(codes).size).toBeGreaterThan(45)
    expect(codeOf(signer('another house'), session, stepAt(at))).not.toBe(codes[0])
    expect(codeOf(sign, randomUUID(), stepAt(at))).not.toBe(codes[0])
  })

  it('stays for the rest of its step', () => {
    expect(stepLeft(new Date('2026-11-20T08:30:00.000Z'))).toBe(30_000)
    expect(stepLeft(new Date('2026-11-20T08:30:29.999Z'))).toBe(1)
    expect(stepLeft(new Date('2026-11-20T08:30:41.000Z'))).toBe(19_000)
  })

  it('is read as people type it', () => {
    for (const said of ['123456', ' 123 456 ', '12-34-56', '１２３４５６']) expect(readCode(said)).toBe('123456')
    for (const said of ['12345', '1234567', 'hello', '', '12345a']) expect(readCode(said)).toBeUndefined()
  })
})

describe('the token in the QR', () => {
  it('fits a link of Telegram, and says session and step again', () => {
    fc.assert(
      fc.property(ids, moments, (session, at) => {
        const token = tokenOf(sign, session, stepAt(at))
        expect(token).toMatch(/^[\w-]{1,64}$/)
        expect(looksLikeToken(token)).toBe(true)
        expect(readToken(sign, token)).toEqual({ session, step: stepAt(at) })
      }),
    )
  })

  it('with one character changed, or of another house, says nothing', () => {
    fc.assert(
      fc.property(ids, moments, fc.nat(), fc.constantFrom(...'aZ09_-'), (session, at, place, letter) => {
        const token = tokenOf(sign, session, stepAt(at))
        const i = place % token.length
        const forged = token.slice(0, i) + letter + token.slice(i + 1)
        if (forged !== token) expect(readToken(sign, forged)).toBeUndefined()
        expect(readToken(signer('another house'), token)).toBeUndefined()
      }),
    )
  })

  it('is never anything else that somebody may send', () => {
    fc.assert(fc.property(fc.string(), (said) => void expect(readToken(sign, said)).toBeUndefined()))
  })
})
