/** The door: the code from the link, or pasted by hand. */

import type { Say } from '../../desk/labels.js'
import { html } from '../../http/html.js'
import type { StaffLanguage } from '../../text/languages.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../text/languages.js'
import { MARK } from './icons.js'
import { type Frame, head } from './layout.js'

const INVITE_COMMAND = 'npm run rahnamo -- invite consultant'

export type Door = {
  base: string
  tongue: StaffLanguage
  say: Say
  csrf: string
  /** Why the last code did not open. */
  problem?: string | undefined
  fileUrl: Frame['fileUrl']
}

export const signInView = ({ base, tongue, say, csrf, problem, fileUrl }: Door): string =>
  html`<!doctype html>
<html lang="${tongue}" class="plain">
<head>
${head(say('signIn.title'), fileUrl)}
<script src="${fileUrl('sign-in.js')}" defer></script>
</head>
<body class="door" data-base="${base}">
<main id="main">
<p class="brand">${MARK}<span>${say('name')}</span></p>
<h1>${say('signIn.title')}</h1>
${problem && html`<p class="notice" role="alert">${problem}</p>`}
<form id="door" method="post" action="${base}/sign-in">
<input type="hidden" name="csrf" value="${csrf}">
<label for="code">${say('signIn.code')}</label>
<input id="code" name="code" required autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="300" autofocus>
<button class="primary">${say('signIn.enter')}</button>
</form>
<p class="hint">${say('signIn.once')}</p>
<p class="hint">${say('signIn.newLink')}</p>
<p><code>${INVITE_COMMAND}</code></p>
<ul class="tongues">${STAFF_LANGUAGES.map(
    (each) =>
      html`<li><a href="?language=${each}" lang="${each}"${each === tongue && html` aria-current="true"`}>${LANGUAGE_NAMES[each]}</a></li>`,
  )}</ul>
</main>
</body>
</html>`.toString()
