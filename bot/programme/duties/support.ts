/**
 * The support rule: "75,000 CZK of support per organisation for at most two staff members". Read so: the amount is the organisation's,
 * and whole as soon as one of its people fulfils the duties; further people are counted up to the rule's number, and raise nothing.
 * Whoever reads it otherwise changes `amountFor`, and nothing else. Pure.
 */
import type { ProgrammeRules } from '../rules.js'
import type { Duties } from './read.js'

type Rule = ProgrammeRules['support']

export type SupportLine = {
  organisation: string
  /** Of this programme. */
  people: number
  fulfilled: number
  /** Of those, as many as the rule counts. */
  counted: number
  amount: number
}

export const amountFor = ({ amount }: Rule, counted: number): number => (counted > 0 ? amount : 0)

type Person = Pick<Duties, 'missing' | 'certificate'> & { enrolment: Pick<Duties['enrolment'], 'organisation'> }

/** Whoever has a certificate has fulfilled the duties, whatever is due since. Who works for nobody we know counts for nobody. */
const fulfils = ({ missing, certificate }: Person): boolean => certificate !== null || missing.length === 0

/** By organisation, in the order of the alphabet. */
export function supportOf(rule: Rule, people: readonly Person[]): SupportLine[] {
  const lines = new Map<string, SupportLine>()
  for (const person of people) {
    const { organisation } = person.enrolment
    if (!organisation) continue
    const line = lines.get(organisation.id) ?? emptyLine(organisation.name)
    const fulfilled = line.fulfilled + (fulfils(person) ? 1 : 0)
    const counted = Math.min(fulfilled, rule.people)
    lines.set(organisation.id, {
      ...line,
      ...{ fulfilled, counted },
      people: line.people + 1,
      amount: amountFor(rule, counted),
    })
  }
  return [...lines.values()].sort((one, other) => one.organisation.localeCompare(other.organisation, 'cs'))
}

const emptyLine = (organisation: string): SupportLine => ({
  organisation,
  people: 0,
  fulfilled: 0,
  counted: 0,
  amount: 0,
})

/** What the whole programme pays. */
export const totalOf = (lines: readonly SupportLine[]): number => lines.reduce((sum, { amount }) => sum + amount, 0)
