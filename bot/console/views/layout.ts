/** The frame of every page: head, top bar, and what stands between. */

import { type DeskAction, may } from '../../desk/access.js'
import { type Html, html, type Part } from '../../http/html.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../text/languages.js'
import type { PageFileName } from '../page-files.js'
import { MARK, PERSON } from './icons.js'
import { at, csrfField, type View } from './view.js'

/** What the script says by itself. */
const SCRIPT_TEXTS = [
  ...['unit.now', 'unit.minute', 'unit.hour', 'unit.day'],
  ...[
    'script.sending',
    'script.notSent',
    'script.signedOut',
    'script.offline',
    'script.newUrgent',
    'script.remove',
    'script.newer',
  ],
  ...['script.tooBig', 'script.noPermission', 'name'],
]

export type Frame = {
  title: string
  /** `desk` or `case`: which columns there are. */
  kind: 'desk' | 'case'
  /** A sentence at the top: what was refused, or what came of it. */
  notice?: string | undefined
  fileUrl(name: PageFileName): string
  maxBytes: number
}

export function layout(view: View, frame: Frame, body: Part): string {
  const { say, tongue, base } = view
  const texts = Object.fromEntries(SCRIPT_TEXTS.map((key) => [key, say(key, { n: '{n}', mb: '{mb}', time: '{time}' })]))
  return html`<!doctype html>
<html lang="${tongue}" class="plain">
<head>
${head(frame.title, frame.fileUrl)}
<script src="${frame.fileUrl('desk.js')}" defer></script>
</head>
<body class="${frame.kind}" data-base="${base}" data-max="${frame.maxBytes}" data-now="${view.now.toISOString()}" data-texts="${JSON.stringify(texts)}">
<a class="skip" href="#main">${say('skip')}</a>
${topBar(view, 'cases')}
<p id="notice" class="notice" role="alert"${!frame.notice && html` hidden`}>${frame.notice}</p>
<div class="columns">
${body}
</div>
</body>
</html>`.toString()
}

export const head = (title: string, fileUrl: Frame['fileUrl']): Html => html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${fileUrl('desk.css')}">
<link rel="icon" href="${fileUrl('icon.svg')}" type="image/svg+xml">`

/** The rooms of the desk, as its menu names them; each leads to a page that its action opens. */
const ROOMS = [
  { room: 'cases', path: '', action: 'queue.see' },
  { room: 'me', path: '/me', action: 'self.work' },
  { room: 'oversight', path: '/oversight', action: 'house.see' },
  { room: 'centres', path: '/centres', action: 'house.change' },
  { room: 'staff', path: '/staff', action: 'house.change' },
  { room: 'programmes', path: '/programmes', action: 'programme.see' },
  { room: 'sessions', path: '/sessions', action: 'session.close' },
  { room: 'reports', path: '/reports', action: 'report.read' },
  { room: 'feedback', path: '/feedback', action: 'feedback.read' },
  { room: 'complaints', path: '/complaints', action: 'complaints.see' },
  { room: 'approvals', path: '/approvals', action: 'approval.decide' },
  { room: 'breach', path: '/breach', action: 'breach.report' },
] as const satisfies { room: string; path: string; action: DeskAction }[]
export type Room = (typeof ROOMS)[number]['room']

const roomMenu = (view: View, here: Room): Html =>
  html`<nav class="rooms" aria-label="${view.house('nav.title')}">${ROOMS.filter(({ action }) =>
    may(view.staff, action),
  ).map(
    ({ room, path }) =>
      html`<a href="${view.base}${path}"${room === here && html` aria-current="page"`}>${view.house(`nav.${room}`)}${room === 'approvals' && view.alerts.waiting > 0 && html` <span class="n">${view.alerts.waiting}</span>`}</a>`,
  )}</nav>`

/** The bell rings on the pages that see the queue. */
export const topBar = (view: View, here: Room): Html => html`<header class="top">
<a class="brand" href="${view.base}">${MARK}<span>${view.say('name')}</span></a>
${roomMenu(view, here)}
<p id="line" class="line" role="status" hidden></p>
<details class="menu">
<summary>${PERSON}<span class="me">${view.alias(view.staff.alias)}</span></summary>
<div class="sheet">
<form method="post" action="${view.base}/language">${csrfField(view)}
<label>${view.say('language')}
<select name="language">${STAFF_LANGUAGES.map(
  (each) =>
    html`<option value="${each}" lang="${each}"${each === view.tongue && html` selected`}>${LANGUAGE_NAMES[each]}</option>`,
)}</select></label><button class="only-plain">${view.say('ok')}</button></form>
${here === 'cases' && html`<p class="only-script"><label class="switch"><input type="checkbox" id="bell"> ${view.say('bell')}</label><span class="hint">${view.say('bellHint')}</span></p>`}
<form method="post" action="${view.base}/sign-out">${csrfField(view)}<button class="quiet">${view.say('signOut')}</button></form>
</div>
</details>
</header>
<div id="alerts"${here === 'cases' && html` data-live`}>${frozenBanner(view, here)}</div>`

/** On every page of those who may act on it, until two people say that it is over. */
const frozenBanner = (view: View, here: Room): Html | false =>
  view.alerts.frozenSince !== null &&
  html`<p class="frozen" role="status">${view.house('breach.banner')} ${at(view, view.alerts.frozenSince)}${here !== 'breach' && html` · <a href="${view.base}/breach">${view.house('breach.whatNow')}</a>`}</p>`
