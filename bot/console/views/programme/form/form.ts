/** The page on which a report's form is changed: what waits to be published, the questions, the lists, and what was before. */
import { type Html, html, type Part } from '../../../../http/html.js'
import { NEW_QUESTION, type Refused } from '../../../house/form-form.js'
import type { FormPage, ListLine, QuestionLine } from '../../../routes/programme/form-page.js'
import { button, form, hint, section, twoSteps } from '../../house/parts.js'
import type { View } from '../../view.js'
import { differenceView, versionsView } from '../versions.js'
import { labelFields, questionFields } from './question-fields.js'

export function formView(view: View, page: FormPage, refused: Refused | undefined): Html {
  const { coordination } = view
  const { id, versions, edition } = page
  return html`<p><a href="${view.base}/programmes/${id}">‹ ${page.programme}</a></p>
<h1>${coordination('form.title')}</h1>
${hint(coordination('form.hint'))}
${waitingView(view, page)}
<p><a href="${view.base}/programmes/${id}/form/preview">${coordination('form.preview')}</a></p>
${section(coordination('form.questions'), html`<ul class="list">${page.asked.map((each, nth) => questionView(view, page, refused, { each, nth }))}</ul>${outView(view, page)}`, 'questions')}
${section(
  coordination('form.add'),
  html`<details${refused?.at === 'new' && html` open`}><summary class="button">${coordination('form.addOpen')}</summary><div class="inside">${form(
    view,
    `/programmes/${id}/form/questions`,
    html`${editionField(page)}${questionFields(view, refusedQuestion(refused, 'new') ?? { ...NEW_QUESTION, after: page.asked.at(-1)?.id ?? '' }, { wrong: refused?.at === 'new' ? refused.wrong : {}, places: placesOf(page), fresh: true })}<p>${button(coordination('form.addDo'))}</p>`,
    'long',
  )}</div></details>`,
  'add',
)}
${section(coordination('form.lists'), html`${hint(coordination('form.listsHint'))}${page.lists.map((each) => listView(view, page, refused, each))}`, 'lists')}
${versions.length > 0 && section(coordination('versions.title'), html`${hint(coordination('form.versionsHint'))}${versionsView(view, versions, { back: `/programmes/${id}/form/back`, seen: edition })}`)}`
}

const editionField = ({ edition }: FormPage): Html => html`<input type="hidden" name="edition" value="${edition}">`

const refusedQuestion = (refused: Refused | undefined, at: string) =>
  refused?.at === at ? refused.question : undefined

const placesOf = ({ asked }: FormPage, but?: string) =>
  asked.filter(({ id }) => id !== but).map(({ id, name }) => ({ value: id, label: name }))

/** Changes that nobody is asked by yet, and what is in their way. */
function waitingView(view: View, page: FormPage): Html {
  const { coordination } = view
  const { id, number, isChanged, changes, problems } = page
  // What was published may fit a newer Rahnamo no more: then the default form is asked, and it is said here
  if (!isChanged)
    return html`<p class="soft">${number === 0 ? coordination('form.isDefault') : coordination('form.isPublished', { n: number })}</p>${problems.length > 0 && problemsView(view, page)}`
  const path = `/programmes/${id}/form`
  return section(
    coordination('form.waiting'),
    html`${hint(coordination('form.waitingHint'))}<ul>${changes.map(differenceView)}</ul>
${
  problems.length > 0
    ? problemsView(view, page)
    : form(view, `${path}/publish`, html`${editionField(page)}${button(coordination('form.publish'))}`)
}
${twoSteps(coordination('form.discard'), form(view, `${path}/discard`, html`${editionField(page)}${button(coordination('form.discardDo'), 'quiet')}`))}`,
  )
}

const problemsView = ({ coordination }: View, { problems }: FormPage): Html =>
  html`<p class="wrong" role="alert">${coordination('form.problems')}</p><ul>${problems.map(({ code, question, sentence }) => html`<li>${question && html`<strong>${question}</strong>: `}${PROBLEMS.includes(code) ? coordination(`form.problem.${code}`) : coordination('form.problem.other', { sentence })}</li>`)}</ul>`

/** Problems of the linter that a coordinator can mend; the others come with its own sentence. */
const PROBLEMS = ['TEXT_LONG', 'TEXT_MISSING', 'LABEL_TWICE', 'WORD_TAKEN']

const actForm = (view: View, page: FormPage, fields: Record<string, string>, label: string): Html =>
  form(
    view,
    `/programmes/${page.id}/form/change`,
    html`${editionField(page)}${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${button(label, 'quiet')}`,
  )

function questionView(
  view: View,
  page: FormPage,
  refused: Refused | undefined,
  { each, nth }: { each: QuestionLine; nth: number },
): Html {
  const { coordination } = view
  const { id, added } = each
  const marks = [
    coordination(`form.kind.${each.kind}`),
    each.optional && coordination('form.isOptional'),
    added && coordination('form.isOwn'),
  ].filter(Boolean)
  const act = (what: string) => actForm(view, page, { act: what, id }, coordination(`form.${what}`))
  const isBeside = (other: QuestionLine | undefined) => other?.added?.after === added?.after
  return html`<li><span class="what"><strong>${each.name}</strong>
<span class="soft">${marks.join(' · ')}</span>${added && changeView(view, page, refused, each)}</span>
<span class="line-form">${each.mayHide && act('hide')}${added && isBeside(page.asked[nth - 1]) && act('up')}${added && isBeside(page.asked[nth + 1]) && act('down')}${added && act('retire')}</span></li>`
}

function changeView(view: View, page: FormPage, refused: Refused | undefined, { id, added }: QuestionLine): Part {
  if (!added) return ''
  const written = refusedQuestion(refused, id) ?? { ...NEW_QUESTION, ...added }
  const wrong = refused?.at === id ? refused.wrong : {}
  const fields = questionFields(view, written, { wrong, places: placesOf(page, id), fresh: false })
  return html`<details class="unfold"${refused?.at === id && html` open`}><summary>${view.coordination('form.changeWords')}</summary>${form(
    view,
    `/programmes/${page.id}/form/questions`,
    html`${editionField(page)}<input type="hidden" name="id" value="${id}">${fields}<p>${button(view.coordination('form.changeDo'))}</p>`,
    'long',
  )}</details>`
}

/** What is not asked any more, and can be again. */
function outView(view: View, page: FormPage): Part {
  const { coordination } = view
  const out = [
    ...page.hidden.map((each) => ({ ...each, act: 'show' })),
    ...page.retired.map((each) => ({ ...each, act: 'restore' })),
  ]
  if (out.length === 0) return ''
  return html`<h3>${coordination('form.notAsked')}</h3>${hint(coordination('form.notAskedHint'))}<ul class="list">${out.map(({ id, name, act }) => html`<li><span class="what">${name}</span>${actForm(view, page, { act, id }, coordination('form.restore'))}</li>`)}</ul>`
}

function listView(view: View, page: FormPage, refused: Refused | undefined, { list, name, options }: ListLine): Html {
  const { coordination } = view
  const isOpen = refused?.at === list
  const line = ({ id, name: words, offered }: ListLine['options'][number]) =>
    html`<li><span class="what">${offered ? words : html`<del>${words}</del>`}</span>${actForm(view, page, { act: offered ? 'retireOption' : 'restoreOption', list, option: id }, coordination(offered ? 'form.retireOption' : 'form.restore'))}</li>`
  return html`<details class="unfold"${isOpen && html` open`}><summary>${name} (${options.filter(({ offered }) => offered).length})</summary>
<ul class="list">${options.map(line)}</ul>
${form(
  view,
  `/programmes/${page.id}/form/options`,
  html`<h3>${coordination('form.addOption')}</h3>${editionField(page)}<input type="hidden" name="list" value="${list}">${labelFields(view, isOpen ? refused?.label : undefined, isOpen ? (refused?.wrong ?? {}) : {})}<p>${button(coordination('form.addOptionDo'))}</p>`,
)}</details>`
}
