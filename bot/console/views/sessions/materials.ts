/** What the group was given to prepare with, for whoever trains on that day. */
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import { linksOf, type Material } from '../../../programme/materials/materials.js'
import { section } from '../house/parts.js'
import { materialLink } from '../programme/material-link.js'
import type { View } from '../view.js'

export function materialsView(view: View, say: Say, materials: readonly Material[], module: number): Html | false {
  const links = linksOf(view.tongue, materials, module)
  return (
    links.length > 0 &&
    section(
      say('page.materials'),
      html`<ul class="list">${links.map((link) => html`<li><span class="what">${materialLink(view.tongue, link)}</span></li>`)}</ul>`,
    )
  )
}
