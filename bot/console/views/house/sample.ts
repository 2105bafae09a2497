/** A closed case as its second reader sees it: what was said, and nothing about who said it. */
import { VERDICTS } from '../../../desk/house/sample.js'
import type { CaseMessage, CaseNote } from '../../../desk/reading.js'
import { type Html, html } from '../../../http/html.js'
import { at, requestField, type View } from '../view.js'
import { button, form, hint, section } from './parts.js'

export type SamplePage = { code: string; language: string; messages: CaseMessage[]; notes: CaseNote[] }

export const sampleView = (
  view: View,
  { code, language, messages, notes }: SamplePage,
): Html => html`<h1>${view.house('sample.page', { code })}</h1>
${hint(view.house('sample.pageHint'))}
${section(
  view.say('case.talk'),
  messages.length > 0
    ? html`<ol class="talk-lines">${messages.flatMap((message) => line(view, message, language) || [])}</ol>`
    : hint(view.house('sample.empty')),
)}
${
  notes.length > 0 &&
  section(
    view.say('case.notes'),
    html`<ol class="talk-lines">${notes.map(({ text, at: time }) => html`<li class="staff"><p class="soft">${view.say('author.staff')} ${at(view, time)}</p><p class="words" dir="auto">${text}</p></li>`)}</ol>`,
  )
}
${section(
  view.house('sample.verdict'),
  html`${hint(view.house('sample.verdictHint'))}<div class="line-form">${VERDICTS.map((verdict) =>
    form(
      view,
      `/oversight/sample/${code}`,
      html`${requestField(view)}<input type="hidden" name="verdict" value="${verdict}">${button(view.house(`sample.${verdict}`), 'quiet')}`,
    ),
  )}</div>`,
)}`

function line(view: View, message: CaseMessage, language: string): Html | false {
  const { say } = view
  if (message.event) return html`<li class="event">${say(`events.${message.event}`)} ${at(view, message.at)}</li>`
  if (message.empty && message.direction === 'in') return false
  const words = message.shared
    ? html`<p class="soft">${say(`shared.${message.shared}`)}</p>`
    : message.text
      ? html`<p class="words" dir="auto"${message.author !== 'staff' && html` lang="${language}"`}>${message.text}</p>`
      : !message.file && html`<p class="soft">${say('case.deleted')}</p>`
  return html`<li class="${message.author}"><p class="soft">${say(`author.${message.author}`)} ${at(view, message.at)}</p>${words}${message.file && html`<p class="soft">${say(`file.${message.file.kind}`)}</p>`}</li>`
}
