/** A centre's groups on messengers, and how one is connected, step by step. */
import type { GroupRow } from '../../../desk/house/groups.js'
import { PAIRING_MINUTES } from '../../../desk/pairing.js'
import { type Html, html } from '../../../http/html.js'
import type { View } from '../view.js'
import { button, form, group, hint, section, twoSteps } from './parts.js'

/** A code that was just made; it is shown once. */
export type FreshCode = { code: string; channel: 'telegram' | 'slack'; need: string | null }

/** Who may be in the group (S42, S43); the empty one is everybody of the centre. */
export const GROUP_NEEDS = ['', 'safeguarding', 'trafficking'] as const

export function groupsView(view: View, centreId: string, groups: readonly GroupRow[], fresh?: FreshCode): Html {
  const { house } = view
  return section(
    house('groups.title'),
    html`${hint(house('groups.hint'))}
${groups.length > 0 && html`<ul class="list">${groups.map((each) => groupRow(view, each))}</ul>`}
${fresh ? stepsView(view, fresh) : newCode(view, centreId)}`,
    'groups',
  )
}

function groupRow(view: View, { id, channel, need, state, problems, places }: GroupRow): Html {
  const { house } = view
  return html`<li><span class="what"><strong>${house(`channel.${channel}`)}</strong>${need && html` <span class="tag">${house(`skill.${need}`)}</span>`} <span class="standing ${state === 'open' ? 'here' : 'away'}">${house(`groups.${state}`)}</span> <span class="soft">${house('groups.places', { count: places })}</span></span>
${problems.length > 0 && html`<ul class="problems">${problems.map((code) => html`<li>${view.lacking(code)}</li>`)}</ul>`}
${problems.length > 0 && hint(house('groups.mend'))}
${
  state !== 'leaving' &&
  twoSteps(
    house('groups.forget'),
    html`${hint(house('groups.forgetHint'))}${form(view, `/groups/${id}/forget`, button(house('groups.forgetNow'), 'quiet'))}`,
  )
}</li>`
}

function newCode(view: View, centreId: string): Html {
  const { house } = view
  const radio = (name: string, value: string, label: string, on: boolean) =>
    html`<label class="box"><input type="radio" name="${name}" value="${value}"${on && html` checked`}> ${label}</label>`
  return html`<details class="unfold"><summary>${house('groups.connect')}</summary>${form(
    view,
    `/centres/${centreId}/groups#groups`,
    html`${group(house('groups.where'), html`${radio('channel', 'telegram', house('groups.telegram'), true)}${radio('channel', 'slack', house('groups.slack'), false)}`)}
${group(
  house('groups.need'),
  GROUP_NEEDS.map((need) => radio('need', need, house(need ? `skill.${need}` : 'groups.ordinary'), need === '')),
  { hint: house('groups.needHint') },
)}
<p>${button(house('groups.makeCode'))}</p>`,
  )}</details>`
}

const STEPS = { telegram: [1, 2, 3, 4], slack: [1, 2, 3] } as const

function stepsView(view: View, { code, channel, need }: FreshCode): Html {
  const { house } = view
  const command = channel === 'telegram' ? `/connect ${code}` : `@Rahnamo connect ${code}`
  return html`<div class="fresh-code"><p class="code-words"><output>${code}</output>${need && html` <span class="tag">${house(`skill.${need}`)}</span>`}</p>
${hint(house('code.once', { minutes: PAIRING_MINUTES }))}
<ol class="steps">${STEPS[channel].map((nth) => html`<li>${house(`groups.step.${channel}.${nth}`)}</li>`)}<li>${house('groups.writeThere')} <code>${command}</code></li></ol>
${hint(house('groups.answer'))}</div>`
}
