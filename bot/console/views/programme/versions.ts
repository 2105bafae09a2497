/** What something was, version by version: who changed what and when, and the way back. */
import { type Html, html } from '../../../http/html.js'
import { button, form } from '../house/parts.js'
import { at, type View } from '../view.js'

/** Without `before` it was not there; without `after` it is not there any more. */
export type Difference = { name: string; before: string | undefined; after: string | undefined }

export type VersionLine = { number: number; alias: string | null; at: Date; changes: readonly Difference[] }

/** The newest first; it is the one that holds, so that no way leads back to it. */
export function versionsView(
  view: View,
  versions: readonly VersionLine[],
  { back, seen }: { back: string; seen: number },
): Html {
  const { coordination } = view
  const line = ({ number, alias, at: time, changes }: VersionLine, nth: number): Html =>
    html`<li><span class="what"><strong>${number === 0 ? coordination('versions.first') : coordination('versions.nth', { n: number })}</strong>
${number > 0 && html`<span class="soft">${at(view, time)} · ${alias ? view.alias(alias) : '–'}</span>`}
${changes.length > 0 && html`<ul>${changes.map(differenceView)}</ul>`}</span>
${nth > 0 && form(view, back, html`<input type="hidden" name="seen" value="${seen}"><input type="hidden" name="number" value="${number}">${button(coordination('versions.back'), 'quiet')}`)}</li>`
  return html`<ul class="list">${versions.map(line)}</ul>`
}

export const differenceView = ({ name, before, after }: Difference): Html =>
  html`<li>${name}${(before !== undefined || after !== undefined) && ': '}${before !== undefined && html`<del>${before}</del>`}${before !== undefined && after !== undefined && ' → '}${after !== undefined && html`<ins>${after}</ins>`}</li>`
