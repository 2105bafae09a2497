/** The rules of a programme as a form, and below it what they were before. */
import { type Html, html } from '../../../http/html.js'
import { differentRules, type RuleField, ruleAt } from '../../../programme/change-rules.js'
import { GROUP_MAX, type ProgrammeRules } from '../../../programme/rules.js'
import { formatNumber } from '../../../text/formats.js'
import type { RulesRows } from '../../house/rules-form.js'
import { box, button, field, form, hint, input, section } from '../house/parts.js'
import type { View } from '../view.js'
import { type VersionLine, versionsView } from './versions.js'

export type RulesVersion = Omit<VersionLine, 'changes'> & { rules: ProgrammeRules }

export type RulesPage = {
  id: string
  name: string
  rows: RulesRows
  wrong: readonly string[]
  versions: readonly RulesVersion[]
}

/** Which rules stand together. */
const PARTS: readonly { title: string; fields: readonly RuleField[] }[] = [
  { title: 'reports', fields: ['dueDay', 'reminderDays'] },
  { title: 'days', fields: ['modules', 'hoursPerModule', 'checkin.lunch', 'checkin.third', 'group.from', 'group.max'] },
  { title: 'certificate', fields: ['certificate.hours', 'certificate.everyReport', 'certificate.feedbackFrom'] },
  { title: 'support', fields: ['support.amount', 'support.currency', 'support.people'] },
]

/** What helps beside its field. */
const HINTED: readonly RuleField[] = [
  'dueDay',
  'reminderDays',
  'checkin.lunch',
  'checkin.third',
  'certificate.feedbackFrom',
]

/** May be left empty. */
const OPTIONAL: readonly RuleField[] = ['checkin.lunch', 'checkin.third']

export function rulesView(view: View, { id, name, rows, wrong, versions }: RulesPage): Html {
  const { coordination } = view
  const seen = versions[0]?.number ?? 0
  const oneRule = (rule: RuleField): Html => {
    const beside = {
      hint: HINTED.includes(rule) ? coordination(`rules.hint.${rule}`) : undefined,
      problem: wrong.includes(rule) ? coordination(`rules.wrong.${rule}`, { max: GROUP_MAX }) : undefined,
    }
    if (rule === 'certificate.everyReport')
      return html`<label class="box">${box(rule, rows.fields[rule] === 'on')} ${coordination(`rules.field.${rule}`)}</label>`
    const kind = rule === 'support.currency' ? html`maxlength="3"` : html`inputmode="text" maxlength="40"`
    return field(
      coordination(`rules.field.${rule}`),
      input(
        rule,
        rows.fields[rule],
        html`${kind} autocomplete="off"${!OPTIONAL.includes(rule) && html` required`}${beside.problem && html` aria-invalid="true"`}`,
      ),
      beside,
    )
  }
  return html`<p><a href="${view.base}/programmes/${id}">‹ ${name}</a></p>
<h1>${coordination('rules.title')}</h1>
${form(
  view,
  `/programmes/${id}/rules`,
  html`<input type="hidden" name="seen" value="${seen}">${PARTS.map(({ title, fields }) => section(coordination(`rules.part.${title}`), html`${fields.map(oneRule)}`))}
<p class="save">${button(coordination('rules.save'))}</p>`,
)}
${versions.length > 0 && section(coordination('versions.title'), html`${hint(coordination('rules.versionsHint'))}${versionsView(view, linesOf(view, versions), { back: `/programmes/${id}/rules/back`, seen })}`)}`
}

const linesOf = (view: View, versions: readonly RulesVersion[]): VersionLine[] =>
  versions.map(({ rules, ...version }, nth) => {
    const before = versions[nth + 1]?.rules
    const fields = before ? differentRules(before, rules) : []
    return {
      ...version,
      changes: fields.map((rule) => ({
        name: view.coordination(`rules.field.${rule}`),
        before: before && shown(view, before, rule),
        after: shown(view, rules, rule),
      })),
    }
  })

export function shown(view: View, rules: ProgrammeRules, rule: RuleField): string {
  const value = ruleAt(rules, rule)
  if (typeof value === 'boolean') return view.coordination(value ? 'yes' : 'no')
  if (typeof value === 'string') return value || '–'
  return typeof value === 'number' ? formatNumber(view.tongue, value) : value.join(', ')
}
