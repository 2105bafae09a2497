/** What the page of one's own data says to a worker: their groups, their reports as they sent them, and their days of training. */
import type { Words } from '../../conversation/words.js'
import { type Html, html } from '../../http/html.js'
import { CHOICES, type Choice, QUESTIONS, type Question } from '../../programme/feedback/questions.js'
import { type Question as Asked, Form, optionName, questionName } from '../../programme/reports/form.js'
import { formatNumber } from '../../text/formats.js'
import type { Language } from '../../text/languages.js'
import type { MyData } from './gather.js'
import { line, sectionsIn, stamp } from './sections.js'

/** An answer that no question of its form explains. */
const UNASKED = { kind: 'text', many: false, optional: true } as const

const date = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? ''

/** Nothing for somebody who was never in a group. */
export function programmeSections(data: MyData, language: Language, words: Words): Html | false {
  const { programmes, certificates, reports, attendance, feedback } = data
  if (programmes.length === 0) return false
  const section = sectionsIn(language, words)
  const found = (key: string) => words.find(language, key)

  /** A choice by its words, everything else as it was given. */
  const named = (question: Asked, given: unknown): string => {
    if (typeof given === 'number') return formatNumber(language, given)
    if (typeof given === 'boolean') return words.say(language, given ? 'common:yes' : 'common:no')
    const { choice, text } = Object(given)
    if (typeof text === 'string') return text
    const id = choice ?? given
    return typeof id === 'object' ? JSON.stringify(given) : optionName(words, language, question, String(id))
  }
  const answer = (question: Asked, given: unknown): string =>
    `${questionName(words, language, question)}: ${[given]
      .flat()
      .map((each) => named(question, each))
      .join(', ')}`
  /** By the form that asked for them. */
  const answers = (form: unknown, given: unknown): string[] => {
    const { questions } = Form.parse(form)
    return Object.entries(Object(given))
      .filter(([, value]) => value !== null && value !== '')
      .map(([id, value]) => answer(questions.find((each) => each.id === id) ?? { id, ...UNASKED }, value))
  }

  const sumsOf = (question: Question, sums: Record<Choice, number>): string =>
    `${found(`feedback:short.${question}`) ?? question}: ${CHOICES.map((choice) => `${found(`feedback:choice.${choice}`) ?? choice} ${sums[choice]}`).join(', ')}`

  return html`${section('programme', [
    ...programmes.map(({ programme, group, name, organisation, joinedOn, leftOn }) =>
      line(programme, group, name, organisation, `${date(joinedOn)} – ${date(leftOn)}`),
    ),
    ...certificates.map(({ programme, name, organisation, hours, modules, issuedOn }) =>
      line(programme, found('certificate:title'), name, organisation, `${hours} h`, modules, date(issuedOn)),
    ),
  ])}
${section(
  'reports',
  reports.flatMap(({ period, state, versions, events }) => [
    line(period, found(`reports-desk:state.${state}`) ?? state),
    ...versions.map(({ number, at, channel, asked, answers: given }) =>
      [line(`${period}, ${number}`, stamp(at), channel), ...answers(asked, given)].join('\n'),
    ),
    ...events.flatMap(({ at, reason }) => (reason ? [line(period, stamp(at), reason)] : [])),
  ]),
)}
${section(
  'attendance',
  attendance.map(({ module, day, point, at, becomes, minutes, why }) =>
    line(
      date(day),
      `№ ${module}`,
      point && found(`checkin:point.${point}`),
      stamp(at),
      becomes && (found(`checkin:mark.${becomes}`) ?? becomes),
      minutes !== null && `${minutes} min`,
      why,
    ),
  ),
)}
${section(
  'feedback',
  feedback.months.map(({ period, answers, shown }) =>
    line(period, answers, ...(shown ? QUESTIONS.map((question) => sumsOf(question, shown.sums[question])) : [])),
  ),
)}`
}
