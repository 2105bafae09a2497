/** The queue: what is with me, who waits, what is with colleagues, what was closed. The same rows stand beside a case, only narrower. */
import { may } from '../../desk/access.js'
import type { CaseRow } from '../../desk/cases.js'
import { type Html, html } from '../../http/html.js'
import { csrfField, stars, type View, waiting } from './view.js'

/** `open` is the code of the case that is on the page. */
export function queueView(view: View, rows: readonly CaseRow[], open?: string): Html {
  const queued = rows.filter(({ state }) => state === 'queued')
  const claimed = rows.filter(({ state }) => state === 'claimed')
  const mine = claimed.filter(({ ownerId }) => ownerId === view.staff.id)
  const theirs = claimed.filter(({ ownerId }) => ownerId !== view.staff.id)
  const offered = theirs.filter((row) => row.offered && row.sight === 'full')
  const helping = theirs.filter((row) => row.helping && row.sight === 'full' && !row.offered)
  const others = theirs.filter((row) => !offered.includes(row) && !helping.includes(row))
  const closed = rows.filter(({ state }) => state === 'closed')
  const unanswered = mine.filter(({ waitingSince }) => waitingSince).length
  const list = (cases: CaseRow[]) => html`<ol class="rows">${cases.map((row) => rowView(view, row, open))}</ol>`
  const group = (name: string, cases: CaseRow[]) =>
    cases.length > 0 &&
    html`<section class="group ${name}"><h2>${view.say(`queue.${name}`)} <span class="n">${cases.length}</span></h2>${list(cases)}</section>`

  // What waits for a word of theirs first, then one's own: they are few, and each of these clients has been promised somebody.
  return html`<nav id="queue" class="queue" data-live aria-label="${view.say('queue.title')}" data-waiting="${queued.length + unanswered + offered.length}">
${group('offered', offered)}${group('mine', mine)}${group('helping', helping)}
<section class="group waiting"><div class="group-head"><h2>${view.say('queue.waiting')} <span class="n">${queued.length}</span></h2>${queued.length > 0 && nextButton(view)}</div>
${queued.length > 0 ? list(queued) : html`<p class="hint empty">${view.say('queue.nobody')}</p>`}</section>
${group('others', others)}${closed.length > 0 && closedGroup(view, closed, list(closed))}
</nav>`
}

/** Folded: it is looked up, not watched. */
const closedGroup = (view: View, closed: CaseRow[], list: Html): Html =>
  html`<details class="group closed" data-keep="closed"><summary><h2 class="folded">${view.say('queue.closed')} <span class="n">${closed.length}</span></h2></summary>${list}</details>`

export const nextButton = (view: View): Html | false =>
  may(view.staff, 'case.claim') &&
  html`<form method="post" action="${view.base}/next">${csrfField(view)}<button class="primary">${view.say('queue.next')}</button></form>`

function rowView(view: View, row: CaseRow, open?: string): Html {
  const { say } = view
  const urgent = row.urgency === 'urgent' && row.state !== 'closed'
  const late = row.dueAt !== null && row.dueAt < view.now && row.state !== 'closed'
  const owner = row.ownerAlias && row.ownerId !== view.staff.id ? view.alias(row.ownerAlias) : ''
  const place = view.place(row.country, row.city)
  if (row.sight === 'outline')
    return html`<li class="row ${row.state}${urgent && ' urgent'}" data-code="${row.code}"><span class="still"><span class="code">${row.code}</span>${urgent && html`<span class="flag">${say('queue.urgent')}</span>`}
<span class="where">${say('queue.unseen')}</span><span class="wait">${waitView(view, row)}</span></span></li>`
  const inside = html`<span class="code">${row.code}</span>${urgent && html`<span class="flag">${say('queue.urgent')}</span>`}
<span class="topic">${view.subject(row) || say('queue.noTopic')}</span>
<span class="where">${place && html`<span class="place">${place}</span>`}<span class="tongue">${view.language(row.language)}</span>${owner && html`<span class="owner">${owner}</span>`}</span>
<span class="wait">${waitView(view, row)}</span>`
  return html`<li class="row ${row.state}${urgent && ' urgent'}${late && ' late'}" data-code="${row.code}">${
    may(view.staff, 'case.read')
      ? html`<a href="${view.base}/cases/${row.code}"${row.code === open && html` aria-current="page"`}>${inside}</a>`
      : html`<span class="still">${inside}</span>`
  }</li>`
}

function waitView(view: View, row: CaseRow): Html {
  if (row.state === 'closed')
    return row.rating
      ? html`<span class="stars" role="img" aria-label="${view.say('case.rated', { n: row.rating })}">${stars(row.rating)}</span>`
      : html`<span class="done">${view.say(`outcomes.${row.outcome ?? 'answered'}`)}</span>`
  if (row.state === 'queued') return waiting(view, row.waitingSince ?? row.openedAt)
  return row.waitingSince
    ? waiting(view, row.waitingSince)
    : html`<span class="done">${view.say('queue.answered')}</span>`
}
