/** A material as a link of a page. It leads away from here, and tells nobody from where. */
import { type Html, html } from '../../../http/html.js'
import { type ShownLink, titleIn } from '../../../programme/materials/materials.js'
import type { Language } from '../../../text/languages.js'

/** With its host: who reads the name sees where it leads. */
export const materialLink = (tongue: Language, link: ShownLink): Html =>
  html`<a href="${link.url}" lang="${link.language}" target="_blank" rel="noopener noreferrer">${titleIn(tongue, link)}</a> <span class="soft">${new URL(link.url).hostname}</span>`
