/** One report: what it says now, what changed from version to version, and what may be done with it. */
import type { Json } from '../../../engine/types.js'
import { type Html, html } from '../../../http/html.js'
import { type Attachment, filesIn } from '../../../programme/reports/attachments.js'
import type { Question } from '../../../programme/reports/form.js'
import type { ReadReport, ReadVersion } from '../../../programme/reports/read.js'
import { MOVES } from '../../../programme/reports/states.js'
import { formatMonth } from '../../../text/formats.js'
import { box, button, day, field, form, group, hint, input, section, twoSteps } from '../house/parts.js'
import { at, type View } from '../view.js'
import type { ReportWords } from './words.js'

export function reportView(view: View, words: ReportWords, report: ReadReport, decides: boolean, reason: string): Html {
  const { say } = words
  const last = report.versions.at(-1)
  const month = formatMonth(view.tongue, report.period)
  const state = report.locked ? 'locked' : report.state
  return html`<p><a href="${view.base}/reports/${report.groupId}">${report.groupName}</a></p>
<h1>${report.name} · ${month}</h1>
<p><strong>${say(`state.${state}`)}</strong>${report.extendedTo && html` · ${say('extendedTo', { day: day(view, new Date(report.extendedTo)) })}`}</p>
${last ? versionView(words, view, last, `${view.base}${pathOf(report)}`) : hint(say('nothingYet'))}
${decides && actsView(view, words, report, reason)}
${report.versions.length > 1 && section(say('versions'), html`<ol class="list">${report.versions.map((version, nth) => changeView(view, words, version, report.versions[nth - 1]))}</ol>`)}
${report.events.length > 0 && section(say('events'), html`<ul class="list">${report.events.map(({ kind, alias, at: when, reason: why }) => html`<li>${at(view, when)} · ${say(`event.${kind}`)} · ${alias ? view.alias(alias) : '–'}${why && html`<br><q>${why}</q>`}</li>`)}</ul>`)}`
}

const pathOf = ({ groupId, personId, period }: ReadReport): string => `/reports/${groupId}/${personId}/${period}`

/** A file is opened by a press; everything else is words. */
function givenView(words: ReportWords, question: Question, answer: Json | undefined, path: string): Html | string {
  const files = filesIn(answer)
  if (files.length === 0) return words.shown(question, answer)
  const link = ({ id, kind }: Attachment, nth: number) =>
    html`<a href="${path}/files/${id}">${words.say(`file.${kind}`)}${files.length > 1 && ` ${nth + 1}`}</a> `
  return html`${files.map(link)}`
}

const versionView = (
  words: ReportWords,
  view: View,
  { number, at: when, form: asked, answers }: ReadVersion,
  path: string,
): Html =>
  section(
    words.say('version', { n: number }),
    html`<p class="hint">${at(view, when)}</p>${
      answers
        ? html`<dl class="answers">${asked.questions.map((question) => html`<dt>${words.question(question)}</dt><dd class="given">${givenView(words, question, answers[question.id], path)}</dd>`)}</dl>`
        : html`<p>${words.say('state.nothing')}</p>`
    }`,
  )

const changeView = (view: View, words: ReportWords, version: ReadVersion, before: ReadVersion | undefined): Html =>
  html`<li>${words.say('version', { n: version.number })} · ${at(view, version.at)} · ${version.channel}${
    version.changed.length > 0 &&
    html`<ul>${version.changed.map(
      (question) =>
        html`<li>${words.question(question)}: <del>${words.shown(question, before?.answers?.[question.id])}</del> → <ins>${words.shown(question, version.answers?.[question.id])}</ins></li>`,
    )}</ul>`
  }</li>`

function actsView(view: View, words: ReportWords, report: ReadReport, reason: string): Html {
  const { say } = words
  const path = pathOf(report)
  const can = (event: 'approve' | 'return') => !report.locked && MOVES[event][report.state] !== undefined
  const questions = report.versions.at(-1)?.answers ? (report.versions.at(-1)?.form.questions ?? []) : []
  const giveBack = html`${group(say('return.answers'), html`<span class="boxes">${questions.map((question) => html`<label class="box">${box(`answer.${question.id}`, false)} ${words.question(question)}</label>`)}</span>`)}
${field(say('return.reason'), html`<textarea name="reason" rows="3" required>${reason}</textarea>`)}${button(say('return.do'))}`
  return section(
    say('acts'),
    html`${can('approve') && form(view, `${path}/approve`, button(say('approve')))}
${can('return') && twoSteps(say('return.title'), form(view, `${path}/return`, giveBack))}
${!report.locked && form(view, `${path}/extend`, html`${field(say('extend.day'), input('day', report.extendedTo ?? '', html`type="date"`))}${button(say('extend.do'), 'quiet')}`, 'line-form')}
${form(view, `${path}/${report.locked ? 'unlock' : 'lock'}`, button(say(report.locked ? 'unlock' : 'lock'), 'quiet'))}`,
  )
}
