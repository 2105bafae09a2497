/** The screen in the room: a QR, six digits, a countdown, two numbers. No sign-in, and no name of anybody. */
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import { qrCode } from '../../../http/qr.js'
import type { Screen } from '../../../programme/checkin/screen.js'
import { clockIn } from '../../../programme/checkin/windows.js'
import type { PageFileName } from '../../page-files.js'

export type ScreenPage = { language: string; say: Say; fileUrl(name: PageFileName): string }

/** Without a script the page asks for itself again this often. */
const REFRESH_SECONDS = 10

export function screenView({ language, say, fileUrl }: ScreenPage, screen: Screen | 'over'): string {
  const isOver = screen === 'over' || screen.day.closedAt !== null
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say('screen.title')}</title>
<link rel="stylesheet" href="${fileUrl('screen.css')}">
<link rel="icon" href="${fileUrl('icon.svg')}" type="image/svg+xml">
${!isOver && html`<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}"></noscript><script src="${fileUrl('screen.js')}" defer></script>`}
</head>
<body>
<main id="screen" aria-live="polite"${screen !== 'over' && html` data-left="${screen.leftMs}"`}>
${screen === 'over' ? html`<p class="big">${say('screen.over')}</p>` : inside(say, screen)}
</main>
</body>
</html>`.toString()
}

function inside(say: Say, { day, point, opensAt, code, link, leftMs, here, of }: Screen): Html {
  const title = html`<h1>${say('page.title', { group: day.group, module: day.module })}</h1>`
  if (day.closedAt) return html`${title}<p class="big">${say('screen.closed')}</p>`
  const count = html`<p class="count"><strong>${here} / ${of}</strong> ${say(`point.${point}`)}</p>`
  const opens = opensAt && html`<p>${say('screen.opens', { time: clockIn(day.timeZone, opensAt) })}</p>`
  return html`${title}
${link && qrCode(link, say('screen.qr'))}
<p class="code">${code.slice(0, 3)} ${code.slice(3)}</p>
<p class="how">${say(link ? 'screen.how' : 'screen.howTyped')}</p>
<p class="left">${say('screen.next')} <span id="left">${Math.ceil(leftMs / 1000)}</span></p>
${opens}${count}`
}
