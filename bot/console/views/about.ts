/**
 * What the desk’s pages look like: data in, HTML out. Nothing here reads, writes or decides.
 *
 * What the bot learned before a human came, and what stands around the case. No name, no account, no number.
 */
import type { Around } from '../../desk/around-case.js'
import { openingIn } from '../../desk/hours/opening.js'
import { type Html, html, type Part } from '../../http/html.js'
import { formatDate } from '../../text/formats.js'
import { button } from './acts.js'
import type { OpenCase } from './open-case.js'
import { at, stars, until, type View, waiting } from './view.js'

export function aboutView(view: View, open: OpenCase): Html {
  const { row, summary, shown, around } = open
  const { say } = view
  const fact = (name: string, value: Part) =>
    value && html`<div><dt>${say(`about.${name}`)}</dt><dd>${value}</dd></div>`
  return html`<section id="about" class="about part" data-live>
<h2>${say('about.title')}</h2>
${summary?.question && html`<h3>${say('about.question')}</h3><blockquote class="words" dir="auto" lang="${row.language}">${summary.question}</blockquote>`}
${shown.length > 0 && html`<h3>${say('about.shown')}</h3><ul class="shown">${shown.map((title) => html`<li>${title}</li>`)}</ul>`}
${sameView(view, open)}
${meetingsView(view, open)}
<dl>
${fact('goal', goalView(view, around))}
${fact('language', view.language(row.language))}
${fact('place', view.place(row.country, row.city))}
${fact('centre', centreView(view, around))}
${fact('topic', view.subject(row))}
${fact('urgency', row.urgency === 'urgent' && html`<span class="flag">${say('queue.urgent')}</span>`)}
${fact('age', around.minor && html`<span class="flag">${say('minor.is')}</span>`)}
${fact('opened', at(view, row.openedAt))}
${fact('before', around.engagement > 1 && say('about.times', { count: around.engagement - 1 }))}
${fact('preferred', row.state === 'queued' && around.preferred && view.alias(around.preferred))}
${fact('waits', row.state !== 'closed' && row.waitingSince && waiting(view, row.waitingSince))}
${fact('owner', row.ownerAlias && view.alias(row.ownerAlias))}
${fact('guests', around.guests.map(({ alias }) => view.alias(alias)).join(', '))}
${fact('consents', consentsView(view, around))}
${fact('call', (around.call === 'refused' || around.call === 'called') && say(`call.was.${around.call}`))}
${fact('blocked', around.blockedUntil && at(view, around.blockedUntil))}
${fact('closed', row.closedAt && at(view, row.closedAt))}
${fact('contact', row.contactKind && say(`contact.${row.contactKind}`))}
${fact('rating', row.rating && html`<span class="stars" role="img" aria-label="${say('case.rated', { n: row.rating })}">${stars(row.rating)}</span>`)}
</dl>
</section>`
}

const sameView = ({ say, base }: View, { same }: OpenCase): Html | false =>
  same.length > 0 &&
  html`<h3>${say('merge.same')}</h3><ul class="same">${same.map(
    ({ code, language, open, question }) =>
      html`<li><a href="${base}/cases/${code}">${code}</a>${!open && html` <span class="hint">${say('case.closed')}</span>`}${
        question && html`<blockquote class="words" dir="auto" lang="${language}">${question}</blockquote>`
      }</li>`,
  )}</ul>`

function goalView(view: View, { goal }: Around): Html | false {
  if (!goal) return false
  return goal.breached
    ? html`<span class="late">${view.say('goal.overdue')} ${at(view, goal.due)}</span>`
    : html`${view.say('goal.due')} ${until(view, goal.due)}`
}

function centreView(view: View, { centre }: Around): Html | false {
  if (!centre) return false
  const place = view.place(centre.country, centre.city)
  if (centre.open) return html`${place} · ${view.say('centre.open')}`
  return html`${place} · ${centre.opensAt ? html`${view.say('centre.opens')} ${at(view, centre.opensAt)}` : view.say('centre.closed')}`
}

/** Only what was asked; what a client was never asked they have neither given nor refused. */
const consentsView = ({ say }: View, { consents }: Around): Html | false => {
  const known = (['case', 'phone', 'sharing'] as const).filter((kind) => consents[kind] !== undefined)
  return (
    known.length > 0 &&
    html`<ul class="consents">${known.map((kind) => html`<li>${say(`consent.${kind}`)}: ${say(consents[kind] ? 'consent.yes' : 'consent.no')}</li>`)}</ul>`
  )
}

/** In the centre's own time, where the meeting is. */
function meetingsView(view: View, { row, around: { meetings, zone }, part }: OpenCase): Html | false {
  const { say } = view
  return (
    meetings.length > 0 &&
    html`<h3>${say('meeting.planned')}</h3><ul class="meetings">${meetings.map(({ id, kind, at: when, place }) => {
      const { date, time } = openingIn(when.getTime(), view.now.getTime(), zone)
      return html`<li><strong>${formatDate(view.tongue, date)}, ${time}</strong> <span class="hint">${say(`meeting.${kind}`)}</span><p class="words" dir="auto">${place}</p>${
        part !== 'reader' &&
        button(view, row.code, {
          what: 'meetings/cancel',
          label: say('meeting.cancel'),
          looks: 'link',
          fields: { meeting: id },
        })
      }</li>`
    })}</ul>`
  )
}
