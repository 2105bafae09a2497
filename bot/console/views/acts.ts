/** What is done to a case with one button. Each is a form, so that it works before any script has come. */
import { CONTACT_KINDS, STAFF_OUTCOMES } from '../../desk/ending.js'
import { type Html, html, type Part } from '../../http/html.js'
import { csrfField, requestField, type View } from './view.js'

export const caseUrl = (view: View, code: string, what: string): string => `${view.base}/cases/${code}/${what}`

export type Button = {
  /** Where it goes, under the case. */
  what: string
  label: string
  looks?: 'primary' | 'quiet' | 'link'
  /** Hidden fields that say what exactly. */
  fields?: Record<string, string>
  /** Acts once, however often it is pressed. */
  once?: boolean
}

export const button = (view: View, code: string, { what, label, looks = 'quiet', fields = {}, once }: Button): Html =>
  html`<form class="act" method="post" action="${caseUrl(view, code, what)}">${csrfField(view)}${once && requestField(view)}${Object.entries(
    fields,
  ).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="${looks}">${label}</button></form>`

export const plainAct = (
  view: View,
  code: string,
  what: 'claim' | 'release' | 'reopen',
  looks: 'primary' | 'quiet',
): Html => button(view, code, { what, label: view.say(`case.${what}`), looks })

/** A form behind a button of the head; it opens and closes without a script. */
export const menu = (name: string, label: Part, inside: Part): Html => html`<details class="menu ${name}">
<summary class="button">${label}</summary>
<div class="sheet">${inside}</div>
</details>`

export const choice = (name: string, value: string, label: string, checked = false): Html =>
  html`<label class="choice"><input type="radio" name="${name}" value="${value}" required${checked && html` checked`}> <span class="outcome">${label}</span></label>`

/** Closing takes two steps: it cannot be undone, and the client is asked to rate. */
export const closeMenu = (view: View, code: string): Html =>
  menu(
    'close',
    view.say('case.close'),
    html`<form class="act" method="post" action="${caseUrl(view, code, 'close')}">${csrfField(view)}
<fieldset><legend>${view.say('case.closeHow')}</legend>
${STAFF_OUTCOMES.map((outcome) => choice('outcome', outcome, view.say(`outcomes.${outcome}`)))}</fieldset>
<fieldset><legend>${view.say('contact.title')}</legend>
${CONTACT_KINDS.map((kind) => choice('contact', kind, view.say(`contact.${kind}`), kind === 'chat'))}</fieldset>
<p class="hint">${view.say('case.closeHint')}</p>
<button class="primary">${view.say('case.closeNow')}</button>
</form>`,
  )
