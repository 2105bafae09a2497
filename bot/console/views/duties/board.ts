/** People × duties of a group: what each has done, what is missing, and the certificate. A telephone scrolls the table sideways. */
import { may } from '../../../desk/access.js'
import { type Html, html, type Part } from '../../../http/html.js'
import { paperLanguage } from '../../../programme/duties/paper.js'
import type { Duties, ProgrammeDuties } from '../../../programme/duties/read.js'
import type { ModuleState } from '../../../programme/duties/rule.js'
import { fullSentence, monthCount } from '../../../programme/duties/sentences.js'
import { formatNumber } from '../../../text/formats.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../../text/languages.js'
import { button, day, form, hint, select } from '../house/parts.js'
import type { View } from '../view.js'
import type { DeskWords } from './words.js'

/** What a module came to, as a sign; the words stand beside it for whoever does not see it. */
const SIGNS: Record<ModuleState, string> = {
  attended: '✔',
  madeUp: '⇄',
  part: '◐',
  excused: '◌',
  missed: '✗',
  ahead: '…',
}

const HEADS = ['hours', 'modules', 'reports', 'feedback', 'missing', 'certificate'] as const

export type Board = ProgrammeDuties & {
  group: { id: string; name: string }
  /** By the person's id, in the order in which they are read. */
  names: readonly { person: Duties; name: string }[]
}

export function boardView(view: View, words: DeskWords, board: Board): Html {
  const { say } = words
  const { group, names } = board
  return html`<p><a href="${view.base}/training/${group.id}">‹ ${group.name}</a></p>
<h1>${say('title')}</h1>
${hint(say('lead'))}
${
  names.length === 0
    ? hint(say('nobody'))
    : html`<div class="matrix duties" tabindex="0" role="region" aria-label="${say('title')}"><table>
<thead><tr>${(['person', ...HEADS] as const).map((head) => html`<th scope="col">${say(`column.${head}`)}</th>`)}</tr></thead>
<tbody>${names.map(({ person, name }) => rowView(view, words, board, person, name))}</tbody></table></div>
${hint((Object.keys(SIGNS) as ModuleState[]).map((state) => `${SIGNS[state]} ${say(`module.${state}`)}`).join(' · '))}`
}`
}

function rowView(view: View, words: DeskWords, { rules, group }: Board, person: Duties, name: string): Html {
  const { say } = words
  const { leftOn } = person.enrolment
  const months = monthCount(person)
  const of = formatNumber(view.tongue, rules.modules * rules.hoursPerModule)
  // On a telephone each cell stands under its head
  const cell = (head: (typeof HEADS)[number], inside: Part) =>
    html`<td class="${head}" data-head="${say(`column.${head}`)}">${inside}</td>`
  const signs = person.modules.map(({ module, state }) => {
    const label = say('moduleOf', { module, state: say(`module.${state}`) })
    return html`<span class="sign ${state}" title="${label}"><span aria-hidden="true">${module}${SIGNS[state]}</span><span class="sr">${label}</span></span> `
  })
  return html`<tr><th scope="row">${name}${leftOn && html`<span class="left-on">${say('left', { day: day(view, leftOn) })}</span>`}</th>
${cell('hours', say('outOf', { n: formatNumber(view.tongue, person.hours), of }))}
${cell('modules', html`<span class="signs">${signs}</span>`)}
${cell('reports', html`<a href="${view.base}/reports/${group.id}">${say('outOf', { n: months.done, of: months.of })}</a>`)}
${cell('feedback', person.feedback)}
${cell('missing', missingView(view, words, person))}
${cell('certificate', paperView(view, words, group.id, person))}</tr>`
}

function missingView(view: View, { say, duties }: DeskWords, person: Duties): Html {
  if (person.missing.length === 0) return html`<strong>${say('nothing')}</strong>`
  return html`<details><summary>${say('missingCount', { count: person.missing.length })}</summary><ul>${person.missing.map(
    (each) => html`<li>${fullSentence(duties, view.tongue, person, each)}</li>`,
  )}</ul>${person.certificate && hint(say('issuedEarlier'))}</details>`
}

/** Whoever may issue sees the button where nothing is missing, and the paper where it was issued. */
function paperView(view: View, { say }: DeskWords, groupId: string, person: Duties): Html | string {
  const { certificate, missing, enrolment, personId } = person
  const issued = certificate && html`${say('issued', { day: day(view, certificate.issuedOn) })}`
  if (!may(view.staff, 'certificate.issue')) return issued || '–'
  if (!certificate && missing.length > 0) return '–'
  const path = `/training/${groupId}/duties/${personId}/certificate`
  const languages = select(
    'language',
    STAFF_LANGUAGES.map((each) => ({ value: each, label: LANGUAGE_NAMES[each] })),
    certificate?.language ?? paperLanguage(enrolment.person.language),
    say('language'),
  )
  const issue = form(
    view,
    path,
    html`${languages} ${button(say('issue'), certificate ? 'quiet' : 'primary')}`,
    'line-form',
  )
  return certificate
    ? html`${issued} · <a href="${view.base}${path}.pdf">${say('print')}</a><details><summary>${say('again')}</summary>${issue}</details>`
    : issue
}
