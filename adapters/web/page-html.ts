/** The chat page as HTML: whole without scripts; `page/*.js` only makes it quicker and kinder. */
import { randomUUID } from 'node:crypto'
import { ACCEPTED_FILES } from '../../bot/http/file-types.js'
import { type Html, html } from '../../bot/http/html.js'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../bot/text/languages.js'
import type { HistoryItem } from '../adapter.js'
import { isShown, messageHtml, overtaken, type Say } from './message-html.js'
import { FILES_AT_ONCE_MAX, WEB_LIMITS } from './options.js'

export type Page = {
  language: Language
  say: Say
  items: HistoryItem[]
  /** Older messages are there but not drawn. */
  more: boolean
  version: (file: string) => string
  /** A sentence to show above the line, e.g. why something was not sent. */
  note?: string
  /** What was not sent, put back where it was written. */
  draft?: string
  /** Nobody has greeted this visitor yet. */
  begins?: boolean
  /** The page answers a form, so it stands one level below where its links count from. */
  below?: boolean
}

/** What the script says by itself. */
const SCRIPT_TEXTS = [
  ...['author.client', 'state.sending', 'state.sent', 'state.waiting', 'state.refused'],
  ...['tryAgain', 'remove', 'offline', 'newMessages', 'place.failed', 'place.here', 'note.tooLarge', 'connecting'],
]

export function pageHtml({
  language,
  say,
  items,
  more,
  version,
  note,
  draft,
  begins = false,
  below = false,
}: Page): string {
  const shown = items.filter(isShown)
  const past = overtaken(items)
  const texts = Object.fromEntries(
    SCRIPT_TEXTS.map((key) => [key, say(key, { mb: WEB_LIMITS.fileBytesIn / 1024 / 1024 })]),
  )
  const message = (item: HistoryItem) => messageHtml(past.has(item.id) ? answered(item) : item, say, randomUUID())
  return html`<!doctype html>
<html lang="${language}" class="plain">
<head>
<meta charset="utf-8">
${below && html`<base href="../">`}
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${say('name')}</title>
<link rel="stylesheet" href="chat/page/chat.css?v=${version('chat.css')}">
<link rel="icon" href="chat/page/icon.svg?v=${version('icon.svg')}" type="image/svg+xml">
<script src="chat/page/chat.js?v=${version('chat.js')}" defer></script>
</head>
<body data-texts="${JSON.stringify(texts)}" data-first="${shown[0]?.id ?? 0}" data-last="${items.at(-1)?.id ?? 0}" data-max="${WEB_LIMITS.fileBytesIn}"${begins && html` data-begins`}>
${headerHtml(language, say)}
<main id="scroll" tabindex="-1">
${more && html`<p class="earlier"><a href="chat?all=1">${say('earlier')}</a></p>`}
<ol id="log" role="log" aria-live="polite" aria-label="${say('conversation')}">
${shown.map(message)}
</ol>
${begins && startHtml(say)}
<div id="end"></div>
</main>
<footer>
<p id="note" class="note" role="alert"${!note && html` hidden`}>${note}</p>
<p id="line" class="line" role="status" hidden></p>
${!begins && html`<p class="only-plain refresh"><a class="choice" href="chat?again=${randomUUID().slice(0, 8)}#end">${say('refresh')}</a></p>`}
${composerHtml(say, draft)}
</footer>
</body>
</html>`.toString()
}

/** Without what answers it; links stay useful after the question they came with. */
function answered({ buttons = [], request: _, ...item }: HistoryItem): HistoryItem {
  const links = buttons.map((row) => row.filter((button) => 'url' in button)).filter((row) => row.length > 0)
  return links.length > 0 ? { ...item, buttons: links } : item
}

/** What stays when a visitor has left this device: nothing that says where they were. */
export const leftHtml = (language: Language, say: Say): string =>
  html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say('forget.done')}</title></head><body><p>${say('forget.done')}</p></body></html>`.toString()

const headerHtml = (language: Language, say: Say): Html => html`<header>
<h1>${MARK}<span>${say('name')}</span></h1>
<form class="language" method="post" action="chat/language">
<label><span class="unseen">${say('language')}</span>
<select name="language">${LANGUAGES.map((each) => html`<option value="${each}" lang="${each}"${each === language && html` selected`}>${LANGUAGE_NAMES[each]}</option>`)}</select></label>
<button class="only-plain">${say('ok')}</button>
</form>
<details class="menu">
<summary aria-label="${say('menu')}"><span aria-hidden="true">⋯</span></summary>
<div class="sheet">
<p class="sizes" role="group" aria-label="${say('textSize')}"><span>${say('textSize')}</span>
<button type="button" data-size="-1" aria-label="${say('smaller')}">A−</button><button type="button" data-size="1" aria-label="${say('larger')}">A+</button></p>
<form method="post" action="chat/leave"><p>${say('forget.hint')}</p><button>${say('forget.button')}</button></form>
</div>
</details>
<a class="leave" href="about:blank" title="${say('leave.hint')}">${say('leave.button')}</a>
</header>`

const startHtml = (say: Say): Html => html`<form class="only-plain choices" method="post" action="chat/messages">
<input type="hidden" name="id" value="${randomUUID()}"><button class="choice" name="command" value="start">${say('start')}</button></form>`

const composerHtml = (say: Say, draft = ''): Html => html`<div class="composer">
<form id="files" method="post" action="chat/files" enctype="multipart/form-data">
<input type="hidden" name="id" value="${randomUUID()}">
<label class="icon" title="${say('attach')}"><input type="file" name="file" multiple accept="${ACCEPTED_FILES}" data-most="${FILES_AT_ONCE_MAX}" aria-label="${say('attach')}">${CLIP}</label>
<label class="icon only-script" title="${say('voice')}"><input type="file" name="voice" accept="audio/*" capture="user" aria-label="${say('voice')}">${MICROPHONE}</label>
<button class="only-plain choice">${say('sendFile')}</button>
</form>
<form id="write" method="post" action="chat/messages">
<input type="hidden" name="id" value="${randomUUID()}">
<textarea name="text" rows="1" required maxlength="${WEB_LIMITS.text}" placeholder="${say('placeholder')}" aria-label="${say('write')}" autocomplete="off">${draft}</textarea>
<button class="send" aria-label="${say('send')}">${ARROW}</button>
</form>
</div>`

const icon = (path: Html) =>
  html`<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`
const MARK = icon(html`<path d="M5 20c0-6 14-4 14-10a5 5 0 0 0-10 0"/><circle cx="5" cy="20" r="1"/>`)
const CLIP = icon(
  html`<path d="M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6"/>`,
)
const MICROPHONE = icon(
  html`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"/>`,
)
const ARROW = icon(html`<path d="M12 19V5M5.5 11.5L12 5l6.5 6.5"/>`)
