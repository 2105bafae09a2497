/** On a case's page: to ask who the client is, what became of the question, and, on the one page that shows it, the answer (S08). */
import { KINDS, REASON_MAX } from '../../desk/two-people/kinds.js'
import type { Identity, RevealState } from '../../desk/two-people/reveal.js'
import { type Html, html } from '../../http/html.js'
import { button, caseUrl, choice } from './acts.js'
import { at, csrfField, type View } from './view.js'

export function revealForm(view: View, code: string, { state, until }: RevealState): Html {
  const { say } = view
  if (state === 'asked') return html`<p class="hint">${say('reveal.asked')} ${until && at(view, until)}</p>`
  if (state === 'approved') return html`<p class="hint">${say('reveal.approvedAbove')}</p>`
  return html`${state === 'refused' && html`<p class="hint">${say('reveal.refused')}</p>`}
<form class="act" method="post" action="${caseUrl(view, code, 'reveal')}">${csrfField(view)}
<p class="hint">${say('reveal.hint')}</p>
<fieldset><legend>${say('reveal.why')}</legend>
${KINDS.reveal.reasons.map((reason) => choice('reason', reason, view.house(`reason.reveal.${reason}`)))}</fieldset>
<label>${say('reveal.words')}
<textarea name="words" rows="3" maxlength="${REASON_MAX}" required></textarea></label>
<p class="hint">${say('reveal.wordsHint')}</p>
<button class="primary">${say('reveal.ask')}</button>
</form>`
}

/** Two people have agreed, and it has not lapsed. */
export const revealBanner = (view: View, code: string, { state, until }: RevealState): Html | false =>
  state === 'approved' &&
  until !== null &&
  html`<section class="banner" aria-label="${view.say('reveal.menu')}"><p>${view.say('reveal.approved')} ${at(view, until)}</p>
<div class="row-acts">${button(view, code, { what: 'reveal/look', label: view.say('reveal.look') })}</div></section>`

/** Outside of what refreshes itself: it stands until the page is left, and is on no other page. */
export const identityView = (view: View, { addresses, phone }: Identity): Html =>
  html`<section class="banner phone" aria-label="${view.say('reveal.menu')}"><dl class="identity">${addresses.map(
    ({ channel, id }) => html`<dt>${view.house(`channel.${channel}`)}</dt><dd class="number">${id}</dd>`,
  )}${phone && html`<dt>${view.say('reveal.phone')}</dt><dd class="number">${phone}</dd>`}</dl><p class="hint">${view.say('reveal.logged')}</p></section>`
