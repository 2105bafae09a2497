/** A colleague's own page: here or away, a pause, somebody to talk to, and where the house finds them. */
import { may } from '../../../desk/access.js'
import { PAUSE_MINUTES } from '../../../desk/duty.js'
import type { Account } from '../../../desk/house/accounts.js'
import type { ColleagueNow } from '../../../desk/house/overview.js'
import { PAIRING_MINUTES } from '../../../desk/pairing.js'
import { type Html, html } from '../../../http/html.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../../text/languages.js'
import { at, type View } from '../view.js'
import { button, form, group, hint, section, select } from './parts.js'

export type MePage = Pick<ColleagueNow, 'state' | 'until'> & {
  accounts: Account[]
  /** The last day on which they are away, as the form had it. */
  day: string
  /** A code that was just made, and where it opens our chat at once. */
  code?: { code: string; telegram: string | undefined }
  /** They have just said that they go. */
  leaving: boolean
}

export function meView(view: View, page: MePage): Html {
  const { house } = view
  const works = may(view.staff, 'case.claim')
  return html`<h1>${view.alias(view.staff.alias)}</h1>
${page.leaving && unloadView(view)}
${works && dutyView(view, page)}
${works && colleagueView(view)}
${accountsView(view, page)}
${section(
  house('me.language'),
  form(
    view,
    '/language',
    html`${select(
      'language',
      STAFF_LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] })),
      view.tongue,
      house('me.language'),
    )} ${button(house('save'), 'quiet')}`,
    'line-form',
  ),
)}`
}

/** Outside of every form and without a name: a browser sends none of it. */
const unloadView = ({ house }: View): Html =>
  section(
    house('unload.title'),
    html`<p>${house('unload.ask')}</p>
<label class="unseen" for="unload-words">${house('unload.label')}</label>
<textarea id="unload-words" rows="5" autocomplete="off" spellcheck="false"></textarea>
<p class="hint">${house('unload.kept')}</p>
<p class="only-script"><button type="button" id="let-go" class="quiet">${house('unload.letGo')}</button><span id="unloaded" role="status" hidden>${house('unload.gone')}</span></p>`,
  )

function dutyView(view: View, { state, until, day }: MePage): Html {
  const { house } = view
  return section(
    house('me.duty'),
    html`<p class="standing ${state}">${house(`state.${state}`)}${until && html` – ${house('until')} ${at(view, until)}`}</p>
<div class="line-form">
${state !== 'here' && form(view, '/me/here', button(house('me.here')))}
${state !== 'pause' && form(view, '/me/pause', button(house('me.pause', { minutes: PAUSE_MINUTES }), 'quiet'))}
</div>
${form(
  view,
  '/me/away',
  group(
    house('me.away'),
    html`<label class="box"><input type="radio" name="how" value="tomorrow" checked> ${house('me.awayTomorrow')}</label>
<label class="box"><input type="radio" name="how" value="day"> ${house('me.awayUntil')} <input type="date" name="day" value="${day}" aria-label="${house('me.awayUntil')}"></label>
<span>${button(house('me.awayNow'), 'quiet')}</span>`,
    { hint: house('me.awayHint') },
  ),
)}`,
  )
}

const colleagueView = (view: View): Html =>
  section(
    view.house('me.colleague'),
    html`${hint(view.house('me.colleagueHint'))}${form(view, '/me/colleague', button(view.house('me.colleagueCall')))}`,
  )

function accountsView(view: View, { accounts, code }: MePage): Html {
  const { house } = view
  const row = ({ channel, reached }: Account) =>
    html`<li><strong>${house(`channel.${channel}`)}</strong> <span class="state">${house(reached ? 'account.connected' : 'account.blocked')}</span>${form(view, '/me/forget', html`<input type="hidden" name="channel" value="${channel}">${button(house('account.forget'), 'quiet')}`)}</li>`
  return section(
    house('account.title'),
    html`${hint(house('account.hint'))}
${accounts.length > 0 ? html`<ul class="list">${accounts.map(row)}</ul>` : html`<p>${house('account.none')}</p>`}
${code ? codeView(view, code) : form(view, '/me/connect#accounts', button(house('account.connect')))}`,
    'accounts',
  )
}

function codeView({ house }: View, { code, telegram }: NonNullable<MePage['code']>): Html {
  return html`<div class="fresh-code"><p class="code-words"><output>${code}</output></p>
${hint(house('code.once', { minutes: PAIRING_MINUTES }))}
<dl class="ways"><dt>${house('channel.telegram')}</dt>
<dd>${
    telegram
      ? html`<a class="button" href="${telegram}" target="_blank" rel="noopener noreferrer">${house('account.openTelegram')}</a> ${house('account.orWrite')}`
      : html`${house('account.write')}`
  } <code>/connect ${code}</code></dd>
<dt>${house('channel.slack')}</dt><dd>${house('account.writeSlack')} <code>connect ${code}</code></dd></dl></div>`
}
