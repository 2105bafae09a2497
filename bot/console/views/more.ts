/** What is done to a case now and then: a call, a meeting, a second colleague, a merge, back to the queue, a pause for abuse. */

import { may } from '../../desk/access.js'
import { MEETING_KINDS } from '../../desk/appointments.js'
import { BLOCK_DAYS } from '../../desk/blocks.js'
import { type Html, html, type Part } from '../../http/html.js'
import { button, caseUrl, choice, menu, plainAct } from './acts.js'
import type { OpenCase } from './open-case.js'
import { revealForm } from './reveal.js'
import { csrfField, requestField, type View } from './view.js'

/** One at a time is open, also without a script: they share a name. */
const fold = (label: string, inside: Part): Html =>
  html`<details class="fold" name="more"><summary>${label}</summary><div class="inside">${inside}</div></details>`

export function moreMenu(view: View, open: OpenCase): Html {
  const { row, part } = open
  const { say, staff } = view
  const owner = part === 'owner'
  // Whoever only may ask who the client is does nothing else to the case.
  const holds = owner || (part === 'reader' && row.state === 'claimed' && may(staff, 'case.releaseOthers'))
  return menu(
    'more',
    say('more.menu'),
    html`${owner && !open.around.minor && may(staff, 'case.call') && fold(say('call.menu'), callForm(view, open))}
${part !== 'reader' && may(staff, 'case.appoint') && fold(say('meeting.menu'), meetingForm(view, open))}
${owner && may(staff, 'case.invite') && fold(say('guest.menu'), guestForm(view, open))}
${owner && may(staff, 'case.block') && fold(say('block.menu'), blockForm(view, open))}
${part !== 'reader' && !open.around.minor && may(staff, 'case.minor') && fold(say('minor.menu'), minorForm(view, open))}
${holds && may(staff, 'case.merge') && fold(say('merge.menu'), mergeForm(view, open))}
${
  part === 'guest' &&
  button(view, row.code, { what: 'guests/dismiss', label: say('guest.leave'), fields: { colleague: staff.id } })
}
${open.reveal && fold(say('reveal.menu'), revealForm(view, row.code, open.reveal))}
${holds && plainAct(view, row.code, 'release', 'quiet')}`,
  )
}

function callForm(view: View, { row, around: { call } }: OpenCase): Html {
  if (call === 'asked' || call === 'given') return html`<p class="hint">${view.say(`call.${call}`)}</p>`
  return html`${call === 'refused' && html`<p class="hint">${view.say('call.refused')}</p>`}
<p class="hint">${view.say('call.hint')}</p>
${button(view, row.code, { what: 'call', label: view.say('call.ask'), looks: 'primary' })}`
}

const meetingForm = (view: View, { row, around: { zone } }: OpenCase): Html =>
  html`<form class="act" method="post" action="${caseUrl(view, row.code, 'meetings')}">${csrfField(view)}${requestField(view)}
<fieldset class="pair"><legend class="unseen">${view.say('meeting.kind')}</legend>
${MEETING_KINDS.map((kind) => choice('kind', kind, view.say(`meeting.${kind}`), kind === 'meeting'))}</fieldset>
<label>${view.say('meeting.at')}
<input type="datetime-local" name="at" required></label>
<p class="hint">${view.say('meeting.zone', { zone })}</p>
<label>${view.say('meeting.place')}
<input type="text" name="place" maxlength="300" required autocomplete="off"></label>
<p class="hint">${view.say('meeting.hint')}</p>
<button class="primary">${view.say('meeting.plan')}</button>
</form>`

function guestForm(view: View, { row, around: { guests }, targets }: OpenCase): Html {
  const { say } = view
  const free = targets.filter(({ id }) => id.startsWith('s:') && !guests.some((guest) => `s:${guest.id}` === id))
  return html`${guests.map(({ id, alias }) =>
    button(view, row.code, {
      what: 'guests/dismiss',
      label: say('guest.dismiss', { alias: view.alias(alias) }),
      fields: { colleague: id },
    }),
  )}
${
  free.length === 0
    ? html`<p class="hint">${say('guest.nobody')}</p>`
    : html`<form class="act" method="post" action="${caseUrl(view, row.code, 'guests')}">${csrfField(view)}
<label>${say('guest.who')}
<select name="colleague" required>${free.map(({ id, label }) => html`<option value="${id}">${label}</option>`)}</select></label>
<p class="hint">${say('guest.hint')}</p>
<button class="primary">${say('guest.invite')}</button>
</form>`
}`
}

/** The code is typed: a list of cases to choose from would invite a guess. */
const mergeForm = (view: View, { row }: OpenCase): Html =>
  html`<form class="act" method="post" action="${caseUrl(view, row.code, 'merge')}">${csrfField(view)}
<label>${view.say('merge.code')}
<input type="text" name="other" maxlength="12" required autocomplete="off" autocapitalize="characters" spellcheck="false"></label>
<p class="hint">${view.say('merge.hint')}</p>
<button class="primary">${view.say('merge.now')}</button>
</form>`

const minorForm = (view: View, { row }: OpenCase): Html =>
  html`<p class="hint">${view.say('minor.hint')}</p>
${button(view, row.code, { what: 'minor', label: view.say('minor.mark'), looks: 'primary' })}`

const blockForm = (view: View, { row }: OpenCase): Html =>
  row.urgency === 'urgent'
    ? html`<p class="hint">${view.say('errors.inDanger')}</p>`
    : html`<form class="act" method="post" action="${caseUrl(view, row.code, 'block')}">${csrfField(view)}
<fieldset class="pair"><legend>${view.say('block.days')}</legend>
${BLOCK_DAYS.map((days) => choice('days', String(days), view.say('unit.day', { n: days })))}</fieldset>
<p class="hint">${view.say('block.hint')}</p>
<button>${view.say('block.set')}</button>
</form>`
