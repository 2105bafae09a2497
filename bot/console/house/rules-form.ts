/** The rules of a programme as a form has them: plain fields, whatever was typed in them, and what that would be as rules. */
import { RULE_FIELDS, type RuleField, ruleAt } from '../../programme/change-rules.js'
import type { ProgrammeRules } from '../../programme/rules.js'
import { formatNumber } from '../../text/formats.js'
import type { StaffLanguage } from '../../text/languages.js'
import type { Form } from '../forms.js'

/** `written` is checked by nobody yet. */
export type RulesRows = { fields: Record<RuleField, string>; written: unknown }

const fieldsOf = (read: (field: RuleField) => string): Record<RuleField, string> =>
  Object.fromEntries(RULE_FIELDS.map((field) => [field, read(field)])) as Record<RuleField, string>

/** As it stands in a field: what can be written back. */
function inField(rules: ProgrammeRules, field: RuleField, tongue: StaffLanguage): string {
  const value = ruleAt(rules, field)
  if (typeof value === 'boolean') return value ? 'on' : ''
  if (typeof value === 'string') return value
  return typeof value === 'number' ? formatNumber(tongue, value) : value.join(', ')
}

export function rowsOfRules(rules: ProgrammeRules, tongue: StaffLanguage): RulesRows {
  const fields = fieldsOf((field) => inField(rules, field, tongue))
  return { fields, written: rules }
}

/** "75 000" and "7,5" as people write them here; what is no number stays none. A word for the eye only is not guessed at. */
export function numberOf(text: string): number {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace('−', '-')
  if (/^-?\d{1,3}(,\d{3})+$/.test(plain)) return Number(plain.replaceAll(',', ''))
  return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : Number.NaN
}

/** Days apart by commas or spaces, each once, the earliest first. */
const daysOf = (text: string): number[] =>
  [
    ...new Set(
      text
        .split(/[,;\s]+/)
        .filter(Boolean)
        .map(numberOf),
    ),
  ].sort((one, other) => one - other)

export function readRules(form: Form): RulesRows {
  const fields = fieldsOf((field) => form.field(field))
  const number = (field: RuleField) => numberOf(fields[field])
  /** "9:05" is 09:05; an empty one is none. */
  const timeIn = (name: 'lunch' | 'third') => {
    const time = fields[`checkin.${name}`]
      .trim()
      .replace(/^\d[:.]/, '0$&')
      .replace('.', ':')
    return time ? { [name]: time } : {}
  }
  const written = {
    dueDay: number('dueDay'),
    reminderDays: daysOf(fields.reminderDays),
    modules: number('modules'),
    hoursPerModule: number('hoursPerModule'),
    checkin: { ...timeIn('lunch'), ...timeIn('third') },
    group: { from: number('group.from'), max: number('group.max') },
    certificate: {
      hours: number('certificate.hours'),
      everyReport: fields['certificate.everyReport'] === 'on',
      feedbackFrom: number('certificate.feedbackFrom'),
    },
    support: {
      amount: number('support.amount'),
      currency: fields['support.currency'].trim().toUpperCase(),
      people: number('support.people'),
    },
  }
  return { fields, written }
}
