/** What is sealed opens in its own place, for its own person, with its own key, and nowhere else (S18, S27). */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVault, SealError } from '../../bot/store/vault.js'

const ANNA = '00000000-0000-4000-8000-00000000000a'
const BORIS = '00000000-0000-4000-8000-00000000000b'

describe('a sealed value', () => {
  const vault = createVault(randomBytes(32))
  const annasKey = vault.newKey(ANNA)
  const anna = vault.drawer(ANNA, annasKey)
  const boris = vault.drawer(BORIS, vault.newKey(BORIS))

  it('opens as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        expect(anna.openText('message.body', anna.seal('message.body', text))).toBe(text)
        expect(anna.openJson('x', anna.sealJson('x', value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('S27 does not open in another column, for another person, or with the key of another', () => {
    const sealed = anna.seal('message.body', 'секрет')
    expect(() => anna.open('draft.answers', sealed)).toThrow(SealError)
    expect(() => boris.open('message.body', sealed)).toThrow(SealError)
    expect(() => vault.drawer(BORIS, annasKey)).toThrow(SealError)
    expect(() => createVault(randomBytes(32)).drawer(ANNA, annasKey)).toThrow(SealError)
  })

  it('S27 does not open when any of its bytes is changed, cut off or added', () => {
    const sealed = anna.seal('message.body', 'секрет')
    for (let at = 0; at < sealed.length; at++) {
      const changed = new Uint8Array(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => anna.open('message.body', changed)).toThrow(SealError)
      expect(() => anna.open('message.body', sealed.subarray(0, at))).toThrow(SealError)
    }
    expect(() => anna.open('message.body', Buffer.concat([sealed, Buffer.of(0)]))).toThrow(SealError)
  })

  it('S27 looks different each time, and tells nothing but its length', () => {
    const twice = [1, 2].map(() => Buffer.from(anna.seal('message.body', 'секрет')).toString('hex'))
    expect(twice[0]).not.toBe(twice[1])
    expect(Buffer.from(anna.seal('message.body', 'canary')).includes('canary')).toBe(false)
  })

  it('S18 is lost with its key: a new key of the same person opens nothing old', () => {
    const sealed = anna.seal('message.body', 'секрет')
    expect(() => vault.drawer(ANNA, vault.newKey(ANNA)).open('message.body', sealed)).toThrow(SealError)
  })
})

describe('the keyed hash', () => {
  it('finds the same, and keeps ("ab","c") apart from ("a","bc")', () => {
    const vault = createVault(randomBytes(32))
    const hex = (...parts: string[]) => Buffer.from(vault.hash(...parts)).toString('hex')
    expect(hex('address', 'telegram', '42')).toBe(hex('address', 'telegram', '42'))
    expect(hex('ab', 'c')).not.toBe(hex('a', 'bc'))
    expect(hex('1:a')).not.toBe(hex('a'))
    expect(Buffer.from(createVault(randomBytes(32)).hash('42')).toString('hex')).not.toBe(hex('42'))
  })
})
