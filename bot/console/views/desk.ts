/** The desk with no case open. */
import type { CaseRow } from '../../desk/cases.js'
import { type Html, html } from '../../http/html.js'
import { nextButton } from './queue.js'
import type { View } from './view.js'

export function deskView(view: View, rows: readonly CaseRow[]): Html {
  const { say } = view
  const queued = rows.filter(({ state }) => state === 'queued')
  const urgent = queued.filter(({ urgency }) => urgency === 'urgent').length
  return html`<main id="main" class="idle" tabindex="-1"><div id="idle" data-live>
<p class="count"><strong class="big">${queued.length}</strong> ${say('idle.waiting', { count: queued.length })}</p>
${urgent > 0 && html`<p><span class="flag">${say('idle.urgent', { count: urgent })}</span></p>`}
<p class="hint">${say(queued.length > 0 ? 'idle.choose' : 'idle.rest')}</p>
${queued.length > 0 && nextButton(view)}
</div></main>`
}
