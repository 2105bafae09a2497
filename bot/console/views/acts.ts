/** What is done to a case with one button. Each is a form, so that it works before any script has come. */
import { STAFF_OUTCOMES } from '../../desk/ending.js'
import { type Html, html } from '../../http/html.js'
import { csrfField, type View } from './view.js'

export const caseUrl = (view: View, code: string, what: string): string => `${view.base}/cases/${code}/${what}`

export const plainAct = (view: View, code: string, what: 'claim' | 'release', looks: 'primary' | 'quiet'): Html =>
  html`<form class="act" method="post" action="${caseUrl(view, code, what)}">${csrfField(view)}<button class="${looks}">${view.say(`case.${what}`)}</button></form>`

/** Closing takes two steps: it cannot be undone, and the client is asked to rate. */
export const closeMenu = (view: View, code: string): Html => html`<details class="menu close">
<summary class="button">${view.say('case.close')}</summary>
<form class="sheet act" method="post" action="${caseUrl(view, code, 'close')}">${csrfField(view)}
<fieldset><legend>${view.say('case.closeHow')}</legend>
${STAFF_OUTCOMES.map(
  (outcome) =>
    html`<label class="choice"><input type="radio" name="outcome" value="${outcome}" required> <span class="outcome">${view.say(`outcomes.${outcome}`)}</span></label>`,
)}</fieldset>
<p class="hint">${view.say('case.closeHint')}</p>
<button class="primary">${view.say('case.closeNow')}</button>
</form>
</details>`
