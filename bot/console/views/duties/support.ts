/** What organisations are paid by the rule of the programme, and how that rule was read. */
import { type Html, html } from '../../../http/html.js'
import type { SupportLine } from '../../../programme/duties/support.js'
import { totalOf } from '../../../programme/duties/support.js'
import type { ProgrammeRules } from '../../../programme/rules.js'
import { formatNumber } from '../../../text/formats.js'
import { button, form, hint } from '../house/parts.js'
import type { View } from '../view.js'
import type { DeskWords } from './words.js'

export type SupportPage = {
  programme: { id: string; name: string }
  rule: ProgrammeRules['support']
  lines: readonly SupportLine[]
}

export function supportView(view: View, { say }: DeskWords, { programme, rule, lines }: SupportPage): Html {
  const number = (n: number) => formatNumber(view.tongue, n)
  const { currency } = rule
  const heads = ['organisation', 'people', 'fulfilled', 'counted', 'amount']
  return html`<p><a href="${view.base}/programmes/${programme.id}">‹ ${programme.name}</a></p>
<h1>${say('support.title')}</h1>
<p>${say('support.rule', { amount: number(rule.amount), currency, people: rule.people })}</p>
${hint(say('support.assumption', { people: rule.people }))}
${
  lines.length === 0
    ? hint(say('support.none'))
    : html`<div class="matrix" tabindex="0" role="region" aria-label="${say('support.title')}"><table><thead><tr>${heads.map((head) => html`<th scope="col">${say(`support.${head}`, { currency })}</th>`)}</tr></thead>
<tbody>${lines.map(({ organisation, people, fulfilled, counted, amount }) => html`<tr><th scope="row">${organisation}</th><td>${people}</td><td>${fulfilled}</td><td>${counted}</td><td>${number(amount)}</td></tr>`)}</tbody>
<tfoot><tr><th scope="row">${say('support.total')}</th><td></td><td></td><td></td><td><strong>${number(totalOf(lines))}</strong></td></tr></tfoot></table></div>
${form(view, `/programmes/${programme.id}/support/export`, button(say('support.csv'), 'quiet'))}${hint(say('support.csvHint'))}`
}`
}

/** The same for a spreadsheet. */
export async function* supportRows({ say }: DeskWords, { rule, lines }: SupportPage) {
  const { currency } = rule
  yield ['organisation', 'people', 'fulfilled', 'counted', 'amount'].map((head) => say(`support.${head}`, { currency }))
  for (const { organisation, people, fulfilled, counted, amount } of lines)
    yield [organisation, people, fulfilled, counted, amount]
}
