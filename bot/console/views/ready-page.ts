/** Where ready answers are written and kept in order. */
import { may } from '../../desk/access.js'
import { QUICK_TEXT_MAX, QUICK_TITLE_MAX, type ReadyAnswer } from '../../desk/quick-answers.js'
import { type Html, html } from '../../http/html.js'
import { LANGUAGES } from '../../text/languages.js'
import { BACK } from './icons.js'
import { csrfField, type View } from './view.js'

export function readyView(view: View, ready: readonly ReadyAnswer[]): Html {
  const { say } = view
  const own = ready.filter(({ shared }) => !shared)
  const shared = ready.filter(({ shared }) => shared)
  const group = (title: string, answers: ReadyAnswer[]) =>
    answers.length > 0 &&
    html`<section><h2>${title}</h2><ul class="ready-list">${answers.map((each) => readyRow(view, each))}</ul></section>`
  return html`<main id="main" class="sheet-page" data-here="${view.base}/answers" tabindex="-1">
<h1><a class="back" href="${view.base}" title="${say('queue.title')}">${BACK}<span class="unseen">${say('queue.title')}</span></a>${say('ready.title')}</h1>
<p class="hint">${say('ready.hint')}</p>
<details class="panel"${ready.length === 0 && html` open`}><summary class="button">${say('ready.add')}</summary>
<div class="inside">${wordsForm(view, 'answers')}</div></details>
${group(say('ready.own'), own)}
${group(say('ready.shared'), shared)}
</main>`
}

function readyRow(view: View, answer: ReadyAnswer): Html {
  const changes = !answer.shared || may(view.staff, 'house.change')
  return html`<li><details class="article" data-keep="${answer.id}"><summary>${answer.title} <span class="tongue">${view.language(answer.language)}</span></summary>
${
  changes
    ? html`${wordsForm(view, 'answers/change', answer)}
<form class="act" method="post" action="${view.base}/answers/remove">${csrfField(view)}<input type="hidden" name="answer" value="${answer.id}"><button class="link">${view.say('ready.remove')}</button></form>`
    : html`<p class="words" dir="auto" lang="${answer.language}">${answer.text}</p>`
}</details></li>`
}

const wordsForm = (view: View, what: string, answer?: ReadyAnswer): Html =>
  html`<form class="act" method="post" action="${view.base}/${what}">${csrfField(view)}${answer && html`<input type="hidden" name="answer" value="${answer.id}">`}
<label>${view.say('ready.name')}
<input type="text" name="title" maxlength="${QUICK_TITLE_MAX}" required autocomplete="off" value="${answer?.title}"></label>
<label>${view.say('language')}
<select name="language">${LANGUAGES.map(
    (each) =>
      html`<option value="${each}"${each === (answer?.language ?? view.tongue) && html` selected`}>${view.language(each)}</option>`,
  )}</select></label>
<label>${view.say('ready.text')}
<textarea name="text" rows="4" maxlength="${QUICK_TEXT_MAX}" required>${answer?.text}</textarea></label>
${!answer && may(view.staff, 'house.change') && html`<label class="choice"><input type="checkbox" name="shared" value="yes"> ${view.say('ready.forAll')}</label>`}
<button class="primary">${view.say('ready.keep')}</button>
</form>`
