/** Who has sent what: people × months, as a table that a phone scrolls sideways. */
import { type Html, html } from '../../../http/html.js'
import type { GroupRow } from '../../../programme/reports/groups.js'
import { type Cell, type Matrix, type MatrixRow, missing } from '../../../programme/reports/matrix.js'
import { formatMonth } from '../../../text/formats.js'
import { button, form, hint, input, section, select } from '../house/parts.js'
import type { View } from '../view.js'
import type { ReportWords } from './words.js'

export const groupsView = (
  view: View,
  { say }: ReportWords,
  groups: readonly GroupRow[],
): Html => html`<h1>${say('title')}</h1>
${groups.length === 0 && hint(say('noGroups'))}
<ul class="list">${groups.map(
  ({ id, name, programme, people }) =>
    html`<li><a href="${view.base}/reports/${id}"><strong>${name}</strong></a> <span class="hint">${programme} · ${say('people', { count: people })}</span></li>`,
)}</ul>`

const SIGNS: Record<Cell['shown'], string> = {
  notExpected: '·',
  notDue: '○',
  due: '!',
  draft: '…',
  submitted: '✓',
  returned: '↩',
  resubmitted: '✓',
  approved: '✔',
  nothing: '0',
  locked: '▪',
}

export function matrixView(view: View, words: ReportWords, matrix: Matrix, decides: boolean, summary: Html): Html {
  const { say } = words
  const { group, periods, rows } = matrix
  const newest = periods.at(-1) ?? ''
  return html`<h1>${group.name}</h1>${hint(group.programme)}
<div class="matrix" tabindex="0" role="region" aria-label="${say('matrix')}"><table>
<thead><tr><th scope="col">${say('person')}</th>${periods.map((period) => html`<th scope="col">${formatMonth(view.tongue, period)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => rowView(view, words, matrix, row))}</tbody></table></div>
${hint((Object.keys(SIGNS) as Cell['shown'][]).map((state) => `${SIGNS[state]} ${say(`state.${state}`)}`).join(' · '))}
${
  decides &&
  section(
    say('remind.title'),
    html`${hint(say('remind.hint', { count: missing(matrix, newest).length }))}${form(view, `/reports/${group.id}/remind`, html`${months(view, periods, newest)} ${button(say('remind.do'), 'quiet')}`, 'line-form')}`,
  )
}
${decides && lockForms(view, words, matrix)}
${
  decides &&
  section(
    say('export.title'),
    html`${hint(say('export.hint'))}${form(
      view,
      `/reports/${group.id}/export`,
      html`<label>${say('export.from')} ${input('from', newest, html`pattern="\\d{4}-\\d{2}"`)}</label> <label>${say('export.to')} ${input('to', newest, html`pattern="\\d{4}-\\d{2}"`)}</label>
<button class="quiet" name="as" value="csv">CSV</button> <button class="quiet" name="as" value="xlsx">XLSX</button>`,
      'line-form',
    )}`,
  )
}
${decides && summary}`
}

/** Offered first: the month before the newest, which is over. One click, since another one takes it back. */
const lockForms = (view: View, { say }: ReportWords, { group, periods }: Matrix): Html =>
  section(
    say('monthLock.title'),
    html`${hint(say('monthLock.hint'))}${form(
      view,
      `/reports/${group.id}/lock`,
      html`${months(view, periods, periods.at(-2) ?? '')} ${button(say('monthLock.lock'), 'quiet')}
<button class="quiet" formaction="${view.base}/reports/${group.id}/unlock">${say('monthLock.unlock')}</button>`,
      'line-form',
    )}`,
  )

const months = (view: View, periods: readonly string[], chosen: string): Html =>
  select(
    'period',
    periods.map((period) => ({ value: period, label: formatMonth(view.tongue, period) })),
    chosen,
  )

const rowView = (view: View, { say }: ReportWords, { group }: Matrix, { personId, name, cells }: MatrixRow): Html =>
  html`<tr><th scope="row">${name}</th>${cells.map(({ period, shown, late }) => {
    const words = `${say(`state.${shown}`)}${late ? `, ${say('late')}` : ''}`
    const sign = html`<span aria-hidden="true">${SIGNS[shown]}${late && '⏰'}</span><span class="sr">${words}</span>`
    return html`<td class="${shown}" title="${words}">${shown === 'notExpected' ? sign : html`<a href="${view.base}/reports/${group.id}/${personId}/${period}">${sign}</a>`}</td>`
  })}</tr>`
