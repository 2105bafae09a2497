/** The house at a glance: who waits where, what is late, who is there. Nobody is compared with anybody. */
import type { CentreNow, ColleagueNow, Overview, WatchedCase } from '../../../desk/house/overview.js'
import { type Html, html, type Part } from '../../../http/html.js'
import { at, howLong, type View } from '../view.js'
import { button, form, hint, section, select } from './parts.js'

export type OversightPage = { now: Overview; figures: Part }

export const oversightView = (
  view: View,
  { now, figures }: OversightPage,
): Html => html`<h1>${view.house('nav.oversight')}</h1>
<div id="now" data-live>
<div class="cards">${now.centres.map((each) => centreView(view, each, now))}</div>
${colleaguesView(view, now)}
</div>
${figures}
${section(
  view.house('sample.title'),
  html`${hint(view.house('sample.hint'))}${form(view, '/oversight/sample', button(view.house('sample.draw'), 'quiet'))}`,
)}`

export const centreName = (view: View, centre: { country: string; city: string | null } | undefined): string =>
  centre ? view.place(null, centre.city) || view.place(centre.country, null) : view.house('centre.none')

function centreView(view: View, seen: CentreNow, now: Overview): Html {
  const { house } = view
  const fact = (key: string, value: Part, looks = '') =>
    html`<div class="fact ${looks}"><dt>${house(`now.${key}`)}</dt><dd>${value}</dd></div>`
  const wait = seen.longest && howLong(view, view.now.getTime() - seen.longest.getTime())
  return section(
    centreName(view, seen.centre),
    html`<dl class="facts">
${fact('queued', seen.queued)}${fact('longest', wait ?? '–')}
${fact('urgent', seen.urgent, seen.urgent > 0 ? 'bad' : '')}${fact('late', seen.late, seen.late > 0 ? 'bad' : '')}
${fact('claimed', seen.claimed)}${fact('offered', seen.offered)}
</dl>
${divertView(view, seen, now)}
${
  seen.cases.length > 0 &&
  html`<details class="unfold"><summary>${house('now.cases', { count: seen.cases.length })}</summary><ul class="list cases">${seen.cases.map((each) => caseRow(view, each, now.colleagues))}</ul></details>`
}`,
  )
}

function divertView(view: View, { centre }: CentreNow, { centres }: Overview): Html | false {
  const { house } = view
  const others = centres.flatMap((each) => (each.centre && each.centre.id !== centre?.id ? each.centre : []))
  if (!centre || (others.length === 0 && !centre.divertedTo)) return false
  const here = html`<input type="hidden" name="centre" value="${centre.id}">`
  if (centre.divertedTo) {
    const to = others.find(({ id }) => id === centre.divertedTo)
    return html`<p class="diverted">${house('divert.now', { centre: centreName(view, to) })}</p>${form(view, '/oversight/divert', html`${here}<input type="hidden" name="to" value="">${button(house('divert.back'), 'quiet')}`)}`
  }
  const options = others.map((each) => ({ value: each.id, label: centreName(view, each) }))
  return html`<details class="unfold"><summary>${house('divert.title')}</summary>${hint(house('divert.hint'))}${form(
    view,
    '/oversight/divert',
    html`${here}${select('to', options, '', house('divert.to'))} ${button(house('divert.do'), 'quiet')}`,
    'line-form',
  )}</details>`
}

function caseRow(view: View, seen: WatchedCase, colleagues: readonly ColleagueNow[]): Html {
  const { house } = view
  const ms = seen.waitingSince ? view.now.getTime() - seen.waitingSince.getTime() : 0
  const wait = ms >= 60_000 && howLong(view, ms)
  const flags = [seen.urgent && 'urgent', seen.late && 'late', seen.offered && 'offered'].filter(
    (each) => each !== false,
  )
  const fitting = colleagues.filter(({ id }) => seen.fitting.includes(id))
  const code = html`<input type="hidden" name="code" value="${seen.code}">`
  const mine = seen.owner?.id === view.staff.id
  return html`<li><span class="what"><a class="code" href="${view.base}/cases/${seen.code}">${seen.code}</a> ${flags.map(
    (each) => html`<span class="flag ${each}">${house(`flag.${each}`)}</span> `,
  )}<span class="soft">${view.language(seen.language)}${wait && html` · ${house('now.waits', { time: wait })}`} · ${seen.owner ? view.alias(seen.owner.alias) : house('now.nobody')}</span></span>
<details class="unfold"><summary>${house('hand.title')}</summary>
${
  fitting.length > 0
    ? form(
        view,
        '/oversight/reassign',
        html`${code}${select(
          'to',
          fitting.map((each) => ({ value: each.id, label: withLoad(view, each) })),
          '',
          house('hand.to'),
        )} ${button(house('hand.do'), 'quiet')}`,
        'line-form',
      )
    : hint(house('hand.nobody'))
}
${!mine && form(view, '/oversight/take', html`${code}${button(house('hand.take'), 'quiet')}`)}
</details></li>`
}

const withLoad = (view: View, { alias, load, capacity }: ColleagueNow): string =>
  `${view.alias(alias)} (${view.house('load', { load, capacity })})`

function colleaguesView(view: View, { colleagues, centres }: Overview): Html {
  const { house } = view
  const place = (id: string | null) => centres.find(({ centre }) => centre?.id === id)?.centre
  return section(
    house('people.title'),
    html`${hint(house('people.hint'))}<div class="wide"><table><thead><tr><th>${house('people.who')}</th><th>${house('people.where')}</th><th>${house('people.state')}</th><th>${house('people.load')}</th></tr></thead><tbody>${colleagues.map(
      (
        each,
      ) => html`<tr><td>${view.alias(each.alias)}</td><td>${each.centreId ? centreName(view, place(each.centreId)) : house('centre.all')}</td>
<td><span class="standing ${each.state}">${house(`state.${each.state}`)}</span>${each.until && html` <span class="soft">${house('until')} ${at(view, each.until)}</span>`}${each.onCall && html` <span class="tag">${house('people.onCall')}</span>`}</td>
<td>${house('load', { load: each.load, capacity: each.capacity })}</td></tr>`,
    )}</tbody></table></div>`,
  )
}
