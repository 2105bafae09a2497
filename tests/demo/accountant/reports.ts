/**
 * What was reported: which question stood on the screen, what was answered to it, when it was sent, what the coordinator decided. The
 * questions are known by their words; what was answered is read by the accountant's own rules.
 */
import { text, texts } from '../texts.js'
import type { Entry, Transcript } from '../transcript.js'
import { type Answer, type Report, reportKey, type State } from './books.js'
import { monthAfter, monthIn, wallOf } from './days.js'
import { numberOf } from './numbers.js'

const DUE_DAY = '05'
export const NUMBERS = [
  ...['clients', 'newClients', 'phone', 'chat', 'centre', 'outreach', 'mobile', 'groups'],
  ...['mobiles', 'informed', 'hours', 'feedback'],
]
const SEVERAL: Record<string, string> = { topics: 'topics', top: 'topics', referrals: 'places', languages: 'languages' }
const WORDS = ['difficulty', 'success', 'missing']
const OTHERS = ['month', 'kind', 'sure', 'again', 'city', 'attachments']
export const QUESTIONS = [
  'city',
  ...NUMBERS.slice(0, 10),
  'topics',
  'top',
  'referrals',
  'languages',
  'hours',
  ...WORDS,
  'feedback',
]

/** What a draft of somebody holds: one, wherever it is written. */
type Desk = { period: string | undefined; question: string | undefined; answers: Map<string, Answer>; ticked: string[] }

/** The beginning of a text, up to its first value. */
const head = (whole: string): string => whole.replace(/\{\{.*$/s, '')

function questionIn(language: string, words: string): string | undefined {
  const known = [...OTHERS, ...NUMBERS, ...Object.keys(SEVERAL), ...WORDS]
  const fits = known.filter((id) => words.startsWith(head(text(language, `report:${id}`))))
  return fits.sort((one, other) => text(language, `report:${other}`).length - text(language, `report:${one}`).length)[0]
}

/** The id of an option of this list, by its label. */
const optionOf = (language: string, list: string, label: string): string | undefined =>
  texts(language, 'report')
    .find(([key, words]) => key.startsWith(`lists.${list}.options.`) && words === label.trim().replace(/^✅ /, ''))?.[0]
    .slice(`lists.${list}.options.`.length)

type Member = { language: string; from: string }

export function reportsOf(
  transcript: Transcript,
  members: ReadonlyMap<string, Member>,
  until: Date,
): Map<string, Report> {
  const reports = new Map<string, Report>()
  const desks = new Map<string, Desk>()
  const again = new Map<string, boolean>()
  const of = (person: string, period: string): Report => {
    const key = reportKey(person, period)
    const known = reports.get(key)
    if (known) return known
    const fresh: Report = {
      ...{ person, period, state: 'missing', held: undefined, late: false, sentOn: undefined, versions: 0 },
      ...{ answers: undefined, counted: false },
    }
    reports.set(key, fresh)
    return fresh
  }
  const deskOf = (person: string): Desk => {
    const known = desks.get(person) ?? { period: undefined, question: undefined, answers: new Map(), ticked: [] }
    desks.set(person, known)
    return known
  }

  for (const entry of transcript) {
    const member = members.get(entry.who)
    if (member && entry.did === 'hears') hears(entry, member.language)
    if (member && (entry.did === 'writes' || entry.did === 'presses')) answers(entry, member.language)
    if (entry.where === 'console') decides(entry)
  }

  function hears({ who, text: words, at }: Entry, language: string): void {
    const desk = deskOf(who)
    const begins = (key: string) => words.startsWith(head(text(language, key)))
    // What could not be read was not answered
    if (
      desk.question &&
      ['number.unreadable', 'number.range', 'number.whole'].some((key) => begins(`questions:${key}`))
    )
      desk.answers.delete(desk.question)
    const question = questionIn(language, words)
    if (question) desk.question = question
    if (question === 'kind') {
      desk.period = monthIn(words)
      const report = of(who, desk.period ?? '')
      if (report.state === 'missing') report.state = 'begun'
    }
    const zero = begins('report:zeroSent')
    if (!zero && !begins('report:sent') && !begins('report:changed')) return
    const period = monthIn(words.slice(head(text(language, 'report:sent')).length - 2)) ?? monthIn(words)
    const report = of(who, period ?? '')
    report.versions++
    report.sentOn ??= wallOf(at).day
    // What came back keeps what was not asked again
    report.answers = zero ? undefined : new Map([...(report.answers ?? []), ...desk.answers])
    const back = again.get(reportKey(who, period ?? '')) ?? false
    report.state = zero ? 'nothing to report' : back ? 'sent again' : 'sent'
    desks.delete(who)
  }

  function answers({ who, did, text: words }: Entry, language: string): void {
    const desk = deskOf(who)
    const { question } = desk
    if (!question || words.startsWith('/')) return
    if (NUMBERS.includes(question)) {
      const value = numberOf(words)
      if (value !== undefined) desk.answers.set(question, value)
    } else if (did === 'presses' && words === text(language, 'common:skip')) desk.answers.set(question, null)
    else if (question === 'city') desk.answers.set(question, optionOf(language, 'cities', words) ?? words)
    else if (WORDS.includes(question)) desk.answers.set(question, words)
    else if (SEVERAL[question]) several(desk, question, SEVERAL[question], { did, words }, language)
  }

  function several(
    desk: Desk,
    question: string,
    list: string,
    { did, words }: { did: string; words: string },
    language: string,
  ) {
    if (did === 'presses') {
      const option = optionOf(language, list, words)
      if (option) desk.ticked.push(option)
      else if (words === text(language, 'common:done')) desk.answers.set(question, desk.ticked.splice(0))
    } else
      desk.answers.set(
        question,
        words.split(',').map((label) => optionOf(language, list, label) ?? label.trim()),
      )
  }

  function decides({ did, text: period, about }: Entry): void {
    const person = about?.person
    if (!person || !['approves', 'returns', 'locks'].includes(did)) return
    const report = of(person, period)
    if (did === 'locks') {
      report.held = report.state
      report.state = 'locked'
    }
    if (did === 'approves') {
      report.state = 'approved'
      report.counted = report.answers !== undefined
    }
    if (did === 'returns') {
      report.state = 'given back'
      report.counted = false
      again.set(reportKey(person, period), true)
    }
  }

  const today = wallOf(until).day
  for (const [person, { from }] of members)
    for (let period = from.slice(0, 7); period <= today.slice(0, 7); period = monthAfter(period)) {
      const report = of(person, period)
      const isOver = period < today.slice(0, 7)
      const due = `${monthAfter(period)}-${DUE_DAY}`
      const waits: State[] = ['missing', 'begun', 'given back', ...(report.sentOn ? [] : (['locked'] as const))]
      report.late = (report.sentOn ?? today) > due && (report.sentOn !== undefined || waits.includes(report.state))
      if (!isOver && report.state === 'missing') report.state = 'not due yet'
    }
  return reports
}

/** Of the last versions, where there is a number. */
export const sumOf = (reports: readonly Report[], question: string): number =>
  reports.reduce((sum, { answers }) => {
    const answer = answers?.get(question)
    return sum + (typeof answer === 'number' ? answer : 0)
  }, 0)
