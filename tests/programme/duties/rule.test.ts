/** The rule of the certificate and of the support: pure, so that every case can be tried. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Facts, hoursOf, type Missing, MODULE_STATES, missingOf } from '../../../bot/programme/duties/rule.js'
import { supportOf, totalOf } from '../../../bot/programme/duties/support.js'
import { STATES } from '../../../bot/programme/reports/states.js'
import { ProgrammeRules, USUAL_RULES } from '../../../bot/programme/rules.js'

const periods = Array.from({ length: 10 }, (_, nth) => `2026-${String(nth + 1).padStart(2, '0')}`)

const facts: fc.Arbitrary<Facts> = fc.record({
  modules: fc
    .array(
      fc.record({
        state: fc.constantFrom(...MODULE_STATES),
        part: fc.constantFrom(1 / 3, 1 / 2, 2 / 3),
      }),
      { minLength: 7, maxLength: 7 },
    )
    .map((all) =>
      all.map(({ state, part }, nth) => ({
        module: nth + 1,
        state,
        share: state === 'attended' || state === 'madeUp' ? 1 : state === 'part' ? part : 0,
      })),
    ),
  months: fc
    .array(fc.record({ over: fc.boolean(), state: fc.constantFrom(...STATES) }), { maxLength: 10 })
    .map((all) => all.map((month, nth) => ({ period: periods[nth] ?? '', ...month }))),
  feedback: fc.nat(3),
})

const rules = fc
  .record({ hours: fc.nat(60), everyReport: fc.boolean(), feedbackFrom: fc.nat(3) })
  .map((certificate) => ProgrammeRules.parse({ certificate }))

const done: Facts = {
  modules: Array.from({ length: 7 }, (_, nth) => ({ module: nth + 1, state: 'attended' as const, share: 1 })),
  months: [{ period: '2026-10', over: true, state: 'approved' }],
  feedback: 1,
}

/** One thing more is done. */
const betterments: ((facts: Facts, nth: number) => Facts)[] = [
  (given, nth) => ({
    ...given,
    modules: given.modules.map((each, at) =>
      at === nth % given.modules.length ? { ...each, state: 'madeUp', share: 1 } : each,
    ),
  }),
  (given, nth) => ({
    ...given,
    months: given.months.map((each, at) => (at === nth ? { ...each, state: 'approved' } : each)),
  }),
  (given) => ({ ...given, feedback: given.feedback + 1 }),
]

describe('what a certificate takes', () => {
  it('is all there when everything is done, and names each thing that is not', () => {
    expect(missingOf(USUAL_RULES, done)).toEqual([])
    const short: Facts = {
      modules: done.modules.map((each) =>
        each.module === 2
          ? { ...each, state: 'part', share: 0.5 }
          : each.module === 5
            ? { ...each, state: 'ahead', share: 0 }
            : each,
      ),
      months: [
        { period: '2026-08', over: true, state: 'due' },
        { period: '2026-09', over: true, state: 'nothing' },
        { period: '2026-10', over: true, state: 'returned' },
        { period: '2026-11', over: false, state: 'draft' },
      ],
      feedback: 0,
    }
    expect(hoursOf(USUAL_RULES, short.modules)).toBe(44)
    expect(missingOf(USUAL_RULES, short)).toEqual<Missing[]>([
      { kind: 'module', module: 2, why: 'part' },
      { kind: 'module', module: 5, why: 'ahead' },
      { kind: 'month', period: '2026-08', why: 'due' },
      { kind: 'month', period: '2026-09', why: 'waits' },
      { kind: 'month', period: '2026-10', why: 'returned' },
      { kind: 'feedback', count: 1 },
    ])
  })

  it('says how many hours, when no module could give them', () => {
    const more = ProgrammeRules.parse({ certificate: { hours: 60 } })
    expect(missingOf(more, done)).toEqual([{ kind: 'hours', hours: 4 }])
  })

  it('asks for no module when the hours are there without it', () => {
    const fewer = ProgrammeRules.parse({ certificate: { hours: 48 } })
    const modules = done.modules.map((each) =>
      each.module === 7 ? { ...each, state: 'missed' as const, share: 0 } : each,
    )
    expect(missingOf(fewer, { ...done, modules })).toEqual([])
  })

  it('never takes a certificate away for something more that is done', () => {
    fc.assert(
      fc.property(rules, facts, fc.nat(9), fc.constantFrom(...betterments), (rule, given, nth, better) => {
        const before = missingOf(rule, given)
        const after = missingOf(rule, better(given, nth))
        expect(after.length).toBeLessThanOrEqual(Math.max(1, before.length))
        if (before.length === 0) expect(after).toEqual([])
        expect(hoursOf(rule, better(given, nth).modules)).toBeGreaterThanOrEqual(hoursOf(rule, given.modules))
      }),
    )
  })

  it('is missing nothing exactly when hours, months and feedback are there', () => {
    fc.assert(
      fc.property(rules, facts, (rule, given) => {
        const { hours, everyReport, feedbackFrom } = rule.certificate
        const all =
          hoursOf(rule, given.modules) >= hours - 0.01 &&
          (!everyReport || given.months.every(({ over, state }) => !over || state === 'approved')) &&
          given.feedback >= feedbackFrom
        expect(missingOf(rule, given).length === 0).toBe(all)
      }),
    )
  })
})

describe('the support of organisations', () => {
  const person = (organisation: string | null, fulfils: boolean) => ({
    missing: fulfils ? [] : [{ kind: 'feedback' as const, count: 1 }],
    certificate: null,
    enrolment: { organisation: organisation === null ? null : { id: organisation, name: organisation, city: null } },
  })

  it('is the amount once for an organisation, for at most two of its people', () => {
    const people = [
      ...[person('Most', true), person('Most', true), person('Most', true), person('Most', false)],
      ...[person('Čtyřlístek', true), person('Žebřík', false), person(null, true)],
    ]
    const lines = supportOf(USUAL_RULES.support, people)
    expect(lines).toEqual([
      { organisation: 'Čtyřlístek', people: 1, fulfilled: 1, counted: 1, amount: 75_000 },
      { organisation: 'Most', people: 4, fulfilled: 3, counted: 2, amount: 75_000 },
      { organisation: 'Žebřík', people: 1, fulfilled: 0, counted: 0, amount: 0 },
    ])
    expect(totalOf(lines)).toBe(150_000)
  })

  it('counts whoever has a certificate, whatever is due since', () => {
    const certificate = { id: 'x', issuedOn: new Date(), language: 'cs' }
    expect(supportOf(USUAL_RULES.support, [{ ...person('Most', false), certificate }])[0]?.amount).toBe(75_000)
  })

  it('never pays more for an organisation than the rule says', () => {
    const somebody = fc.tuple(fc.constantFrom('a', 'b', 'c', null), fc.boolean())
    fc.assert(
      fc.property(fc.array(somebody, { maxLength: 30 }), fc.nat(4), (people, most) => {
        const rule = { ...USUAL_RULES.support, people: most }
        for (const line of supportOf(
          rule,
          people.map(([name, fulfils]) => person(name, fulfils)),
        )) {
          expect(line.counted).toBe(Math.min(line.fulfilled, most))
          expect(line.amount).toBe(line.counted > 0 ? rule.amount : 0)
        }
      }),
    )
  })
})
