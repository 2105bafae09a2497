/** Where the answer is written; or the sentence that says why it cannot be written here. */
import { may } from '../../desk/access.js'
import type { CaseMessage } from '../../desk/reading.js'
import { WORDS_MAX } from '../../desk/words.js'
import { ACCEPTED_FILES } from '../../http/file-types.js'
import { type Html, html } from '../../http/html.js'
import { caseUrl, plainAct } from './acts.js'
import { helpView } from './help.js'
import { CLIP } from './icons.js'
import { excerpt } from './message.js'
import type { OpenCase } from './open-case.js'
import { csrfField, requestField, type View } from './view.js'

/** `data-state` tells the page's script when to draw it anew: never while somebody writes. */
export function answerView(view: View, open: OpenCase): Html {
  const { row, reach, part, correcting } = open
  if (correcting)
    return html`<footer id="answer" class="answer part-talk" data-state="correcting">${correction(view, open, correcting)}</footer>`
  return part === 'reader'
    ? html`<footer id="answer" class="answer part-talk" data-state="${row.state} ${row.ownerId ?? ''}">${whyNot(view, open)}</footer>`
    : html`<footer id="answer" class="answer part-talk" data-state="${part} ${reach}">${reachView(view, open)}${composer(view, open)}${helpView(view, open)}</footer>`
}

const reachView = ({ say }: View, { reach }: OpenCase): Html | false =>
  reach !== 'open' && html`<p class="reach ${reach}">${say(`reach.${reach}`)}</p>`

function whyNot(view: View, { row, around }: OpenCase): Html {
  const { say } = view
  if (row.state === 'closed')
    return html`<p class="hint">${say('answer.closed')}</p>${around.mayReopen && may(view.staff, 'case.reopen') && plainAct(view, row.code, 'reopen', 'quiet')}`
  if (row.state === 'claimed')
    return html`<p class="hint">${say('answer.taken', { alias: view.alias(row.ownerAlias ?? '') })}</p>`
  return html`<p class="hint">${say('answer.claimFirst')}</p>${may(view.staff, 'case.claim') && plainAct(view, row.code, 'claim', 'primary')}`
}

/** In the place of the answer, so that nobody writes two things at once. */
const correction = (view: View, { row }: OpenCase, { id, text }: CaseMessage): Html =>
  html`<form class="act correction" method="post" action="${caseUrl(view, row.code, 'replies/correct')}">${csrfField(view)}<input type="hidden" name="message" value="${id}">
<label for="correct-text">${view.say('message.correctLabel')}</label>
<textarea id="correct-text" name="text" rows="3" maxlength="${WORDS_MAX}" required autofocus>${text}</textarea>
<p class="hint">${view.say('message.correctHint')}</p>
<div class="row-acts"><button class="primary">${view.say('message.correctNow')}</button><a class="button" href="${view.base}/cases/${row.code}">${view.say('message.leave')}</a></div>
</form>`

const composer = (view: View, { row, draft, answering }: OpenCase): Html =>
  html`<form id="reply" class="composer" method="post" action="${caseUrl(view, row.code, 'replies')}" enctype="multipart/form-data" data-draft="${row.code}">
${csrfField(view)}${requestField(view)}<input type="hidden" name="answers" value="${answering?.id}">
<p id="answering" class="answering"${!answering && html` hidden`}><span>${view.say('answer.answering')} <q dir="auto">${answering && excerpt(view, answering)}</q></span> <a class="dismiss" href="${view.base}/cases/${row.code}" title="${view.say('answer.notTo')}" aria-label="${view.say('answer.notTo')}">×</a></p>
<ul id="files" class="chosen" hidden></ul>
<label class="unseen" for="reply-text">${view.say('answer.label')}</label>
<textarea id="reply-text" name="text" rows="2" maxlength="${WORDS_MAX}" placeholder="${view.say('answer.placeholder', { language: view.language(row.language) })}" aria-describedby="reply-hint">${draft?.reply}</textarea>
<div class="tools">
<label class="attach" title="${view.say('answer.attach')}">${CLIP}<span class="only-script unseen">${view.say('answer.attach')}</span><input type="file" name="file" accept="${ACCEPTED_FILES}"></label>
<span id="reply-hint" class="hint only-script">${view.say('answer.hint')}</span>
<span id="reply-state" class="progress" role="status"></span>
<button class="primary send">${view.say('answer.send')}</button>
</div>
</form>`
