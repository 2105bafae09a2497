/** Where anybody checks a certificate. It says whether the code is ours, and never whose it is. */
import type { Say } from '../../desk/labels.js'
import { type Html, html } from '../../http/html.js'
import type { Checked } from '../../programme/duties/verify.js'
import { formatDate, formatNumber } from '../../text/formats.js'
import type { StaffLanguage } from '../../text/languages.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../text/languages.js'
import { MARK } from './icons.js'
import { type Frame, head } from './layout.js'

export type CertificatePage = {
  /** Where the page itself is. */
  path: string
  tongue: StaffLanguage
  say: Say
  code: string
  /** What was found; `unknown` for a code of no certificate; undefined: nothing was asked yet. */
  found: Checked | 'unknown' | undefined
  problem?: string | undefined
  fileUrl: Frame['fileUrl']
}

export const certificateView = ({ path, tongue, say, code, found, problem, fileUrl }: CertificatePage): string =>
  html`<!doctype html>
<html lang="${tongue}" class="plain">
<head>
${head(say('page.title'), fileUrl)}
<link rel="stylesheet" href="${fileUrl('house.css')}">
</head>
<body class="door certificate">
<main id="main">
<p class="brand">${MARK}<span>Rahnamo</span></p>
<h1>${say('page.title')}</h1>
<p>${say('page.lead')}</p>
${problem && html`<p class="notice" role="alert">${problem}</p>`}
${found === 'unknown' && html`<p class="notice" role="alert">${say('page.unknown')}</p>`}
${found && found !== 'unknown' && validView(tongue, say, found)}
<form method="post" action="${path}?language=${tongue}">
<label for="code">${say('page.code')}</label>
<input id="code" name="code" value="${code}" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" placeholder="ABCD-1234-EFGH">
<label for="name">${say('page.name')}</label>
<input id="name" name="name" type="text" autocomplete="off" spellcheck="false" maxlength="120">
<p class="hint">${say('page.nameHint')}</p>
<button class="primary">${say('page.check')}</button>
</form>
<ul class="tongues">${STAFF_LANGUAGES.map(
    (each) =>
      html`<li><a href="?language=${each}${code && html`&amp;code=${encodeURIComponent(code)}`}" lang="${each}"${each === tongue && html` aria-current="true"`}>${LANGUAGE_NAMES[each]}</a></li>`,
  )}</ul>
</main>
</body>
</html>`.toString()

function validView(tongue: StaffLanguage, say: Say, { programme, hours, modules, of, issuedOn, named }: Checked): Html {
  const facts: [string, string][] = [
    ['programme', programme],
    ['hours', formatNumber(tongue, hours)],
    ['modules', say('page.modulesOf', { modules, of })],
    ['issued', formatDate(tongue, issuedOn.toISOString().slice(0, 10), 'long')],
  ]
  return html`<section class="card" role="status"><p><strong>✔ ${say('page.valid')}</strong></p>
<dl>${facts.map(([key, value]) => html`<dt>${say(`page.${key}`)}</dt><dd><strong>${value}</strong></dd>`)}</dl>
${named === true && html`<p><strong>✔ ${say('page.named')}</strong></p>`}${named === false && html`<p class="wrong" role="alert">✗ ${say('page.notNamed')}</p>`}</section>`
}
