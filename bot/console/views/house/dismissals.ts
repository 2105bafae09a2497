/** Whose access is closed, and who is still in a group on a messenger: being put out, or to be put out by hand (S24). */
import type { OpenDismissal } from '../../../desk/house/dismissals.js'
import type { Html } from '../../../http/html.js'
import { html } from '../../../http/html.js'
import type { Centre } from '../../../store/generated/client.js'
import type { View } from '../view.js'
import { centreName } from './oversight.js'
import { button, form, hint, section } from './parts.js'

export function dismissalsView(view: View, all: readonly OpenDismissal[], centres: readonly Centre[]): Html | false {
  const { house } = view
  const place = ({ centreId }: OpenDismissal) =>
    centreName(
      view,
      centres.find(({ id }) => id === centreId),
    )
  return (
    all.length > 0 &&
    section(
      house('dismissal.title'),
      html`${hint(house('dismissal.hint'))}<ul class="list">${all.map(
        (
          each,
        ) => html`<li><span class="what"><strong>${view.alias(each.alias)}</strong> ${house(`channel.${each.channel}`)} · ${place(each)}${each.need && html` <span class="tag">${house(`skill.${each.need}`)}</span>`}
<span class="soft">${house(each.byHand ? 'dismissal.byHand' : 'dismissal.waits')}</span></span>${form(view, `/staff/groups/${each.id}`, button(house('dismissal.done'), 'quiet'))}</li>`,
      )}</ul>`,
      'dismissals',
    )
  )
}
