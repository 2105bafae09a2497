/** Where the answer is written; or the sentence that says why it cannot be written here. */
import { may } from '../../desk/access.js'
import { WORDS_MAX } from '../../desk/words.js'
import { ACCEPTED_FILES } from '../../http/file-types.js'
import { type Html, html } from '../../http/html.js'
import { caseUrl, plainAct } from './acts.js'
import type { OpenCase } from './case.js'
import { CLIP } from './icons.js'
import { csrfField, requestField, type View } from './view.js'

/** `data-state` tells the page's script when to draw it anew: never while somebody writes. */
export function answerView(view: View, open: OpenCase): Html {
  const { row, reach } = open
  const mine = row.ownerId === view.staff.id && row.state === 'claimed' && may(view.staff, 'case.reply')
  return mine
    ? html`<footer id="answer" class="answer part-talk" data-state="mine ${reach}">${reachView(view, open)}${composer(view, open)}</footer>`
    : html`<footer id="answer" class="answer part-talk" data-state="${row.state} ${row.ownerId ?? ''}">${whyNot(view, open)}</footer>`
}

const reachView = ({ say }: View, { reach }: OpenCase): Html | false =>
  reach !== 'open' && html`<p class="reach ${reach}">${say(`reach.${reach}`)}</p>`

function whyNot(view: View, { row }: OpenCase): Html {
  const { say } = view
  if (row.state === 'closed') return html`<p class="hint">${say('answer.closed')}</p>`
  if (row.state === 'claimed')
    return html`<p class="hint">${say('answer.taken', { alias: view.alias(row.ownerAlias ?? '') })}</p>`
  return html`<p class="hint">${say('answer.claimFirst')}</p>${may(view.staff, 'case.claim') && plainAct(view, row.code, 'claim', 'primary')}`
}

const composer = (view: View, { row, draft }: OpenCase): Html =>
  html`<form id="reply" class="composer" method="post" action="${caseUrl(view, row.code, 'replies')}" enctype="multipart/form-data" data-draft="${row.code}">
${csrfField(view)}${requestField(view)}
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
