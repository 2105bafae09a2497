/** What needs two people: what waits for one's word, what one has asked for, and the forms that ask. */
import { may } from '../../../desk/access.js'
import { EXPORT_DAYS_MAX, periodOf } from '../../../desk/two-people/export.js'
import { APPROVAL_LIVES_HOURS, type ApprovalKind, KINDS, REASON_MAX } from '../../../desk/two-people/kinds.js'
import { lifetimeOf } from '../../../desk/two-people/lifetimes.js'
import type { ApprovalRow } from '../../../desk/two-people/list.js'
import { type Html, html, type Part } from '../../../http/html.js'
import { SHORTENABLE, type Shortened, usualDays } from '../../../store/shortened.js'
import { formatDate } from '../../../text/formats.js'
import { at, type View } from '../view.js'
import { button, field, form, hint, section, select } from './parts.js'

export type ApprovalsPage = {
  rows: readonly ApprovalRow[]
  shortened: Shortened
  /** As the forms had it, when they were refused. */
  filled: { from: string; to: string; words: string; days: string; name: string; reason: string }
}

export function approvalsView(view: View, page: ApprovalsPage): Html {
  const { house } = view
  const { rows } = page
  const waiting = rows.filter(({ mine, state }) => !mine && state === 'asked')
  const mine = rows.filter((row) => row.mine && ['asked', 'approved'].includes(row.state))
  const over = rows.filter((row) => !waiting.includes(row) && !mine.includes(row))
  return html`<h1>${house('nav.approvals')}</h1>
${hint(house('approval.hint', { hours: APPROVAL_LIVES_HOURS }))}
${section(house('approval.waiting'), waiting.length > 0 ? html`<ul class="list approvals">${waiting.map((row) => waitingView(view, row))}</ul>` : hint(house('approval.none')))}
${mine.length > 0 && section(house('approval.mine'), html`<ul class="list approvals">${mine.map((row) => mineView(view, row))}</ul>`)}
${may(view.staff, 'export.ask') && exportForm(view, page)}
${may(view.staff, 'lifetimes.ask') && lifetimesForm(view, page)}
${over.length > 0 && section(house('approval.over'), html`<ul class="list approvals">${over.map((row) => html`<li>${factsOf(view, row)}</li>`)}</ul>`)}`
}

/** What is asked for, in words. */
export function subjectOf(view: View, { kind, object }: Pick<ApprovalRow, 'kind' | 'object'>): string {
  const { house, tongue } = view
  if (kind === 'export') {
    const { from, to } = periodOf(object)
    return house('approval.export', { from: formatDate(tongue, from), to: formatDate(tongue, to) })
  }
  if (kind === 'lifetimes') {
    const { name, days } = lifetimeOf(object)
    const what = house(`lifetime.${name}`)
    return house('approval.lifetimes', { what, count: days ?? usualDays(name) })
  }
  return kind === 'reveal' ? house('approval.reveal', { code: object }) : house('approval.unfreeze')
}

const factsOf = (view: View, row: ApprovalRow): Html => {
  const { house } = view
  const by = row.decidedBy && ` · ${house('approval.by', { alias: view.alias(row.decidedBy) })}`
  return html`<span class="what"><strong>${subjectOf(view, row)}</strong> <span class="tag">${house(`approval.state.${row.state}`)}</span>
<span class="soft">${house('approval.askedBy', { alias: view.alias(row.askedBy) })} · ${at(view, row.askedAt)}${by}</span></span>`
}

const whyView = (view: View, { kind, reason, words }: ApprovalRow): Html =>
  html`<p>${view.house(`reason.${kind}.${reason}`)}</p>${
    words === undefined
      ? hint(view.house('approval.wordsHidden'))
      : html`<blockquote class="words" dir="auto">${words}</blockquote>`
  }`

const waitingView = (view: View, row: ApprovalRow): Html => html`<li class="approval">${factsOf(view, row)}
${whyView(view, row)}
<p class="soft">${view.house('approval.until')} ${at(view, row.expiresAt)}</p>
<div class="line-form">${form(view, `/approvals/${row.id}/approve`, button(view.house('approval.approve')))}${form(view, `/approvals/${row.id}/refuse`, button(view.house('approval.refuse'), 'quiet'))}</div></li>`

const mineView = (view: View, row: ApprovalRow): Html => html`<li class="approval">${factsOf(view, row)}
<p class="soft">${view.house(row.state === 'asked' ? 'approval.until' : 'approval.useUntil')} ${at(view, row.expiresAt)}</p>
${row.state === 'approved' && row.kind === 'export' && form(view, `/approvals/${row.id}/download`, button(view.house('approval.download')))}
${row.state === 'approved' && row.kind === 'reveal' && html`<p><a href="${view.base}/cases/${row.object}">${view.house('approval.toCase')}</a></p>`}</li>`

/** Why, from a short list and in one's own words; for every form that asks. */
export const whyFields = (view: View, kind: ApprovalKind, filled: { reason: string; words: string }): Part =>
  html`${field(
    view.house('approval.reason'),
    select(
      'reason',
      KINDS[kind].reasons.map((each) => ({ value: each, label: view.house(`reason.${kind}.${each}`) })),
      filled.reason,
    ),
  )}
${field(view.house('approval.words'), html`<textarea name="words" rows="3" maxlength="${REASON_MAX}" required>${filled.words}</textarea>`, { hint: view.house('approval.wordsHint') })}`

function exportForm(view: View, { filled }: ApprovalsPage): Html {
  const { house } = view
  const date = (name: 'from' | 'to') =>
    field(house(`export.${name}`), html`<input type="date" name="${name}" value="${filled[name]}" required>`)
  return section(
    house('export.title'),
    html`${hint(house('export.hint'))}${form(
      view,
      '/approvals/export',
      html`<div class="row-fields">${date('from')}${date('to')}</div>
${whyFields(view, 'export', filled)}
<p>${button(house('approval.ask'))}</p>${hint(house('export.limit', { count: EXPORT_DAYS_MAX }))}`,
    )}`,
    'export',
  )
}

function lifetimesForm(view: View, { shortened, filled }: ApprovalsPage): Html {
  const { house } = view
  const days = (n: number) => house('lifetime.days', { count: n })
  return section(
    house('lifetime.title'),
    html`${hint(house('lifetime.hint'))}
<div class="wide"><table><thead><tr><th>${house('lifetime.what')}</th><th>${house('lifetime.usual')}</th><th>${house('lifetime.here')}</th></tr></thead><tbody>${SHORTENABLE.map(
      (name) =>
        html`<tr><td>${house(`lifetime.${name}`)}</td><td>${days(usualDays(name))}</td><td>${days(shortened[name] ?? usualDays(name))}</td></tr>`,
    )}</tbody></table></div>
${form(
  view,
  '/approvals/lifetime',
  html`<div class="row-fields">${field(
    house('lifetime.what'),
    select(
      'name',
      SHORTENABLE.map((name) => ({ value: name, label: house(`lifetime.${name}`) })),
      filled.name,
    ),
  )}${field(house('lifetime.new'), html`<input class="number" type="number" name="days" min="1" value="${filled.days}">`, { hint: house('lifetime.newHint') })}</div>
${whyFields(view, 'lifetimes', filled)}
<p>${button(house('approval.ask'))}</p>`,
)}`,
    'lifetimes',
  )
}
