/** The table of lifetimes is checked before anything starts (S13). */
import { describe, expect, it } from 'vitest'
import { checkLifetimes } from '../../bot/store/check-lifetimes.js'
import { LIFETIMES } from '../../bot/store/lifetimes.js'

const DAY = 86_400_000

describe('S13 S14 the lifetimes', () => {
  it('S13 are taken as they are', () => {
    expect(() => checkLifetimes()).not.toThrow()
  })

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a time that is no number', { message: { ...LIFETIMES.message, ms: '30 days' } }, /message/],
    ['a time that is not a whole number', { phone: { ...LIFETIMES.phone, ms: Number.NaN } }, /phone/],
    ['a time before the beginning', { draft: { ...LIFETIMES.draft, ms: -1 } }, /draft/],
    ['the cleaning job without a time', { case: { ...LIFETIMES.case, ms: null } }, /case.*needs a time/],
    ['nobody who ends it', { session: { ...LIFETIMES.session, by: 'nobody' } }, /session/],
    ['no rule that it keeps', { block: { ...LIFETIMES.block, source: '' } }, /block/],
    ['a list of erased persons that ends before the backups', { erasure: LIFETIMES.backup }, /erasure must outlive/],
    ['receipts that end too early', { receipt: { ...LIFETIMES.receipt, ms: 599_999 } }, /receipt must be/],
    ['persons that end before their words', { person: { ...LIFETIMES.person, ms: DAY + 1 } }, /person must not end/],
  ])('S13 stop the start with %s, and say where', (_, wrong, where) => {
    expect(() => checkLifetimes({ ...LIFETIMES, ...wrong })).toThrow(where)
    expect(() => checkLifetimes({ ...LIFETIMES, ...wrong })).toThrow(/Mend it there/)
  })

  it('S14 are the ones that were promised', () => {
    const days = (name: keyof typeof LIFETIMES) => (LIFETIMES[name].ms ?? Number.NaN) / DAY
    expect({
      messages: days('message'),
      cases: days('case'),
      number: days('phone'),
      place: days('place'),
      audit: days('audit'),
      statistics: LIFETIMES.statistics.ms,
    }).toEqual({ messages: 30, cases: 30, number: 7, place: 1, audit: 730, statistics: null })
  })
})
