/** The page on which a client answers without an account: three questions, a line if they like. Works without a script; sets no cookie. */
import { type Html, html, type Part } from '../../../http/html.js'
import { CHOICES, LINE_MAX, QUESTIONS } from '../../../programme/feedback/questions.js'
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../text/languages.js'

export type ClientPage = {
  language: Language
  /** Of `opinion.json`. */
  say(key: string, values?: Record<string, string | number>): string
  /** Where this page lives: `/f`. */
  base: string
  /** The web chat in that language. */
  chat: string
  css: string
  /** The page itself in other languages: its path under `base`. */
  path: string
}

/** As a code looks; it opens nothing. */
const EXAMPLE = 'ABCD-2346'

export type Given = Partial<Record<string, string>>

const frame = ({ language, say, css }: ClientPage, body: Part): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${say('page.title')}</title>
<link rel="stylesheet" href="${css}">
</head>
<body>
<main>
${body}
</main>
</body>
</html>`.toString()

/** The same page in another language; of what was sent there is none. */
const languagesView = ({ language, say, base, path }: ClientPage): Html =>
  html`<nav class="languages" aria-label="${say('page.language')}">${LANGUAGES.map(
    (each) =>
      html`<a href="${base}${path}?lang=${each}" lang="${each}"${each === language && html` aria-current="true"`}>${LANGUAGE_NAMES[each]}</a>`,
  )}</nav>`

const problemView = (problem: string | undefined): Html | false =>
  problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`

/** For who types the code from a slip of paper. */
export const codeView = (page: ClientPage, problem?: string): string =>
  frame(
    page,
    html`${languagesView(page)}
<h1>${page.say('page.title')}</h1>
${problemView(problem)}
<form method="post" action="${page.base}?lang=${page.language}">
<label for="code">${page.say('page.code')}</label>
<input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required>
<p class="hint">${page.say('page.codeHint', { example: EXAMPLE })}</p>
<button>${page.say('page.open')}</button>
</form>`,
  )

/** `telegram` is the way into the chat with the same code, where there is one. */
export function questionsView(
  page: ClientPage,
  { given, problem, telegram }: { given: Given; problem?: string | undefined; telegram: string | undefined },
): string {
  const { say, base, path, language } = page
  return frame(
    page,
    html`${languagesView(page)}
<h1>${say('page.title')}</h1>
<p>${say('page.intro')}</p>
${problemView(problem)}
<form method="post" action="${base}${path}?lang=${language}">
${QUESTIONS.map(
  (question) => html`<fieldset>
<legend>${say(`page.${question}`)}</legend>
${CHOICES.map(
  (choice) =>
    html`<label><input type="radio" name="${question}" value="${choice}" required${given[question] === choice && html` checked`}><span>${say(`${question}.options.${choice}`)}</span></label>`,
)}
</fieldset>`,
)}
<label for="line">${say('page.line')}</label>
<textarea id="line" name="line" rows="3" maxlength="${LINE_MAX}" autocomplete="off" aria-describedby="hint">${given.line}</textarea>
<p class="hint" id="hint">${say('page.hint')} ${say('page.danger')}</p>
<button>${say('page.send')}</button>
</form>
${telegram && html`<p><a href="${telegram}" rel="noreferrer">${say('page.telegram')}</a></p>`}`,
  )
}

/** What came of it. `help` is said to whoever wrote words of danger. */
export function outcomeView(
  page: ClientPage,
  words: string,
  { help, over }: { help?: string | undefined; over?: boolean } = {},
): string {
  const { say, chat } = page
  return frame(
    page,
    html`${!over && languagesView(page)}
<h1>${words}</h1>
${help && html`<p class="problem" role="alert">${help}</p>`}
${over && html`<p>${say('page.close')}</p>`}
<p><a href="${chat}">${say('page.chat')}</a></p>`,
  )
}
