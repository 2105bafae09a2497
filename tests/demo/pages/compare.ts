/** Every number of the console beside the accountant's. A page that comes new is one more function in `PAGES`. */
import { type Answer, type Books, type Report, reportKey } from '../accountant/books.js'
import { QUESTIONS, sumOf } from '../accountant/reports.js'
import { COORDINATOR, OTHER_GROUP, type Play } from '../play/play.js'
import { sessionPath } from '../play/training.js'
import { text, texts } from '../texts.js'
import { duties, support } from './duties.js'
import { feedback } from './feedback.js'
import { figures } from './figures.js'
import { createLedger, type Ledger, type Value } from './ledger.js'
import { lists } from './lists.js'
import { paper } from './paper.js'
import { readDay, readGroup, readMatrix, readReport } from './read.js'
import { readCsv, readXlsx, type Table } from './tables.js'

export type Page = (play: Play, books: Books, ledger: Ledger) => Promise<void>

const ENGLISH = 'en'
const short = (question: string) => text(ENGLISH, `report:${question}.short`)
const LISTS: Record<string, string> = {
  city: 'cities',
  topics: 'topics',
  top: 'topics',
  referrals: 'places',
  languages: 'languages',
}

/** As an answer stands in English. */
function inWords(question: string, answer: Answer | undefined): string {
  if (answer === null || answer === undefined) return ''
  const list = LISTS[question]
  const label = (id: string) =>
    texts(ENGLISH, 'report').find(([key]) => key === `lists.${list}.options.${id}`)?.[1] ?? id
  if (typeof answer === 'number') return String(answer)
  return (typeof answer === 'string' ? [answer] : answer).map(label).join(', ')
}

/** "1,200.5" and "–" as they stand on a page, without their looks. */
const bare = (shown: Value): string => {
  const words = String(shown ?? '')
  if (words === '–') return ''
  return /^[\d,]+(\.\d+)?$/.test(words) ? words.replaceAll(',', '') : words
}

const group: Page = async ({ stage, groupId }, { people }, ledger) => {
  const shown = readGroup(await (await stage.console(COORDINATOR)).page(`training/${groupId}`))
  ledger.same('group', 'people', people.size, shown.count)
  for (const [name, { city, organisation, joined }] of people) {
    const row = shown.people.find((each) => each.name === name)
    ledger.same('group', `${name}, city`, city, row?.city)
    ledger.same('group', `${name}, organisation`, organisation, row?.organisation)
    ledger.same('group', `${name}, joined`, String(joined), String(row?.joined))
  }
}

const days: Page = async (play, books, ledger) => {
  for (const day of books.days) {
    const desk = await play.stage.console(COORDINATOR)
    const shown = readDay(await desk.page(await sessionPath(play, day.group, day.module)))
    const area = `days`
    const what = `${day.group === OTHER_GROUP ? `${OTHER_GROUP}, ` : ''}module ${day.module}`
    ledger.same(area, `${what}, closed`, String(day.closed), String(shown.closed))
    for (const { point, here, of } of shown.counts) {
      const there = [...day.people.values()].filter((each) => {
        const { mark } = each[point === 'arrival' ? 'arrival' : 'after lunch']
        return mark === 'here' || mark === 'late'
      })
      ledger.same(area, `${what}, ${point}, in the room`, there.length, here)
      ledger.same(area, `${what}, ${point}, of`, day.people.size, of)
    }
    for (const [kind, rows] of [
      ['people', shown.people],
      ['guests', shown.guests],
    ] as const) {
      ledger.same(area, `${what}, ${kind}`, day[kind].size, rows.length)
      for (const [name, attended] of day[kind])
        for (const point of ['arrival', 'after lunch'] as const) {
          const standing = rows.find((row) => row.name === name)?.standings.find((each) => each.point === point)
          ledger.same(area, `${what}, ${name}, ${point}`, attended[point].mark, standing?.mark)
          ledger.same(area, `${what}, ${name}, ${point}, minutes late`, attended[point].minutes, standing?.minutes)
        }
    }
    for (const row of shown.guests)
      ledger.same(area, `${what}, ${row.name}, confirmed`, String(day.welcome.has(row.name)), String(row.welcome))
  }
}

/** The months of the table, the newest last, as many as it has columns. */
const months: Page = async ({ stage, groupId, calendar }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  const rows = readMatrix(await desk.page(`reports/${groupId}`))
  ledger.same('months', 'people', books.people.size, rows.length)
  for (const { name, cells } of rows) {
    for (const [place, { words, path }] of cells.toReversed().entries()) {
      const period = monthBefore(stage.now().toISOString().slice(0, 7), place)
      const report = books.reports.get(reportKey(name, period))
      ledger.same('months', `${name}, ${period}`, wordsOf(report), words)
      if (!path || !report || !calendar.periods.includes(period)) continue
      compareReport(report, readReport(await desk.page(path)), ledger)
    }
  }
}

const wordsOf = (report: Report | undefined): string =>
  report ? `${report.state}${report.late ? ', late' : ''}` : 'not expected'

function monthBefore(month: string, by: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const all = year * 12 + number - 1 - by
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}

/** A page of one report says "missing" also for a month that is not over. */
function compareReport(report: Report, shown: ReturnType<typeof readReport>, ledger: Ledger): void {
  const { person, period, state, versions, answers } = report
  ledger.same('reports', `${person}, ${period}, state`, state, shown.state)
  ledger.same('reports', `${person}, ${period}, versions`, versions, shown.version)
  for (const question of answers ? QUESTIONS : [])
    ledger.same(
      'reports',
      `${person}, ${period}, ${short(question)}`,
      inWords(question, answers?.get(question)),
      bare(shown.answers.get(short(question))),
    )
}

const exported: Page = async ({ stage, groupId, calendar }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  const fields = { from: calendar.periods[0] ?? '', to: calendar.periods.at(-1) ?? '' }
  for (const as of ['csv', 'xlsx'] as const) {
    const parts: Uint8Array[] = []
    const take = (part: Uint8Array) => void parts.push(part)
    await desk.download(`reports/${groupId}`, `reports/${groupId}/export`, { ...fields, as }, take)
    const content = Buffer.concat(parts)
    compareTable(as, as === 'csv' ? readCsv(content) : await readXlsx(content), books, ledger)
  }
}

function compareTable(as: string, table: Table, books: Books, ledger: Ledger): void {
  const sent = [...books.reports.values()].filter(({ versions }) => versions > 0)
  ledger.same(as, 'reports that were sent', sent.length, table.filter((row) => row.Version !== null).length)
  for (const report of sent) {
    const row = table.find((each) => each.Month === report.period && each.Person === report.person)
    const what = `${report.person}, ${report.period}`
    ledger.same(as, `${what}, state`, report.state, row?.State)
    ledger.same(as, `${what}, version`, report.versions, row?.Version)
    ledger.same(as, `${what}, organisation`, books.people.get(report.person)?.organisation, row?.Organisation)
    for (const question of QUESTIONS)
      ledger.same(
        as,
        `${what}, ${short(question)}`,
        inWords(question, report.answers?.get(question)),
        row?.[short(question)],
      )
  }
  for (const question of QUESTIONS) {
    const counted = sumOf(sent, question)
    const shown = table.reduce((sum, row) => sum + (Number(row[short(question)]) || 0), 0)
    if (counted > 0) ledger.same(as, `sum of ${short(question)}`, counted, shown)
  }
}

type Figure = { period: string; city: string; question: string; option: string; value: number; reports: number }

/** The sums of what was approved, which are kept without persons. */
const sums: Page = async ({ stage, groupId }, books, ledger) => {
  const counted = new Map<string, { value: number; reports: number }>()
  const add = (key: string, value: number) => {
    const before = counted.get(key) ?? { value: 0, reports: 0 }
    counted.set(key, { value: before.value + value, reports: before.reports + 1 })
  }
  for (const { counted: counts, period, answers } of books.reports.values()) {
    if (!counts || !answers) continue
    const city = String(answers.get('city') ?? '')
    for (const [question, answer] of answers) {
      if (typeof answer === 'number') add(`${period} ${city} ${question} `, answer)
      else if (Array.isArray(answer)) for (const option of answer) add(`${period} ${city} ${question} ${option}`, 1)
    }
  }
  const shown = await stage.house.store.sql<Figure>(
    'select period, city, question, option, value, reports from report_figure where group_id = $1::uuid',
    [groupId],
  )
  const figures = new Map(shown.map((row) => [`${row.period} ${row.city} ${row.question} ${row.option}`, row]))
  for (const key of new Set([
    ...counted.keys(),
    ...[...figures].flatMap(([key, { reports }]) => (reports > 0 ? [key] : [])),
  ])) {
    ledger.same('sums', key, counted.get(key)?.value, figures.get(key)?.value)
    ledger.same('sums', `${key}, reports`, counted.get(key)?.reports, figures.get(key)?.reports)
  }
}

export const PAGES = {
  group,
  lists,
  days,
  months,
  exported,
  sums,
  figures,
  paper,
  feedback,
  duties,
  support,
} satisfies Record<string, Page>

/** @param pages all of them, unless some are named */
export async function compare(
  play: Play,
  books: Books,
  pages: readonly (keyof typeof PAGES)[] = Object.keys(PAGES) as (keyof typeof PAGES)[],
): Promise<Ledger> {
  const ledger = createLedger()
  for (const page of pages) await PAGES[page](play, books, ledger)
  return ledger
}
