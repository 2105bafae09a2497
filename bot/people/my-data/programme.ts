/** What the page of one's own data says to a worker: their groups, their reports as they sent them, and their days of training. */
import type { Words } from '../../conversation/words.js'
import { type Html, html } from '../../http/html.js'
import { CHOICES, type Choice, QUESTIONS, type Question } from '../../programme/feedback/questions.js'
import { formatNumber } from '../../text/formats.js'
import type { Language } from '../../text/languages.js'
import type { MyData } from './gather.js'
import { line, sectionsIn, stamp } from './sections.js'

/** Where the words of what can be chosen in a report stand. */
const LISTS = ['cities', 'topics', 'places', 'languages']

const date = (at: Date | null): string => at?.toISOString().slice(0, 10) ?? ''

/** Nothing for somebody who was never in a group. */
export function programmeSections(data: MyData, language: Language, words: Words): Html | false {
  const { programmes, certificates, reports, attendance, feedback } = data
  if (programmes.length === 0) return false
  const section = sectionsIn(language, words)
  const found = (key: string) => words.find(language, key)

  /** A choice by its words, everything else as it was given. */
  const named = (given: unknown): string => {
    if (typeof given === 'number') return formatNumber(language, given)
    const { choice, text } = Object(given)
    if (typeof text === 'string') return text
    const id = String(choice ?? given)
    const words = LISTS.map((list) => found(`report:lists.${list}.options.${id}`)).find(Boolean)
    return words ?? (choice === undefined && typeof given === 'object' ? JSON.stringify(given) : id)
  }
  const answer = (question: string, given: unknown): string =>
    `${found(`report:${question}.short`) ?? question}: ${(Array.isArray(given) ? given : [given]).map(named).join(', ')}`
  const answers = (given: unknown): string[] =>
    Object.entries(Object(given))
      .filter(([, value]) => value !== null && value !== '')
      .map(([question, value]) => answer(question, value))

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
    ...versions.map(({ number, at, channel, answers: given }) =>
      [line(`${period}, ${number}`, stamp(at), channel), ...answers(given)].join('\n'),
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
