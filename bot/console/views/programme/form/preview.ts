/** The form as a worker will be asked it. */
import { type Html, html } from '../../../../http/html.js'
import { previewOf } from '../../../../programme/form/preview.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES, type StaffLanguage } from '../../../../text/languages.js'
import type { Texts } from '../../../../text/texts.js'
import type { FormPage } from '../../../routes/programme/form-page.js'
import { hint } from '../../house/parts.js'
import type { View } from '../../view.js'

export function previewView(
  view: View,
  { id, flow }: FormPage,
  texts: Pick<Texts, 'find' | 'say'>,
  language: StaffLanguage,
): Html {
  const { coordination } = view
  const path = `${view.base}/programmes/${id}/form`
  const tongues = STAFF_LANGUAGES.map((each) =>
    each === language
      ? html`<strong>${LANGUAGE_NAMES[each]}</strong> `
      : html`<a href="${path}/preview?in=${each}" lang="${each}">${LANGUAGE_NAMES[each]}</a> `,
  )
  const questions = (flow ? previewOf(flow, texts, language) : []).map(
    ({ ask, options, optional, sometimes }) => html`<li><p>${ask}</p>
${(options.length > 0 || optional) && html`<p class="chips">${[...options, ...(optional ? [texts.say(language, 'common:skip')] : [])].map((each) => html`<span class="chip">${each}</span> `)}</p>`}
${sometimes && html`<p class="hint" lang="${view.tongue}">${coordination('form.sometimes')}</p>`}</li>`,
  )
  return html`<p><a href="${path}">‹ ${coordination('form.title')}</a></p>
<h1>${coordination('form.preview')}</h1>
${hint(coordination('form.previewHint'))}
<p class="tongues">${tongues}</p>
${flow ? html`<ol class="card asked" lang="${language}">${questions}</ol>` : hint(coordination('form.noPreview'))}`
}
