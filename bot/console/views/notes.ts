/** Private notes: another place, another colour, another form than what the client gets. */
import { may } from '../../desk/access.js'
import { WORDS_MAX } from '../../desk/words.js'
import { type Html, html } from '../../http/html.js'
import { caseUrl } from './acts.js'
import { LOCK } from './icons.js'
import type { OpenCase } from './open-case.js'
import { at, csrfField, requestField, type View } from './view.js'

export const notesView = (
  view: View,
  { row, notes, draft }: OpenCase,
): Html => html`<section id="notes" class="notes part">
<h2>${LOCK} ${view.say('notes.title')}</h2>
<p class="hint">${view.say('notes.hint')}</p>
<ol id="note-list" data-live>${notes.map(
  (note) =>
    html`<li class="note"><p class="who">${note.alias === view.staff.alias ? view.say('case.you') : view.alias(note.alias)} ${at(view, note.at)}</p><p class="words" dir="auto">${note.text}</p></li>`,
)}</ol>
${
  may(view.staff, 'case.note') &&
  html`<form id="note" method="post" action="${caseUrl(view, row.code, 'notes')}" data-draft="${row.code} note">
${csrfField(view)}${requestField(view)}
<label class="unseen" for="note-text">${view.say('notes.label')}</label>
<textarea id="note-text" name="text" rows="2" maxlength="${WORDS_MAX}" placeholder="${view.say('notes.placeholder')}">${draft?.note}</textarea>
<div class="tools"><span id="note-state" class="progress" role="status"></span><button class="quiet">${view.say('notes.add')}</button></div>
</form>`
}
</section>`
