/** Who works here: a list, an invitation, and each colleague's work. */
import { STAFF_ROLES, type StaffRole } from '../../../desk/access.js'
import type { OpenDismissal } from '../../../desk/house/dismissals.js'
import type { ColleagueNow } from '../../../desk/house/overview.js'
import { CAPACITY_MAX, mayGive } from '../../../desk/house/staff.js'
import { CASE_ROLES } from '../../../desk/routing/facts.js'
import { type Html, html } from '../../../http/html.js'
import type { Centre, Staff, Team } from '../../../store/generated/client.js'
import { LANGUAGE_NAMES, LANGUAGES, STAFF_LANGUAGES } from '../../../text/languages.js'
import { INVITATION_MINUTES } from '../../invitations.js'
import { at, type View } from '../view.js'
import { dismissalsView } from './dismissals.js'
import { centreName } from './oversight.js'
import { box, boxes, button, field, form, group, hint, type Option, section, select, twoSteps } from './parts.js'

export type StaffLine = Staff & Pick<ColleagueNow, 'state' | 'until'> & { signedIn: boolean }
/** A link that was just made; it is shown once. */
export type FreshLink = { alias: string; url: string }

const centreOptions = (view: View, centres: readonly Centre[]): Option[] => [
  { value: '', label: view.house('centre.all') },
  ...centres.map((each) => ({ value: each.id, label: centreName(view, each) })),
]

const roleOptions = (view: View): Option[] =>
  STAFF_ROLES.filter((role) => mayGive(view.staff, role)).map((role) => ({
    value: role,
    label: view.house(`role.${role}`),
  }))

export function staffView(
  view: View,
  lines: readonly StaffLine[],
  {
    centres,
    inGroups,
    fresh,
  }: { centres: readonly Centre[]; inGroups: readonly OpenDismissal[]; fresh?: FreshLink | undefined },
): Html {
  const { house } = view
  const homes = [...centres, undefined]
  const at = (home: Centre | undefined) => lines.filter(({ centreId }) => centreId === (home?.id ?? null))
  return html`<h1>${house('nav.staff')}</h1>
${fresh && linkView(view, fresh)}
${dismissalsView(view, inGroups, centres)}
${homes.filter((home) => at(home).length > 0).map((home) => section(home ? centreName(view, home) : house('centre.all'), html`<ul class="list">${at(home).map((each) => line(view, each))}</ul>`))}
${section(
  house('invite.title'),
  html`${hint(house('invite.hint', { minutes: INVITATION_MINUTES }))}${form(
    view,
    '/staff',
    html`${field(house('staff.role'), select('role', roleOptions(view), 'consultant'))}
${field(house('staff.centre'), select('centre', centreOptions(view, centres), centres[0]?.id ?? ''))}
${field(
  house('invite.language'),
  select(
    'language',
    STAFF_LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] })),
    view.tongue,
  ),
)}
<p>${button(house('invite.make'))}</p>`,
    'row-fields',
  )}`,
)}`
}

function line(view: View, each: StaffLine): Html {
  const { house } = view
  const about = [
    house(`role.${each.role}`),
    each.skills.map((skill) => house(`skill.${skill}`)).join(', '),
    each.languages.map(view.language).join(', '),
  ]
  const name = view.alias(each.alias)
  return html`<li><span class="what">${mayGive(view.staff, each.role) ? html`<a href="${view.base}/staff/${each.id}"><strong>${name}</strong></a>` : html`<strong>${name}</strong>`} ${each.signedIn ? html`<span class="standing ${each.state}">${house(`state.${each.state}`)}</span>` : html`<span class="tag">${house('staff.neverCame')}</span>`}${each.onCall && html` <span class="tag">${house('people.onCall')}</span>`}
<span class="soft">${about.filter(Boolean).join(' · ')}</span></span></li>`
}

const linkView = (view: View, { alias, url }: FreshLink): Html => html`<section class="card fresh-code" role="status">
<h2>${view.house('invite.ready', { alias: view.alias(alias) })}</h2>
<p><output class="link">${url}</output></p>
<p class="only-script"><button type="button" class="quiet" data-copy="${url}" data-done="${view.house('invite.copied')}">${view.house('invite.copy')}</button></p>
${hint(view.house('invite.once', { minutes: INVITATION_MINUTES }))}
</section>`

export type MemberPage = {
  member: Staff
  /** As the form has it: what stands there, or what was typed and refused. */
  filled: {
    role: string
    centreId: string
    teamId: string
    skills: string[]
    languages: string[]
    topics: string[]
    capacity: string
    onCall: boolean
    day: string
  }
  centres: Centre[]
  teams: Team[]
  topics: string[]
  open: number
  accounts: number
  fresh?: FreshLink
}

export function memberView(view: View, page: MemberPage): Html {
  const { house } = view
  const { member, filled, centres, teams, fresh } = page
  const myself = member.id === view.staff.id
  const teamOptions = [
    { value: '', label: house('staff.noTeam') },
    ...teams.map(({ id, name, centreId }) => ({
      value: id,
      label: `${centreName(
        view,
        centres.find((each) => each.id === centreId),
      )}: ${name}`,
    })),
  ]
  return html`<p><a href="${view.base}/staff">‹ ${house('nav.staff')}</a></p>
<h1>${view.alias(member.alias)}</h1>
${fresh && linkView(view, fresh)}
${form(
  view,
  `/staff/${member.id}`,
  html`<section class="card"><h2>${house('staff.place')}</h2><div class="row-fields">
${myself ? html`<input type="hidden" name="role" value="${filled.role}">` : field(house('staff.role'), select('role', roleOptions(view), filled.role))}
${field(house('staff.centre'), select('centre', centreOptions(view, centres), filled.centreId))}
${teams.length > 0 && field(house('staff.team'), select('team', teamOptions, filled.teamId))}</div></section>
<section class="card"><h2>${house('staff.can')}</h2>
${group(
  house('staff.skills'),
  boxes(
    'skill',
    CASE_ROLES.map((each) => ({ value: each, label: house(`skill.${each}`) })),
    filled.skills,
  ),
  { hint: house('staff.skillsHint') },
)}
${group(
  house('staff.languages'),
  boxes(
    'language',
    LANGUAGES.map((each) => ({ value: each, label: view.language(each) })),
    filled.languages,
  ),
)}
${
  page.topics.length > 0 &&
  html`<details class="unfold"${filled.topics.length > 0 && html` open`}><summary>${house('staff.topics')}</summary>${hint(house('staff.topicsHint'))}${boxes(
    'topic',
    page.topics.map((each) => ({ value: each, label: view.topic(each) })),
    filled.topics,
  )}</details>`
}</section>
<section class="card"><h2>${house('staff.work')}</h2>
${field(house('staff.capacity'), html`<input class="number" type="number" name="capacity" min="1" max="${CAPACITY_MAX}" value="${filled.capacity}">`, { hint: house('staff.capacityHint', { count: page.open }) })}
<label class="box">${box('onCall', filled.onCall)} ${house('staff.onCall')}</label>
${field(house('staff.awayUntil'), html`<input type="date" name="day" value="${filled.day}">`, { hint: house('staff.awayHint') })}
${member.awayUntil && member.awayUntil > view.now && html`<p class="hint">${house('staff.awayNow')} ${at(view, member.awayUntil)}</p><label class="box">${box('back', false)} ${house('staff.back')}</label>`}
<p>${button(house('save'))}</p></section>`,
)}
${section(
  house('staff.link'),
  html`${hint(house('staff.linkHint'))}${form(view, `/staff/${member.id}/link`, button(house('staff.linkMake'), 'quiet'))}`,
)}
${
  !myself &&
  section(
    house('staff.lost'),
    html`${hint(house('staff.lostHint'))}${twoSteps(
      house('staff.disable'),
      html`<p>${house('staff.disableHint', { count: page.open })}</p><p>${house(page.accounts > 0 ? 'staff.disableGroups' : 'staff.disableByHand')}</p>${form(view, `/staff/${member.id}/disable`, button(house('staff.disableNow')))}`,
    )}`,
  )
}`
}

export const isRole = (role: string): role is StaffRole => STAFF_ROLES.some((each) => each === role)
