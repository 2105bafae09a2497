/** Which case is next. */
import { describe, expect, it } from 'vitest'
import { fittingNext, type Pace, type WaitingCase } from '../../../bot/desk/routing/next-case.js'
import { colleague, facts, HOUR, moscow, NOW } from './a-desk.js'

const waiting = (id: string, hours: number, more: Partial<WaitingCase> = {}): WaitingCase => ({
  id,
  facts: facts(),
  centre: moscow,
  urgent: false,
  waitingSince: NOW - hours * HOUR,
  ...more,
})
const order = (cases: WaitingCase[], pace?: Pace) => fittingNext(cases, colleague('a'), NOW, pace).map(({ id }) => id)

describe('the next case', () => {
  it('is danger, then a missed goal, then a client one knows, then who waits longest', () => {
    const cases = [
      waiting('new', 1),
      waiting('old', 9),
      waiting('known', 2, { facts: facts({ preferred: 'a' }) }),
      waiting('missed', 3, { dueAt: NOW }),
      waiting('due soon', 8, { dueAt: NOW + 1 }),
      waiting('danger', 0, { urgent: true }),
      waiting('danger missed', 0, { urgent: true, dueAt: NOW - 1 }),
    ]
    expect(order(cases)).toEqual(['danger missed', 'danger', 'missed', 'known', 'old', 'due soon', 'new'])
  })

  it('is one that this colleague may take', () => {
    const cases = [
      waiting('other team', 9, { centre: { id: 'almaty', languages: ['tg'] } }),
      waiting('other language', 9, { facts: facts({ language: 'en' }), centre: { id: 'moscow', languages: ['en'] } }),
      waiting('trained only', 9, { urgent: true, facts: facts({ danger: 'trafficking' }) }),
      waiting('not this one', 9, { facts: facts({ avoid: ['a'] }) }),
      waiting('mine', 1),
    ]
    expect(order(cases)).toEqual(['mine'])
    expect(order([])).toEqual([])
  })
})

describe('after two cries for help in a row', () => {
  const cases = [waiting('cry', 1, { urgent: true }), waiting('calm', 1)]
  const pace = (urgentInARow: number, others: boolean): Pace => ({ urgentInARow, others: () => others })

  it('an ordinary case comes first, if somebody else is there for the cry', () => {
    expect(order(cases, pace(1, true))).toEqual(['cry', 'calm'])
    expect(order(cases, pace(2, true))).toEqual(['calm', 'cry'])
  })

  it('the cry comes first all the same when nobody else is, or nothing else waits', () => {
    expect(order(cases, pace(2, false))).toEqual(['cry', 'calm'])
    expect(order(cases.slice(0, 1), pace(5, true))).toEqual(['cry'])
  })

  it('may be another number', () => {
    expect(order(cases, { ...pace(2, true), max: 3 })).toEqual(['cry', 'calm'])
  })
})
