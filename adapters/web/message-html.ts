/** One message of the transcript. Drawn here for everybody: with the page, for a page without scripts, and for an open stream. */
import type { Words } from '../../bot/conversation/words.js'
import { drawn } from '../../bot/http/file-types.js'
import { type Html, html } from '../../bot/http/html.js'
import type { Language } from '../../bot/text/languages.js'
import type { HistoryItem, OutButton } from '../adapter.js'

export type Say = (key: string, values?: Record<string, string | number>) => string

export const sayIn =
  (words: Pick<Words, 'say'>, language: Language): Say =>
  (key, values) =>
    words.say(language, `chat:${key}`, values)

/** What the page itself says for the person, rather than the person. */
const SAID_BY_THE_PAGE = /^\/(start|language)\b/

export const isShown = (item: HistoryItem): boolean => item.direction === 'out' || !SAID_BY_THE_PAGE.test(item.text)

/** `formId` makes a form that is posted twice the same update; each drawing needs its own. */
export function messageHtml(item: HistoryItem, say: Say, formId: string): Html {
  const key = item.direction === 'out' ? String(item.id) : (item.messageKey ?? '')
  return html`<li class="message ${item.author}" data-id="${item.id}" data-key="${key}">
<span class="author">${say(`author.${item.author}`)}</span>
<div class="bubble">${item.file && fileHtml(item.file, say)}${textHtml(item, say)}${timeHtml(item, say)}</div>
${item.buttons && buttonsHtml(item.buttons, key, formId)}${item.request && requestHtml(item.request, say, formId)}
</li>`
}

const timeHtml = ({ at, author }: HistoryItem, say: Say): Html =>
  html`<span class="state"><time datetime="${at.toISOString()}">${utcTime(at)}</time>${author === 'client' && tick(say)}</span>`

/** Without scripts nobody knows the reader's clock, so it says which one it is. */
const utcTime = (at: Date): string => `${at.toISOString().slice(11, 16)} UTC`

const tick = (say: Say): Html =>
  html` <span aria-hidden="true">✓</span><span class="unseen">${say('state.sent')}</span>`

function textHtml(item: HistoryItem, say: Say): Html | undefined {
  // A shared number or place is masked in the history; the bubble says only that it went
  if (!item.text) return item.file ? undefined : html`<p>${say('shared')}</p>`
  return html`<p>${item.author === 'client' ? item.text : withLinks(item.text)}</p>`
}

/** A number at the beginning of a line, as in "112 – all emergencies", is one to call. */
const LINK = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]»”’]|\+\d[\d ()-]{7,17}\d|^\d[\d -]{1,14}\d(?= – ))/gm

/** Our own sources and telephone numbers can be tapped; what a person writes stays as it is. */
const withLinks = (text: string): Html[] =>
  text.split(LINK).map((part, i) => {
    if (i % 2 === 0) return html`${part}`
    if (/^[+\d]/.test(part)) return html`<a href="tel:${part.replace(/[^+\d]/g, '')}">${part}</a>`
    return html`<a href="${part}" target="_blank" rel="noopener noreferrer nofollow">${part}</a>`
  })

function fileHtml({ id, kind, mime, name, bytes }: NonNullable<HistoryItem['file']>, say: Say): Html {
  const source = `chat/files/${encodeURIComponent(id)}`
  if (drawn(mime))
    return html`<a class="picture" href="${source}" target="_blank" rel="noopener"><img src="${source}" alt="${say('file.photo')}: ${name}" loading="lazy"></a>`
  if (kind === 'voice')
    return html`<audio controls preload="none" src="${source}" aria-label="${say('file.voice')}"></audio>`
  if (kind === 'video')
    return html`<video controls preload="none" src="${source}" aria-label="${say('file.video')}"></video>`
  return html`<a class="file" href="${source}" download><span class="name">${name}</span> <span class="size">${sizeOf(bytes, say)}</span></a>`
}

const sizeOf = (bytes: number, say: Say): string =>
  bytes < 1024 * 1024
    ? say('file.kilobytes', { n: Math.max(1, Math.round(bytes / 1024)) })
    : say('file.megabytes', { n: Math.round((bytes / 1024 / 1024) * 10) / 10 })

function buttonsHtml(rows: OutButton[][], key: string, formId: string): Html {
  const draw = (button: OutButton) =>
    'url' in button
      ? html`<a class="choice link" href="${button.url}" target="_blank" rel="noopener noreferrer nofollow">${button.label}</a>`
      : html`<button class="choice" name="button" value="${button.data}">${button.label}</button>`
  return html`<form class="choices" method="post" action="chat/messages">
<input type="hidden" name="id" value="${formId}"><input type="hidden" name="message" value="${key}">
${rows.map((row) => html`<div class="row">${row.map(draw)}</div>`)}</form>`
}

function requestHtml({ kind, label }: NonNullable<HistoryItem['request']>, say: Say, formId: string): Html {
  if (kind === 'location')
    return html`<div class="choices request"><button class="choice place" type="button">${label}</button><p class="hint">${say('place.orWrite')}</p></div>`
  return html`<form class="choices request phone" method="post" action="chat/messages"><input type="hidden" name="id" value="${formId}">
<label>${say('phone.label')}<input type="tel" name="phone" autocomplete="tel" required maxlength="40"></label><button class="choice">${label}</button></form>`
}

/** Messages that come this close together were said in one breath, so their buttons belong together. */
const ONE_BREATH_MS = 10_000

/** Messages whose buttons were overtaken by newer ones: an answer came between, or time. Keep in step with `page/view.js`. */
export function overtaken(items: HistoryItem[]): Set<number> {
  const past = new Set<number>()
  let closed = false
  let newer: Date | undefined
  for (const item of items.toReversed()) {
    if (item.direction === 'in') closed = newer !== undefined
    if (!item.buttons && !item.request) continue
    closed ||= newer !== undefined && newer.getTime() - item.at.getTime() > ONE_BREATH_MS
    if (closed) past.add(item.id)
    newer ??= item.at
  }
  return past
}
