/** The tables under the charts: sums of what was approved, and nothing that fewer than five stand behind. */
import { type Books, type Report, reportKey } from '../accountant/books.js'
import { sumOf } from '../accountant/reports.js'
import { between, plain } from '../html.js'
import { COORDINATOR, type Play } from '../play/play.js'
import { text } from '../texts.js'
import type { Page } from './compare.js'
import type { Ledger } from './ledger.js'

export const FEWEST = 5
const SHOWN_MOST = 10
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October']
const monthNames = [...MONTHS, 'November', 'December']
export const named = (period: string) => `${monthNames[Number(period.slice(5)) - 1]} ${period.slice(0, 4)}`

const HIDDEN = `<${FEWEST}`
const shownAs = (n: number): string => (n > 0 && n < FEWEST ? HIDDEN : String(n))

type Table = { heads: string[]; rows: Map<string, string[]> }

const tableOf = (html: string, title: string): Table | undefined => {
  const table = between(html, `aria-label="${title}">`, '</table>')[0]
  if (!table) return undefined
  const rows = between(table, '<tr><th scope="row">', '</tr>').map((row) => {
    const values = between(row, '<td>', '</td>').map((each) => plain(each).replaceAll(',', ''))
    return [plain(row.slice(0, row.indexOf('</th>'))), values] as const
  })
  return { heads: between(table, '<th scope="col">', '</th>').map(plain), rows: new Map(rows) }
}

const title = (id: string) => text('en', `duties-desk:figures.${id}`)

const approvedIn = ({ reports, people }: Books, period: string) =>
  [...people.keys()].flatMap((name) => {
    const report = reports.get(reportKey(name, period))
    return report?.counted ? [report] : []
  })

type Book = Pick<Ledger, 'same'>

function clients({ calendar }: Play, books: Books, html: string, ledger: Book): void {
  const table = tableOf(html, title('clients'))
  for (const period of calendar.periods) {
    const reports = approvedIn(books, period)
    const all = sumOf(reports, 'clients')
    const fresh = sumOf(reports, 'newClients')
    const [shownAll, shownFresh] = table?.rows.get(named(period)) ?? []
    ledger.same('figures', `${period}, people advised`, shownAs(all), shownAll)
    // Neither those who are new nor the others may be told when they are few
    const isTold = all - fresh <= 0 || all - fresh >= FEWEST
    ledger.same('figures', `${period}, of them new`, isTold ? shownAs(fresh) : HIDDEN, shownFresh)
  }
}

/** In how many of these reports each topic is named. */
export function topicsIn(reports: readonly Report[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { answers } of reports) {
    const chosen = answers?.get('topics')
    for (const topic of Array.isArray(chosen) ? chosen : []) counts.set(topic, (counts.get(topic) ?? 0) + 1)
  }
  return counts
}

function topics({ calendar }: Play, books: Books, html: string, ledger: Book): void {
  const counts = topicsIn(calendar.periods.flatMap((period) => approvedIn(books, period)))
  const rows = tableOf(html, title('topics'))?.rows ?? new Map<string, string[]>()
  ledger.same('figures', 'topics', Math.min(SHOWN_MOST, counts.size), rows.size)
  for (const [topic, count] of counts) {
    const shown = rows.get(text('en', `report:lists.topics.options.${topic}`))
    if (shown) ledger.same('figures', `topic ${topic}`, shownAs(count), shown[0])
  }
}

function cities({ calendar }: Play, books: Books, html: string, ledger: Book): void {
  const table = tableOf(html, title('cities'))
  for (const period of calendar.periods) {
    const counts = new Map<string, number>()
    for (const report of approvedIn(books, period)) {
      const city = String(report.answers?.get('city') ?? '')
      counts.set(city, (counts.get(city) ?? 0) + sumOf([report], 'clients'))
    }
    const shown = table?.rows.get(named(period)) ?? []
    const few = [...counts.values()].filter((n) => n > 0 && n < FEWEST)
    for (const [city, count] of counts) {
      const place = table?.heads.indexOf(text('en', `report:lists.cities.options.${city}`)) ?? 0
      const told = shown[place - 1]
      // One that is hidden alone could be worked out from all: then the next small one is hidden as well
      if (told === HIDDEN && few.length === 1) ledger.same('figures', `${period}, ${city}, hidden`, 'yes', 'yes')
      else ledger.same('figures', `${period}, ${city}`, shownAs(count), told)
    }
  }
}

/** Of the group, and of the programme: everybody who reports is in that group. */
export const figures: Page = async ({ stage, groupId, programmeId, ...play }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  for (const [where, path] of [
    ['group', `training/${groupId}`],
    ['programme', `programmes/${programmeId}`],
  ] as const) {
    const html = await desk.page(`${path}/figures`)
    const same: Book['same'] = (area, what, ...values) => ledger.same(area, `${where}, ${what}`, ...values)
    for (const compare of [clients, topics, cities])
      compare({ stage, groupId, programmeId, ...play }, books, html, { same })
  }
}
