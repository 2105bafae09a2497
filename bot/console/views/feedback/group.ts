/** What clients said of a group's help in one month. */

import { FEWEST } from '../../../desk/house/figures.js'
import type { Say } from '../../../desk/labels.js'
import { type Html, html } from '../../../http/html.js'
import type { FeedbackPage, groupsWithFeedback, WorkerLine } from '../../../programme/feedback/overview.js'
import { CHOICES, QUESTIONS } from '../../../programme/feedback/questions.js'
import { periodsBetween, shifted } from '../../../programme/reports/periods.js'
import { formatMonth } from '../../../text/formats.js'
import { button, form, hint, input, section, select } from '../house/parts.js'
import type { View } from '../view.js'

type GroupRow = Awaited<ReturnType<typeof groupsWithFeedback>>['groups'][number]

/** A year can be looked back at. */
const MONTHS = 12

export const groupsView = (view: View, say: Say, period: string, groups: readonly GroupRow[]): Html =>
  html`<h1>${say('title')} · ${formatMonth(view.tongue, period)}</h1>
${hint(say('intro'))}
${
  groups.length === 0
    ? html`<p class="empty">${say('noGroups')}</p>`
    : html`<ul class="list">${groups.map(
        ({ id, name, programme, answers }) =>
          html`<li><a href="${view.base}/feedback/${id}?month=${period}">${programme} · ${name}</a> · ${say('answers', { count: answers })}</li>`,
      )}</ul>`
}`

export function groupView(view: View, say: Say, page: FeedbackPage): Html {
  const { group, period, workers, answers, shown, lines } = page
  const all: WorkerLine = { name: say('all'), answers, shown }
  const left = shown !== null && workers.some((each) => each.answers > 0 && each.shown === null)
  return html`<p><a href="${view.base}/feedback">${say('title')}</a></p>
<h1>${group.name} · ${formatMonth(view.tongue, period)}</h1>
${hint(group.programme.name)}
${monthForm(view, say, page)}
${hint(say('intro'))}
${workers.length === 0 ? html`<p class="empty">${say('nobody')}</p>` : html`<div class="feedback">${[all, ...workers].map((line) => lineView(say, line))}</div>`}
${left && hint(say('rest'))}
${section(say('lines.title'), linesView(say, answers, lines))}
${section(
  say('export.title'),
  html`${hint(say('export.hint'))}${form(
    view,
    `/feedback/${group.id}/export`,
    html`<label>${say('export.from')} ${input('from', period, html`pattern="\\d{4}-\\d{2}"`)}</label> <label>${say('export.to')} ${input('to', period, html`pattern="\\d{4}-\\d{2}"`)}</label> ${button(say('export.do'), 'quiet')}`,
    'line-form',
  )}`,
)}`
}

const monthForm = (view: View, say: Say, { group, period, newest }: FeedbackPage): Html =>
  html`<form method="get" action="${view.base}/feedback/${group.id}" class="line-form">${select(
    'month',
    periodsBetween(shifted(newest, 1 - MONTHS), newest)
      .toReversed()
      .map((each) => ({ value: each, label: formatMonth(view.tongue, each) })),
    period,
    say('month'),
  )} ${button(say('show'), 'quiet')}</form>`

/** A card and no table: on a telephone it reads from top to bottom. */
const lineView = (say: Say, { name, answers, shown }: WorkerLine): Html =>
  html`<article class="card"><h2>${name}</h2><p class="hint">${say('answers', { count: answers })}${shown ? shown.answers < answers && html` · ${say('of')}: ${shown.answers}` : answers > 0 && html` · ${say('few')}`}</p>${
    shown &&
    html`<dl class="sums">${QUESTIONS.map(
      (question) =>
        html`<dt class="sums-name">${say(`question.${question}`)}</dt><dd class="sums-value">${CHOICES.map((choice) => `${say(`choice.${choice}`)} ${shown.sums[question][choice]}`).join(' · ')}</dd>`,
    )}</dl>`
  }</article>`

function linesView(say: Say, answers: number, lines: readonly string[]): Html {
  if (lines.length > 0)
    return html`${hint(say('lines.hint'))}<ul class="list">${lines.map((line) => html`<li><q class="said">${line}</q></li>`)}</ul>`
  return hint(say(answers > 0 && answers < FEWEST ? 'lines.few' : 'lines.none'))
}
