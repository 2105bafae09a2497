/** One case: its head, what waits for a word, the conversation, what the bot learned, the notes. */
import { type Html, html } from '../../http/html.js'
import { aboutView } from './about.js'
import { answerView } from './answer.js'
import { bannersView } from './banners.js'
import { headView } from './head.js'
import { messageView } from './message.js'
import { notesView } from './notes.js'
import type { OpenCase } from './open-case.js'
import type { View } from './view.js'

export function caseView(view: View, open: OpenCase): Html {
  const { row, messages, part } = open
  const { say } = view
  const talk = { code: row.code, language: row.language, answers: part !== 'reader', owns: part === 'owner' }
  return html`<main id="main" class="case" data-code="${row.code}" data-id="${row.id}" tabindex="-1">
${headView(view, open)}
${bannersView(view, open)}
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
