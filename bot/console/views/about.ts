/**
 * What the desk’s pages look like: data in, HTML out. Nothing here reads, writes or decides.
 *
 * What the bot learned before a human came: the question, the answers that were shown, the place. No name, no account, no number.
 */
import { type Html, html, type Part } from '../../http/html.js'
import type { OpenCase } from './case.js'
import { at, stars, type View, waiting } from './view.js'

export function aboutView(view: View, { row, summary, shown }: OpenCase): Html {
  const { say } = view
  const fact = (name: string, value: Part) =>
    value && html`<div><dt>${say(`about.${name}`)}</dt><dd>${value}</dd></div>`
  return html`<section id="about" class="about part" data-live>
<h2>${say('about.title')}</h2>
${summary?.question && html`<h3>${say('about.question')}</h3><blockquote class="words" dir="auto" lang="${row.language}">${summary.question}</blockquote>`}
${shown.length > 0 && html`<h3>${say('about.shown')}</h3><ul class="shown">${shown.map((title) => html`<li>${title}</li>`)}</ul>`}
<dl>
${fact('language', view.language(row.language))}
${fact('place', view.place(row.country, row.city))}
${fact('topic', view.subject(row))}
${fact('urgency', row.urgency === 'urgent' && html`<span class="flag">${say('queue.urgent')}</span>`)}
${fact('opened', at(view, row.openedAt))}
${fact('waits', row.state !== 'closed' && row.waitingSince && waiting(view, row.waitingSince))}
${fact('owner', row.ownerAlias && view.alias(row.ownerAlias))}
${fact('closed', row.closedAt && at(view, row.closedAt))}
${fact('rating', row.rating && html`<span class="stars" role="img" aria-label="${say('case.rated', { n: row.rating })}">${stars(row.rating)}</span>`)}
</dl>
</section>`
}
