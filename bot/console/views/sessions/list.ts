/** The days of training: what is now and ahead, then what was. */
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import type { TrainingDay } from '../../../programme/checkin/days.js'
import { hint, section } from '../house/parts.js'
import type { View } from '../view.js'
import { whenOf } from './words.js'

export function sessionsView(view: View, say: Say, days: readonly TrainingDay[]): Html {
  const line = (day: TrainingDay) =>
    html`<li><span class="what"><a href="${view.base}/sessions/${day.id}">${say('page.title', { group: day.group, module: day.module })}</a> <span class="soft">${[whenOf(view.tongue, day), day.place].filter(Boolean).join(' · ')} · ${say(day.closedAt ? 'page.closed' : 'page.open')}</span></span></li>`
  const list = (some: readonly TrainingDay[]) =>
    some.length > 0 ? html`<ul class="list">${some.map(line)}</ul>` : hint(say('page.none'))
  return html`<h1>${view.house('nav.sessions')}</h1>
${section(say('page.openDays'), list(days.filter(({ closedAt }) => !closedAt)))}
${section(say('page.closedDays'), list(days.filter(({ closedAt }) => closedAt).reverse()))}`
}
