/** The first page: into the chat in one's own language, to the desk, and how each channel is (for whoever looks after the service). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { ROOT } from '../config.js'
import type { Channel } from '../conversation/channel.js'
import type { FileSpace } from '../conversation/file-space.js'
import type { Words } from '../conversation/words.js'
import { askedLanguage } from '../http/accept-language.js'
import { html } from '../http/html.js'
import { LANGUAGE_NAMES, LANGUAGES, STAFF_LANGUAGES } from '../text/languages.js'
import { PAGE_HEADERS } from './headers.js'

const CONNECT_STEPS = ['bot', 'token', 'restart'] as const

export type StartPage = {
  channels: readonly Channel[]
  /** Room for files. */
  space: Pick<FileSpace, 'filling'>
  words: Words
  /** The path of PUBLIC_URL, if it has one. */
  base: string
}

export function startPage(app: FastifyInstance, { channels, space, words, base }: StartPage): void {
  const style = readFileSync(join(ROOT, 'bot/console/page/start.css'))
  app.get('/start.css', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(style),
  )
  app.get('/', async (request, reply) => {
    const language = askedLanguage(request.headers['accept-language'], STAFF_LANGUAGES) ?? 'en'
    const say = (key: string) => words.say(language, `start:${key}`)
    const telegram = channels.some(({ name }) => name === 'telegram')
    // A database that is away is told of by the channels
    const files = await space.filling().catch(() => 'room' as const)
    const page = html`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rahnamo</title>
<link rel="stylesheet" href="${base}/start.css">
<main>
<h1>Rahnamo</h1>
<p>${say('intro')}</p>
<nav class="languages" aria-label="${say('chat')}">
${LANGUAGES.map((each) => html`<a lang="${each}" href="${base}/chat?lang=${each}">${LANGUAGE_NAMES[each]}</a>`)}
</nav>
<section>
<h2>${say('staff')}</h2>
<p><a href="${base}/desk">${say('desk')}</a></p>
</section>
<section>
<h2>${say('channels')}</h2>
<ul class="channels">
${channels.map((channel) => {
  const { state, sentence } = channel.health()
  return html`<li class="${state}"><strong>${say(`channel.${channel.name}`)}</strong> <span class="state">${say(`state.${state}`)}</span><br><small lang="en">${sentence}</small></li>`
})}
${files !== 'room' && html`<li class="${files === 'full' ? 'down' : 'starting'}"><strong>${say('files')}</strong> <span class="state">${say(`files.${files}`)}</span></li>`}
</ul>
${!telegram && html`<h3>${say('connect')}</h3><ol>${CONNECT_STEPS.map((step) => html`<li>${say(`step.${step}`)}</li>`)}</ol>`}
</section>
</main>
</html>`
    return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page.toString())
  })
}
