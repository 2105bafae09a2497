/** The programmes, and one with its groups. */
import { may } from '../../../desk/access.js'
import { type Html, html } from '../../../http/html.js'
import type { GroupLine } from '../../../programme/people/overview.js'
import type { ProgrammeRules } from '../../../programme/rules.js'
import type { Programme, Staff } from '../../../store/generated/client.js'
import { CITIES } from '../../../text/cities.js'
import { formatNumber } from '../../../text/formats.js'
import { programmeLinks } from '../duties/links.js'
import { button, day, field, form, hint, input, type Option, section, select } from '../house/parts.js'
import type { View } from '../view.js'

export type ProgrammeLine = Programme & { groups: number; people: number }

const span = (view: View, { startsOn, endsOn }: Programme) => `${day(view, startsOn)} – ${day(view, endsOn)}`

export function programmesView(view: View, lines: readonly ProgrammeLine[]): Html {
  const { programme } = view
  const line = (each: ProgrammeLine) =>
    html`<li><span class="what"><a href="${view.base}/programmes/${each.id}"><strong>${each.name}</strong></a>
<span class="soft">${span(view, each)} · ${programme('groups.count', { count: each.groups })} · ${programme('people.count', { count: each.people })}</span></span></li>`
  return html`<h1>${view.house('nav.programmes')}</h1>
${lines.length === 0 ? hint(programme(may(view.staff, 'programme.change') ? 'list.none' : 'list.noneYours')) : html`<ul class="list card">${lines.map(line)}</ul>`}
${
  may(view.staff, 'programme.change') &&
  section(
    programme('list.add'),
    form(
      view,
      '/programmes',
      html`${field(programme('name'), input('name', '', html`required maxlength="80"`))}
${field(programme('startsOn'), input('startsOn', '', html`type="date" required`))}
${field(programme('endsOn'), input('endsOn', '', html`type="date" required`))}
<p>${button(view.house('add'))}</p>`,
      'row-fields',
    ),
  )
}`
}

export const trainerOptions = (view: View, trainers: readonly Staff[]): Option[] => [
  { value: '', label: view.programme('group.noTrainer') },
  ...trainers.map(({ id, alias }) => ({ value: id, label: view.alias(alias) })),
]

export type ProgrammePage = { found: Programme; rules: ProgrammeRules; groups: GroupLine[]; trainers: Staff[] }

export function programmeView(view: View, { found, rules, groups, trainers }: ProgrammePage): Html {
  const { programme } = view
  const line = ({ id, name, city, people, joined, trainer }: GroupLine) =>
    html`<li><span class="what"><a href="${view.base}/training/${id}"><strong>${name}</strong></a>
<span class="soft">${[city && view.city(city), programme('people.count', { count: people }), programme('people.joinedCount', { count: joined }), trainer && view.alias(trainer)].filter(Boolean).join(' · ')}</span></span></li>`
  return html`<p><a href="${view.base}/programmes">‹ ${view.house('nav.programmes')}</a></p>
<h1>${found.name}</h1>
<p class="soft">${span(view, found)}</p>
${programmeLinks(view, found.id)}
${groups.length === 0 ? hint(programme('groups.none')) : html`<ul class="list card">${groups.map(line)}</ul>`}
${
  may(view.staff, 'programme.change') &&
  section(
    programme('groups.add'),
    form(
      view,
      `/programmes/${found.id}/groups`,
      html`${field(programme('name'), input('name', '', html`required maxlength="80"`))}
${field(
  programme('group.city'),
  select(
    'city',
    CITIES.map(({ id }) => ({ value: id, label: view.city(id) })),
    'prague',
  ),
)}
${trainers.length > 0 && field(programme('group.trainer'), select('trainer', trainerOptions(view, trainers), ''))}
<p>${button(view.house('add'))}</p>`,
      'row-fields',
    ),
  )
}
${section(
  programme('rules.title'),
  html`<ul class="steps"><li>${programme('rules.due', { day: rules.dueDay })}</li>
<li>${programme('rules.modules', { modules: rules.modules, hours: rules.hoursPerModule })}</li>
<li>${programme('rules.group', { from: rules.group.from, max: rules.group.max })}</li>
<li>${programme('rules.certificate', { hours: rules.certificate.hours, feedback: rules.certificate.feedbackFrom })}</li>
${rules.certificate.everyReport && html`<li>${programme('rules.everyReport')}</li>`}
<li>${programme('rules.support', { amount: formatNumber(view.tongue, rules.support.amount), currency: rules.support.currency, people: rules.support.people })}</li></ul>
${may(view.staff, 'programme.change') && html`<p><a href="${view.base}/programmes/${found.id}/rules">${view.coordination('rules.change')}</a></p><p><a href="${view.base}/programmes/${found.id}/form">${view.coordination('form.change')}</a></p><p><a href="${view.base}/programmes/${found.id}/materials">${view.coordination('materials.open')}</a></p>`}`,
)}`
}
