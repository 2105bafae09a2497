/** How the page of one's own data is put together: a heading and its lines. */
import type { Words } from '../../conversation/words.js'
import { type Html, html } from '../../http/html.js'
import type { Language } from '../../text/languages.js'

export const stamp = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
export const line = (...parts: (string | number | false | null | undefined)[]): string =>
  parts.filter((part) => part || part === 0).join(' · ')

/** `key` is a heading of `privacy:page`. */
export const sectionsIn =
  (language: Language, words: Words) =>
  (key: string, items: (Html | string)[]): Html => {
    const heading = words.say(language, `privacy:page.${key}`)
    return items.length > 0
      ? html`<h2>${heading}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
      : html`<h2>${heading}</h2><p>${words.say(language, 'privacy:page.none')}</p>`
  }
