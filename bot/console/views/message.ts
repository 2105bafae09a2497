/** One line of the conversation: what was said, by whom, and whether it arrived. */
import type { CaseMessage } from '../../desk/reading.js'
import { drawn } from '../../http/file-types.js'
import { type Html, html, oneLine } from '../../http/html.js'
import { played, sizeOf } from '../file-kinds.js'
import { button } from './acts.js'
import { FILE } from './icons.js'
import { messageActs } from './message-acts.js'
import { at, type View } from './view.js'

export type Talk = {
  code: string
  /** The client's language. */
  language: string
  /** Whether whoever looks may answer here. */
  answers: boolean
  /** Whether the case is theirs: only then they may see what was shared. */
  owns: boolean
}

export function messageView(view: View, message: CaseMessage, talk: Talk): Html | false {
  if (message.event)
    return html`<li class="event" data-id="${message.id}"><span>${view.say(`events.${message.event}`)}</span> ${at(view, message.at)}</li>`
  // A pressed button has no words of its own; what it asked for is said by the answer.
  if (message.empty && message.direction === 'in') return false
  const { takenBack } = message
  return html`<li class="message ${message.author} ${message.direction}${takenBack && ' taken-back'}" id="m${message.id}" data-id="${message.id}">
<p class="who">${who(view, message)}${message.corrects && html` <span class="corrects">${view.say('case.corrects')}</span>`}</p>
<div class="bubble">${quoteView(view, message)}${message.file && fileView(view, message.file, talk)}${wordsView(view, message, talk)}</div>
<div class="foot"><p class="state ${takenBack ? 'back' : message.state}">${at(view, message.at)}${takenBack ? html` <span>${view.say('case.takenBack')}</span>` : stateView(view, message)}</p>${wasView(view, message)}${talk.answers && messageActs(view, message, talk)}</div>
</li>`
}

/** In one line, wherever a message is named: its words, or what it was. */
export const excerpt = ({ say }: View, { text, file }: { text: string; file?: CaseMessage['file'] }): string => {
  const line = oneLine(text)
  if (line) return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line
  return file ? say(`file.${file.kind}`) : '…'
}
const EXCERPT = 90

const quoteView = (view: View, { quotes }: CaseMessage): Html | null =>
  quotes &&
  html`<a class="quote" href="#m${quotes.id}"><span class="who">${who(view, quotes)}</span> <q dir="auto">${excerpt(view, quotes)}</q></a>`

/** What the client was told before it was put right stays in the history. */
const wasView = (view: View, { was }: CaseMessage): Html | false =>
  was.length > 0 &&
  html`<details class="was"><summary>${view.say('case.corrected')}</summary>${was.map((text) => html`<p class="words" dir="auto">${text}</p>`)}</details>`

function who(view: View, { author, alias }: Pick<CaseMessage, 'author' | 'alias'>): string {
  if (author === 'staff' && alias) return alias === view.staff.alias ? view.say('case.you') : view.alias(alias)
  return view.say(`author.${author}`)
}

function wordsView(view: View, message: CaseMessage, { language, code, owns }: Talk): Html | undefined {
  if (message.shared)
    return html`<p class="masked">${view.say(`shared.${message.shared}`)}</p>${owns && button(view, code, { what: 'shared', label: view.say('shared.show'), fields: { message: String(message.id) } })}`
  if (message.text)
    return html`<p class="words" dir="auto"${message.author !== 'staff' && html` lang="${language}"`}>${message.text}</p>`
  return message.empty ? html`<p class="masked">${view.say('case.deleted')}</p>` : undefined
}

/** Codes of failures that have words of their own; the others are told with their code. */
const REASONS: [RegExp, string][] = [
  [/_403$|CHAT_NOT_FOUND|ADDRESS_/, 'left'],
  [/FILE_TOO_BIG|_413$/, 'tooBig'],
  [/MEDIA_REFUSED/, 'media'],
  [/ERASED/, 'erased'],
]

const reason = (view: View, code: string | null): string => {
  const known = REASONS.find(([pattern]) => pattern.test(code ?? ''))?.[1]
  return known ? view.say(`why.${known}`) : view.say('why.refused', { code: code ?? '–' })
}

/** Our own pace, and not a failure. */
const PACED = 'PACE'

function stateView(view: View, { direction, state, error }: CaseMessage): Html | undefined {
  if (direction === 'in') return undefined
  if (state === 'sent') return html` <span class="tick">✓ ${view.say('delivery.sent')}</span>`
  if (state === 'dead') return html` <strong>${view.say('delivery.failed')}</strong> ${reason(view, error)}`
  if (state === 'dropped')
    return html` <strong>${view.say('delivery.failed')}</strong> ${error ? reason(view, error) : view.say('why.dropped')}`
  if (state === 'due' && error && error !== PACED) return html` <span>${view.say('delivery.again')}</span>`
  return html` <span>${view.say('delivery.waiting')}</span>`
}

function fileView(view: View, file: NonNullable<CaseMessage['file']>, { code, owns }: Talk): Html {
  const { say } = view
  if (file.held)
    return html`<p class="masked">${say('file.held')}</p>${owns && file.state === 'kept' && button(view, code, { what: 'held', label: say('shared.show'), fields: { file: file.id } })}`
  if (file.state === 'wanted') return html`<p class="file busy">${FILE}<span>${say('file.loading')}</span></p>`
  if (file.state === 'failed') return html`<p class="file failed">${FILE}<span>${say('file.failed')}</span></p>`
  const url = `${view.base}/cases/${code}/files/${file.id}`
  const name = oneLine(file.name) || say(`file.${file.kind}`)
  if (drawn(file.mime))
    return html`<a class="picture" href="${url}" target="_blank" rel="noopener"><img src="${url}" alt="${say('file.photo')}: ${name}" loading="lazy"></a>`
  if (played(file.mime) === 'audio')
    return html`<audio controls preload="metadata" src="${url}" aria-label="${say('file.voice')}: ${name}"></audio>`
  if (played(file.mime) === 'video')
    return html`<video controls preload="metadata" src="${url}" aria-label="${say('file.video')}: ${name}"></video>`
  const link = html`<a class="file" href="${url}" target="_blank" rel="noopener">${FILE}<span class="name">${name}</span> <span class="size">${sizeOf(say, file.bytes)}</span></a>`
  return file.mime === 'application/pdf'
    ? html`${link}<details class="preview"><summary>${say('file.preview')}</summary><iframe title="${name}" data-src="${url}#navpanes=0&view=FitH" loading="lazy"></iframe></details>`
    : link
}
