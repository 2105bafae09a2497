/** One case: its head, the conversation, what the bot learned, the notes. */
import { may } from '../../desk/access.js'
import type { CaseRow, Summary } from '../../desk/cases.js'
import type { CaseMessage, CaseNote, Reach } from '../../desk/reading.js'
import { type Html, html } from '../../http/html.js'
import { aboutView } from './about.js'
import { closeMenu, plainAct } from './acts.js'
import { answerView } from './answer.js'
import { BACK } from './icons.js'
import { messageView } from './message.js'
import { notesView } from './notes.js'
import { stars, type View } from './view.js'

export type OpenCase = {
  row: CaseRow
  messages: CaseMessage[]
  notes: CaseNote[]
  summary: Summary | undefined
  reach: Reach
  /** The titles of the answers that were shown. */
  shown: string[]
  /** What was written and not sent, put back where it was. */
  draft?: { reply?: string; note?: string }
}

export function caseView(view: View, open: OpenCase): Html {
  const { row, messages } = open
  const { say } = view
  const talk = { code: row.code, language: row.language }
  return html`<main id="main" class="case" data-code="${row.code}" data-id="${row.id}" tabindex="-1">
${headView(view, row)}
<div class="tabs only-script" role="group" aria-label="${say('case.parts')}">
<button type="button" data-part="talk" aria-pressed="true">${say('case.talk')}</button>
<button type="button" data-part="about" aria-pressed="false">${say('case.about')}</button>
<button type="button" data-part="notes" aria-pressed="false">${say('case.notes')} <span class="n" id="note-count" data-live>${open.notes.length}</span></button>
</div>
<section id="talk" class="talk part" tabindex="0" aria-label="${say('case.talk')}">
<ol id="messages" data-live-list role="log" aria-live="polite">
${messages.map((message) => messageView(view, message, talk)).filter((line) => line !== false)}
</ol>
${messages.length === 0 && html`<p class="hint empty">${say('case.nothingSaid')}</p>`}
</section>
${answerView(view, open)}
</main>
<aside class="side" aria-label="${say('case.about')}">
${aboutView(view, open)}
${notesView(view, open)}
</aside>`
}

function headView(view: View, row: CaseRow): Html {
  const { say, staff } = view
  const mine = row.ownerId === staff.id && row.state === 'claimed'
  const others = row.state === 'claimed' && !mine && may(staff, 'case.releaseOthers')
  return html`<header id="head" class="case-head" data-live>
<a class="back" href="${view.base}" title="${say('queue.title')}">${BACK}<span class="unseen">${say('queue.title')}</span></a>
<h1>${row.code}</h1>${row.urgency === 'urgent' && html` <span class="flag">${say('queue.urgent')}</span>`}
<p class="standing">${standing(view, row)}</p>
<div class="acts">
${(mine || others) && plainAct(view, row.code, 'release', 'quiet')}
${mine && closeMenu(view, row.code)}
</div>
</header>`
}

function standing(view: View, row: CaseRow): Html {
  const { say } = view
  if (row.state === 'queued') return html`${say('case.queued')}`
  if (row.state === 'claimed')
    return html`${row.ownerId === view.staff.id ? say('case.mine') : say('case.with', { alias: view.alias(row.ownerAlias ?? '') })}`
  return html`${say('case.closed')} · ${say(`outcomes.${row.outcome ?? 'answered'}`)}${
    row.rating &&
    html` · <span class="stars" role="img" aria-label="${say('case.rated', { n: row.rating })}">${stars(row.rating)}</span>`
  }`
}
