/** Invitations that were just made. A code is kept as a hash only, so they are shown this once. */
import { type Html, html } from '../../../http/html.js'
import { INVITATION_DAYS } from '../../../programme/people/invitations.js'
import { hint } from '../house/parts.js'
import type { View } from '../view.js'

/** `message` is for whoever is invited, in their language. */
export type FreshInvite = {
  name: string
  message: string
  code: string
  link: string | undefined
  qr: Html | undefined
}

/** One stands open; of many each is unfolded by itself. */
export const invitesView = (view: View, fresh: readonly FreshInvite[]): Html =>
  html`<section class="card fresh-code" role="status" id="invites"><h2>${view.programme('invite.title', { count: fresh.length })}</h2>
${hint(view.programme('invite.once', { days: INVITATION_DAYS }))}
${fresh.map((each) => html`<details class="unfold"${fresh.length === 1 && html` open`}><summary>${each.name}</summary>${inviteView(view, each)}</details>`)}</section>`

function inviteView(view: View, { message, code, link, qr }: FreshInvite): Html {
  return html`<p class="code-words"><output>${code}</output></p>
${qr && html`<p>${qr}</p>`}
${link && html`<p><output class="link">${link}</output></p>`}
<p class="invite-words">${message}</p>
<p class="only-script"><button type="button" class="quiet" data-copy="${message}" data-done="${view.house('invite.copied')}">${view.programme('invite.copy')}</button></p>`
}
