/** The centres: a list, and each with its languages, hours, goals, teams and groups. */
import type { GroupRow } from '../../../desk/house/groups.js'
import type { Preview } from '../../../desk/house/preview.js'
import { type Html, html } from '../../../http/html.js'
import type { Centre, Team } from '../../../store/generated/client.js'
import type { City } from '../../../text/cities.js'
import { COUNTRY_TIME_ZONES } from '../../../text/countries.js'
import { LANGUAGES } from '../../../text/languages.js'
import type { GOAL_NAMES, GoalsRows } from '../../house/goals-form.js'
import type { View } from '../view.js'
import { type FreshCode, groupsView } from './groups.js'
import { previewView } from './hours.js'
import { centreName } from './oversight.js'
import { boxes, button, field, form, group, hint, input, section, select, twoSteps, wrong } from './parts.js'

export type CentreLine = { centre: Centre; staff: number; waiting: number; preview: Preview; troubled: boolean }

export function centresView(view: View, lines: readonly CentreLine[], cities: readonly City[]): Html {
  const { house } = view
  const line = ({ centre, staff, waiting, preview, troubled }: CentreLine) =>
    html`<li><span class="what"><a href="${view.base}/centres/${centre.id}"><strong>${centreName(view, centre)}</strong></a> <span class="standing ${preview.open ? 'here' : 'away'}">${house(preview.open ? 'preview.open' : 'preview.shut')}</span>${troubled && html` <span class="flag">${house('groups.trouble')}</span>`}
<span class="soft">${house('centre.people', { count: staff })} · ${house('centre.waiting', { count: waiting })} · ${centre.languages.map(view.language).join(', ')}</span></span></li>`
  const options = cities.map(({ id, country, name }) => ({ value: id, label: view.place(country, name) }))
  return html`<h1>${house('nav.centres')}</h1>
${lines.length === 0 ? hint(house('centre.noneYet')) : html`<ul class="list card">${lines.map(line)}</ul>`}
${
  options.length > 0 &&
  section(
    house('centre.add'),
    html`${hint(house('centre.addHint'))}${form(view, '/centres', html`${select('city', options, '', house('centre.city'))} ${button(house('add'))}`, 'line-form')}`,
  )
}`
}

export type CentrePage = {
  centre: Centre
  others: Centre[]
  preview: Preview
  teams: (Team & { people: number })[]
  groups: GroupRow[]
  goals: GoalsRows
  goalProblems: Record<string, string>
  /** Its goals are the house's own. */
  usual: boolean
  code?: FreshCode
}

export function centreView(view: View, page: CentrePage): Html {
  const { house } = view
  const { centre } = page
  const at = `/centres/${centre.id}`
  return html`<p><a href="${view.base}/centres">‹ ${house('nav.centres')}</a></p>
<h1>${centreName(view, centre)}</h1>
${section(
  house('hours.title'),
  html`${previewView(view, page.preview)}<p><a class="button" href="${view.base}${at}/hours">${house('hours.change')}</a></p>`,
)}
${section(
  house('centre.about'),
  form(
    view,
    at,
    html`${group(
      house('centre.languages'),
      boxes(
        'language',
        LANGUAGES.map((each) => ({ value: each, label: view.language(each) })),
        centre.languages,
      ),
      { hint: house('centre.languagesHint') },
    )}
${field(house('centre.timeZone'), input('zone', centre.timeZone, html`list="zones" autocomplete="off" spellcheck="false"`))}
<datalist id="zones">${ZONES.map((each) => html`<option value="${each}"></option>`)}</datalist>
<p>${button(house('save'))}</p>`,
  ),
)}
${teamsView(view, page)}
${groupsView(view, centre.id, page.groups, page.code)}
${goalsView(view, page)}
${divertSection(view, page)}
${section(
  house('centre.remove'),
  twoSteps(
    house('centre.removeStep'),
    html`${hint(house('centre.removeHint'))}${form(view, `${at}/remove`, button(house('centre.removeNow')))}`,
  ),
)}`
}

/** Those of our countries, and of the other cities in Russia where people may be. */
const ZONES = [
  ...Object.values(COUNTRY_TIME_ZONES),
  'Europe/Kaliningrad',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Vladivostok',
]

function teamsView(view: View, { centre, teams }: CentrePage): Html {
  const { house } = view
  const row = ({ id, name, people }: CentrePage['teams'][number]) =>
    html`<li>${form(view, `/teams/${id}`, html`${input('name', name, html`maxlength="60" aria-label="${house('team.name')}"`)} <span class="soft">${house('centre.people', { count: people })}</span> ${button(house('team.rename'), 'quiet', html`name="act" value="rename"`)} ${button(house('remove'), 'quiet', html`name="act" value="remove"`)}`, 'line-form')}</li>`
  return section(
    house('team.title'),
    html`${hint(house('team.hint'))}${teams.length > 0 && html`<ul class="list">${teams.map(row)}</ul>`}
${form(view, `/centres/${centre.id}/teams`, html`${input('name', '', html`maxlength="60" placeholder="${house('team.name')}" aria-label="${house('team.name')}"`)} ${button(house('team.add'), 'quiet')}`, 'line-form')}`,
    'teams',
  )
}

function goalsView(view: View, { centre, goals, goalProblems, usual }: CentrePage): Html {
  const { house } = view
  const clocks = (['working', 'wall'] as const).map((each) => ({ value: each, label: house(`clock.${each}`) }))
  const number = (name: string) =>
    html`<input class="number" type="number" step="any" min="0" name="${name}" value="${goals[name] ?? ''}" aria-label="${house(`goal.${name}`)}">`
  const says = (name: string) => wrong(goalProblems[name] === undefined ? undefined : house(goalProblems[name]))
  const row = (name: (typeof GOAL_NAMES)[number]) =>
    html`<div class="goal"><span class="label">${house(`goal.${name}`)}</span><span class="measure">${number(name)} ${house(name.startsWith('urgent') ? 'goal.minutes' : 'goal.hours')} ${select(`${name}.clock`, clocks, goals[`${name}.clock`] ?? 'working', house('goal.clock'))}</span>${says(name)}</div>`
  const warn = (name: 'urgent.warn' | 'normal.warn') =>
    html`<div class="goal"><span class="label">${house(`goal.${name}`)}</span><span class="measure">${number(name)} %</span>${says(name)}</div>`
  return section(
    house('goal.title'),
    html`${hint(house(usual ? 'goal.usual' : 'goal.own'))}${form(
      view,
      `/centres/${centre.id}/goals`,
      html`${row('urgent.first')}${row('urgent.next')}${warn('urgent.warn')}${row('normal.first')}${row('normal.next')}${warn('normal.warn')}
<p class="line-form">${button(house('save'), 'primary', html`name="act" value="save"`)} ${!usual && button(house('goal.reset'), 'quiet', html`name="act" value="reset"`)}</p>`,
    )}`,
    'goals',
  )
}

function divertSection(view: View, { centre, others }: CentrePage): Html | false {
  const { house } = view
  const at = `/centres/${centre.id}/divert`
  const to = others.find(({ id }) => id === centre.divertedTo)
  if (centre.divertedTo)
    return section(
      house('divert.title'),
      html`<p class="diverted">${house('divert.now', { centre: centreName(view, to) })}</p>${form(view, at, html`<input type="hidden" name="to" value="">${button(house('divert.back'))}`)}`,
    )
  const options = others.map((each) => ({ value: each.id, label: centreName(view, each) }))
  return (
    options.length > 0 &&
    section(
      house('divert.title'),
      html`${hint(house('divert.hint'))}${form(view, at, html`${select('to', options, '', house('divert.to'))} ${button(house('divert.do'), 'quiet')}`, 'line-form')}`,
    )
  )
}
