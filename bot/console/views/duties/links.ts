/** The ways from a group and from a programme to what is known of their duties, for whoever may go there. */
import { may } from '../../../desk/access.js'
import { type Html, html } from '../../../http/html.js'
import type { View } from '../view.js'

const row = (links: readonly Html[]): Html | false =>
  links.length > 0 && html`<p class="ways-on">${links.map((each) => html`${each} `)}</p>`

const link = (view: View, path: string, words: string): Html =>
  html`<a class="button" href="${view.base}${path}">${words}</a>`

export const groupLinks = (view: View, groupId: string): Html | false =>
  row([
    ...(may(view.staff, 'report.read')
      ? [link(view, `/training/${groupId}/duties`, view.programme('links.duties'))]
      : []),
    link(view, `/training/${groupId}/figures`, view.programme('links.figures')),
  ])

export const programmeLinks = (view: View, programmeId: string): Html | false =>
  row([
    link(view, `/programmes/${programmeId}/figures`, view.programme('links.figures')),
    ...(may(view.staff, 'certificate.issue')
      ? [link(view, `/programmes/${programmeId}/support`, view.programme('links.support'))]
      : []),
  ])
