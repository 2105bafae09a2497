/** What can be done to one message: a client's is answered, one's own is corrected or taken back. */
import type { CaseMessage } from '../../desk/reading.js'
import { type Html, html } from '../../http/html.js'
import { button } from './acts.js'
import type { Talk } from './message.js'
import type { View } from './view.js'

/** Words that never left, or never arrived, need no correction. */
const LEFT_OR_LEAVING = ['due', 'sending', 'sent']

export function messageActs(view: View, message: CaseMessage, { code }: Talk): Html | false {
  const { say } = view
  if (message.author === 'client')
    return html`<a class="line-act" href="${view.base}/cases/${code}?answer=${message.id}#reply-text" data-answers="${message.id}">${say('message.reply')}</a>`
  const own = message.author === 'staff' && message.alias === view.staff.alias
  if (!own || message.takenBack || !LEFT_OR_LEAVING.includes(message.state)) return false
  const id = String(message.id)
  return html`<details class="menu line-menu"><summary class="line-act" title="${say('message.menu')}"><span aria-hidden="true">⋯</span><span class="unseen">${say('message.menu')}</span></summary>
<div class="sheet">${
    message.text &&
    html`<a class="button" href="${view.base}/cases/${code}?correct=${id}#correct-text">${say('message.correct')}</a>`
  }${button(view, code, { what: 'replies/take-back', label: say('message.takeBack'), fields: { message: id } })}</div></details>`
}
