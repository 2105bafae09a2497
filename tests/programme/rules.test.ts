import { expect, it } from 'vitest'
import { GROUP_MAX, ProgrammeRules, rulesOf, USUAL_RULES } from '../../bot/programme/rules.js'

it('holds what the programme says of itself, where one says nothing else', () => {
  expect(USUAL_RULES).toEqual({
    dueDay: 5,
    earlier: [],
    reminderDays: [-3, 0, 3],
    modules: 7,
    hoursPerModule: 8,
    checkin: {},
    group: { from: 20, max: 30 },
    certificate: { hours: 56, everyReport: true, feedbackFrom: 1 },
    support: { amount: 75_000, currency: 'CZK', people: 2 },
  })
  expect(rulesOf({ rules: { dueDay: 10 } })).toEqual({ ...USUAL_RULES, dueDay: 10 })
})

it.each([
  ['a day that not every month has', { dueDay: 29 }],
  ['a larger group than anybody trains', { group: { from: 20, max: GROUP_MAX + 1 } }],
  ['a group that is full before it is large enough', { group: { from: 25, max: 24 } }],
  ['a time that no clock shows', { checkin: { lunch: '25:00' } }],
  ['a rule that nobody knows', { duDay: 5 }],
])('refuses %s', (_, rules) => {
  expect(ProgrammeRules.safeParse(rules).success).toBe(false)
})
