/** What waits for somebody's word: an offer, a call. One line each, above the conversation. */

import { may } from '../../desk/access.js'
import type { OfferTo, OpenOffer } from '../../desk/around-case.js'
import { type Html, html } from '../../http/html.js'
import { button } from './acts.js'
import type { OpenCase } from './open-case.js'
import { identityView, revealBanner } from './reveal.js'
import { at, type View } from './view.js'

export const bannersView = (view: View, open: OpenCase): Html =>
  html`<div id="banners" class="banners" data-live>${open.around.offer && offerView(view, open, open.around.offer)}${callView(view, open)}${open.reveal && revealBanner(view, open.row.code, open.reveal)}</div>${numberView(view, open)}${sharedView(view, open)}${open.identity && identityView(view, open.identity)}`

function nameOf(view: View, to: OfferTo | undefined): string {
  if (!to) return '–'
  if (to.kind === 'staff') return view.alias(to.alias)
  return to.kind === 'team' ? to.name : view.place(to.country, to.city)
}

function offerView(view: View, { row, part }: OpenCase, offer: OpenOffer): Html {
  const { say } = view
  const to = nameOf(view, offer.to)
  const mayTakeBack = part === 'owner' || may(view.staff, 'case.releaseOthers')
  const words = offer.summary && html`<blockquote class="words" dir="auto">${offer.summary}</blockquote>`
  if (offer.forMe)
    return html`<section class="banner for-me" aria-label="${say('offer.label')}"><p><strong>${say('offer.forYou', { from: view.alias(offer.from) })}</strong></p>${words}
<div class="row-acts">${button(view, row.code, { what: 'offers/accept', label: say('offer.accept'), looks: 'primary' })}${button(view, row.code, { what: 'offers/decline', label: say('offer.decline') })}</div></section>`
  return html`<section class="banner" aria-label="${say('offer.label')}"><p>${
    offer.state === 'asked'
      ? say('offer.asked', { to })
      : html`${say('offer.waits', { to })} ${at(view, offer.expiresAt)}`
  }</p>${mayTakeBack && html`<div class="row-acts">${button(view, row.code, { what: 'offers/withdraw', label: say('offer.withdraw') })}</div>`}</section>`
}

function callView(view: View, { row, part, around: { call } }: OpenCase): Html | false {
  const { say } = view
  if (part !== 'owner' || (call !== 'asked' && call !== 'given')) return false
  return html`<section class="banner" aria-label="${say('call.label')}"><p>${say(`call.${call}`)}</p>${
    call === 'given' &&
    html`<div class="row-acts">${button(view, row.code, { what: 'call/number', label: say('call.show') })}${button(view, row.code, { what: 'call/made', label: say('call.made') })}</div>`
  }</section>`
}

/** Outside of what refreshes itself: it stands until the page is left, and is on no other page. */
const numberView = ({ say }: View, { phone }: OpenCase): Html | undefined =>
  phone === undefined
    ? undefined
    : html`<section class="banner phone" aria-label="${say('call.label')}"><p><strong class="number">${phone}</strong></p><p class="hint">${say('call.logged')}</p></section>`

/** A place is two numbers, about a kilometre around; no map is asked for them, which would tell others where our client is. */
const sharedView = ({ say }: View, { shared }: OpenCase): Html | undefined =>
  shared &&
  html`<section class="banner phone" aria-label="${say(`shared.${shared.what}`)}"><p><strong class="number">${shared.value}</strong></p><p class="hint">${say(`shared.${shared.what}Shown`)}</p></section>`
