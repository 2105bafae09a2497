/** One group: who is in it, its days, and how somebody comes in. Names stand here only for whoever may read them. */
import { may } from '../../../desk/access.js'
import { type Html, html } from '../../../http/html.js'
import type { ImportReport } from '../../../programme/import/import.js'
import { wallOf } from '../../../programme/people/days.js'
import type { GroupOverview, PersonLine } from '../../../programme/people/overview.js'
import type { Staff } from '../../../store/generated/client.js'
import { CITIES } from '../../../text/cities.js'
import { formatDate } from '../../../text/formats.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../../text/languages.js'
import { groupLinks } from '../duties/links.js'
import { button, day, field, form, hint, input, section, select, twoSteps } from '../house/parts.js'
import type { View } from '../view.js'
import { cityOptions, importView } from './import.js'
import { type FreshInvite, invitesView } from './invites.js'
import { trainerOptions } from './programmes.js'

export type GroupPage = GroupOverview & {
  trainers: Staff[]
  /** The day that it is where the group meets. */
  today: string
  fresh: FreshInvite[]
  report?: ImportReport | undefined
}

export function groupView(view: View, page: GroupPage): Html {
  const { programme } = view
  const { group, people, max, rules } = page
  const changes = may(view.staff, 'programme.change')
  return html`<p><a href="${view.base}/programmes/${group.programmeId}">‹ ${group.programme.name}</a></p>
<h1>${group.name}</h1>
<p class="soft">${[group.city && view.city(group.city), group.timeZone, group.trainer && view.alias(group.trainer.alias)].filter(Boolean).join(' · ')}</p>
${groupLinks(view, group.id)}
${page.fresh.length > 0 && invitesView(view, page.fresh)}
${page.report && importReport(view, page.report)}
${section(
  programme('people.title', { count: people.length, max }),
  html`${people.length < rules.group.from && hint(programme('people.few', { from: rules.group.from }))}
${page.sight === 'outline' && hint(programme('people.noNames'))}
${people.length > 0 && html`<ul class="list">${people.map((each, nth) => personLine(view, page, each, nth))}</ul>`}
${changes && people.some(({ connectedAt }) => !connectedAt) && html`${form(view, `/training/${group.id}/invitations`, button(programme('invite.all'), 'quiet'))}${hint(programme('invite.allHint'))}`}`,
  'people',
)}
${page.former.length > 0 && html`<details class="unfold card"><summary>${programme('people.former', { count: page.former.length })}</summary><ul class="list">${page.former.map((each, nth) => formerLine(view, page, each, nth))}</ul></details>`}
${daysView(view, page, changes)}
${changes && html`${addView(view, page)}${importView(view, group.id)}${trainerView(view, page)}`}`
}

const nameOf = (view: View, { name }: PersonLine, nth: number) =>
  name ?? view.programme('people.number', { n: nth + 1 })

const about = (view: View, { city, organisation }: PersonLine) =>
  [city && view.city(city), organisation].filter(Boolean).join(' · ')

function personLine(view: View, page: GroupPage, each: PersonLine, nth: number): Html {
  const { programme } = view
  const at = `/workers/${each.enrolmentId}`
  const since = each.connectedAt ? programme('people.joined') : programme('people.notJoined')
  const acts = html`${page.sight === 'full' && correctView(view, each)}
${form(view, `${at}/invite`, button(programme(each.connectedAt ? 'invite.again' : 'invite.make'), 'quiet'))}
${form(view, `${at}/leave`, html`${field(programme('leave.on'), input('on', page.today, html`type="date" required`))} ${button(programme('leave.do'), 'quiet')}`, 'row-fields')}
${
  page.others.length > 0 &&
  form(
    view,
    `${at}/move`,
    html`${field(
      programme('move.to'),
      select(
        'to',
        page.others.map(({ id, name }) => ({ value: id, label: name })),
        '',
      ),
    )}
${field(programme('move.on'), input('on', page.today, html`type="date" required`))} ${button(programme('move.do'), 'quiet')}`,
    'row-fields',
  )
}`
  return html`<li><span class="what"><strong>${nameOf(view, each, nth)}</strong> <span class="${each.connectedAt ? 'standing here' : 'tag'}">${since}</span>
<span class="soft">${[about(view, each), programme('people.since', { day: day(view, each.joinedOn) })].filter(Boolean).join(' · ')}</span></span>
${may(view.staff, 'programme.change') && twoSteps(programme('people.more'), acts)}</li>`
}

/** With what stands there now. */
function correctView(view: View, { enrolmentId, name, city, organisation }: PersonLine): Html {
  const known = CITIES.find((each) => each.name === city)?.id ?? ''
  const cities = cityOptions(view)
  return form(
    view,
    `/workers/${enrolmentId}`,
    html`${field(view.programme('add.name'), input('name', name ?? '', html`required maxlength="80" autocomplete="off"`))}
${field(view.programme('group.city'), select('city', known ? cities : [{ value: '', label: city ?? '' }, ...cities], known))}
${field(view.programme('add.organisation'), input('organisation', organisation ?? '', html`maxlength="80"`))}
${button(view.programme('correct.do'), 'quiet')}${hint(view.programme('correct.hint'))}`,
    'row-fields',
  )
}

const formerLine = (view: View, page: GroupPage, each: PersonLine, nth: number): Html =>
  html`<li><span class="what"><strong>${nameOf(view, each, nth)}</strong>
<span class="soft">${[about(view, each), `${day(view, each.joinedOn)} – ${each.leftOn ? day(view, each.leftOn) : ''}`].filter(Boolean).join(' · ')}</span></span>
${page.sight === 'full' && may(view.staff, 'programme.change') && twoSteps(view.programme('people.more'), correctView(view, each))}</li>`

function daysView(view: View, { group, days, rules }: GroupPage, changes: boolean): Html {
  const { programme } = view
  const rows = Array.from({ length: rules.modules }, (_, index) => {
    const module = index + 1
    const found = days.find((each) => each.module === module)
    const wall = found && wallOf(group.timeZone, found.startsAt)
    const title = programme('days.module', { module })
    if (!changes || found?.closedAt)
      return html`<li><span class="what"><strong>${title}</strong>${found?.closedAt && html` <span class="tag">${programme('days.closed')}</span>`}
<span class="soft">${wall ? [formatDate(view.tongue, wall.day), wall.time, found?.place].filter(Boolean).join(' · ') : programme('days.notPlanned')}</span></span></li>`
    return html`<li><fieldset class="field"><legend class="label">${title}</legend><span class="row-fields">
${field(programme('days.day'), input(`day.${module}`, wall?.day ?? '', html`type="date"`))}
${field(programme('days.from'), input(`from.${module}`, wall?.time ?? '09:00', html`type="time"`))}
${field(programme('days.place'), input(`place.${module}`, found?.place ?? '', html`maxlength="200"`))}</span></fieldset></li>`
  })
  const list = html`<ul class="list">${rows}</ul>`
  return section(
    programme('days.title'),
    changes
      ? form(
          view,
          `/training/${group.id}/days`,
          html`${hint(programme('days.hint', { zone: group.timeZone, hours: rules.hoursPerModule }))}${list}<p>${button(view.house('save'))}</p>`,
        )
      : list,
    'days',
  )
}

const addView = (view: View, { group, today }: GroupPage): Html =>
  section(
    view.programme('add.title'),
    form(
      view,
      `/training/${group.id}/people`,
      html`${field(view.programme('add.name'), input('name', '', html`required maxlength="80" autocomplete="off"`))}
${field(view.programme('group.city'), select('city', cityOptions(view), group.city ?? ''))}
${field(view.programme('add.organisation'), input('organisation', '', html`maxlength="80"`))}
${field(
  view.programme('add.language'),
  select(
    'language',
    [
      { value: '', label: view.programme('add.asked') },
      ...STAFF_LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] })),
    ],
    '',
  ),
)}
${field(view.programme('add.joined'), input('joined', today, html`type="date" required`))}
<p>${button(view.house('add'))}</p>`,
      'row-fields',
    ),
    'add',
  )

const trainerView = (view: View, { group, trainers }: GroupPage): Html =>
  section(
    view.programme('group.trainer'),
    html`${hint(view.programme('group.trainerHint'))}${form(view, `/training/${group.id}/trainer`, html`${select('trainer', trainerOptions(view, trainers), group.trainerId ?? '', view.programme('group.trainer'))} ${button(view.house('save'), 'quiet')}`, 'line-form')}`,
  )

/** Every broken row by its number and reason; nobody was taken in then. */
const importReport = (view: View, { added, problems }: ImportReport): Html =>
  problems.length === 0
    ? html`<p class="notice good" role="status">${view.programme('import.added', { count: added })}</p>`
    : html`<section class="card" role="alert" id="report"><h2>${view.programme('import.broken', { count: problems.length })}</h2>
${hint(view.programme('import.nothing'))}
<ul class="list">${problems.map(({ row, code, values }) => html`<li class="wrong">${view.programme('import.row', { row })} ${reason(view, code, values)}</li>`)}</ul></section>`

/** A row is refused by the importer, or by what refuses one person too. */
const reason = (view: View, code: string, values: Record<string, string | number>): string =>
  ROW_CODES.some((each) => each === code) ? view.programme(`import.${code}`, values) : view.error(code, values)

const ROW_CODES = [
  ...['noName', 'longName', 'twice', 'inGroup', 'noCity', 'noLanguage', 'longOrganisation', 'noDay', 'dayOutside'],
  ...['noGroup', 'full'],
]
