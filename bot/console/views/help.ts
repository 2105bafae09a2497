/** Under the answer: answers of the knowledge, read side by side in both languages, and ready words. */
import { type Html, html } from '../../http/html.js'
import { button, caseUrl } from './acts.js'
import type { ArticleChoice, OpenCase } from './open-case.js'
import { csrfField, requestField, type View } from './view.js'

export const helpView = (view: View, open: OpenCase): Html =>
  html`<div class="help">${articlesPanel(view, open)}${readyPanel(view, open)}</div>`

const articlesPanel = (view: View, open: OpenCase): Html => {
  const { row, articles, find } = open
  const { say } = view
  return html`<details class="panel" name="help" id="with"${find !== undefined && html` open`}>
<summary class="button">${say('with.menu')}</summary>
<div class="inside">
<form class="find" method="get" action="${view.base}/cases/${row.code}" role="search">
<label class="unseen" for="find">${say('with.find')}</label><input id="find" type="search" name="find" value="${find}" placeholder="${say('with.find')}" maxlength="200"><button>${say('with.search')}</button>
</form>
${
  articles.length === 0
    ? html`<p class="hint">${say('with.nothing')}</p>`
    : html`${!find && html`<p class="hint">${say('with.suggested')}</p>`}${articles.map((article) => articleView(view, row, article))}`
}
</div></details>`
}

function articleView(view: View, row: OpenCase['row'], { id, title, ours, theirs }: ArticleChoice): Html {
  const language = view.language(row.language)
  const same = row.language === view.tongue
  const side = (tongue: string, text: string) =>
    html`<div class="side-text"><h4>${view.language(tongue)}</h4><p class="words" dir="auto" lang="${tongue}">${text}</p></div>`
  return html`<details class="article" name="article"><summary>${title}</summary>
<div class="beside${same && ' alone'}">${!same && side(view.tongue, ours)}${side(row.language, theirs)}</div>
${button(view, row.code, { what: 'articles', label: view.say('with.send', { language }), looks: 'primary', fields: { article: id }, once: true })}
</details>`
}

/** The script puts the words before their sender; without it they go as they are. */
const readyPanel = (view: View, { row, ready }: OpenCase): Html => {
  const { say } = view
  const theirs = ready.filter(({ language }) => language === row.language)
  const others = ready.filter(({ language }) => language !== row.language)
  return html`<details class="panel" name="help" id="ready">
<summary class="button">${say('ready.menu')}</summary>
<div class="inside">
${ready.length === 0 && html`<p class="hint">${say('ready.none')}</p>`}
<ul class="ready">${[...theirs, ...others].map(
    ({ id, title, language, text }) =>
      html`<li><form class="act" method="post" action="${caseUrl(view, row.code, 'ready')}">${hiddenFields(view, id)}<button class="quiet" data-insert="${text}"><span>${title}</span>${language !== row.language && html` <span class="tongue">${view.language(language)}</span>`}</button></form></li>`,
  )}</ul>
<p class="hint"><span class="only-script">${say('ready.putsIn')}</span><span class="only-plain">${say('ready.sends')}</span> <a href="${view.base}/answers">${say('ready.manage')}</a></p>
</div></details>`
}

const hiddenFields = (view: View, answer: string): Html =>
  html`${csrfField(view)}${requestField(view)}<input type="hidden" name="answer" value="${answer}">`
