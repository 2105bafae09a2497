/** Complaints: a list without words, and each by itself. */
import type { ComplaintRow, OpenComplaint } from '../../../desk/house/complaints.js'
import { type Html, html } from '../../../http/html.js'
import { at, type View } from '../view.js'
import { button, form, hint, section } from './parts.js'

export function complaintsView(view: View, rows: readonly ComplaintRow[]): Html {
  const { house } = view
  const open = rows.filter(({ closedAt }) => !closedAt)
  const closed = rows.filter(({ closedAt }) => closedAt)
  const list = (some: readonly ComplaintRow[]) =>
    html`<ul class="list">${some.map((row) => html`<li><span class="what"><a href="${view.base}/complaints/${row.id}">${house('complaint.about', { about: about(view, row) })}</a> <span class="soft">${at(view, row.at)} · ${standing(view, row)}</span></span></li>`)}</ul>`
  return html`<h1>${house('nav.complaints')}</h1>
${hint(house('complaint.hint'))}
${section(house('complaint.open'), open.length > 0 ? list(open) : hint(house('complaint.none')))}
${closed.length > 0 && section(house('complaint.closed'), list(closed))}`
}

const about = (view: View, row: ComplaintRow): string =>
  row.about ? view.alias(row.about) : view.house('complaint.nobody')

function standing(view: View, row: ComplaintRow): string {
  const { house } = view
  if (row.closedAt) return house('complaint.isClosed')
  if (row.mine) return house('complaint.mine')
  return row.handler ? house('complaint.with', { alias: view.alias(row.handler) }) : house('complaint.waits')
}

export const complaintView = (
  view: View,
  row: OpenComplaint,
): Html => html`<p><a href="${view.base}/complaints">‹ ${view.house('nav.complaints')}</a></p>
<h1>${view.house('complaint.about', { about: about(view, row) })}</h1>
<p class="soft">${at(view, row.at)} · ${standing(view, row)}${row.caseCode && html` · ${view.house('complaint.case', { code: row.caseCode })}`}</p>
${section(
  view.house('complaint.words'),
  row.words === undefined
    ? hint(view.house('complaint.erased'))
    : html`<blockquote class="words" dir="auto">${row.words}</blockquote>`,
)}
${
  !row.closedAt &&
  html`<div class="line-form">${!row.mine && !row.handler && form(view, `/complaints/${row.id}/take`, button(view.house('complaint.take')))}${row.mine && form(view, `/complaints/${row.id}/close`, button(view.house('complaint.close')))}</div>${row.mine && hint(view.house('complaint.closeHint'))}`
}`
