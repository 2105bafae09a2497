/** The monthly summary to sign, read from its PDF by a reader that is not ours. */
import { extractText, getDocumentProxy } from 'unpdf'
import type { Books, Report, State } from '../accountant/books.js'
import { NUMBERS, sumOf } from '../accountant/reports.js'
import { COORDINATOR, GROUP } from '../play/play.js'
import { text } from '../texts.js'
import type { Page } from './compare.js'
import { FEWEST, named, topicsIn } from './figures.js'

const words = (key: string) => text('en', `duties-desk:summary.paper.${key}`)

/** Which states are counted in which line. */
const COUNTS: Record<string, readonly State[] | undefined> = {
  expected: undefined,
  sent: ['sent', 'sent again', 'approved', 'nothing to report'],
  nothing: ['nothing to report'],
  approved: ['approved'],
  returned: ['given back'],
  missing: ['missing', 'begun', 'not due yet'],
}

/** By the title of each part, what stands behind each name in it. */
function partsOf(lines: readonly string[]): Map<string, Map<string, string>> {
  const titles = ['people', 'sums', 'topics'].map(words)
  const parts = new Map(titles.map((title) => [title, new Map<string, string>()]))
  let title = ''
  for (const line of lines) {
    if (line.startsWith(words('coordinator'))) break
    if (titles.includes(line)) title = line
    const [, name, value] = /^(.*?)\s+(fewer than \d+|[\d,]+(?:\.\d+)?)$/.exec(line) ?? []
    if (name && value) parts.get(title)?.set(name, value.replaceAll(',', ''))
  }
  return parts
}

const reportsIn = ({ reports }: Books, period: string): Report[] =>
  [...reports.values()].filter((report) => report.period === period)

export const paper: Page = async ({ stage, groupId }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  for (const period of new Set([...books.reports.values()].map((report) => report.period))) {
    const pages: Uint8Array[] = []
    const take = (part: Uint8Array) => void pages.push(part)
    await desk.download(`reports/${groupId}`, `reports/${groupId}/summary`, { period }, take)
    const { text: found } = await extractText(await getDocumentProxy(new Uint8Array(Buffer.concat(pages))))
    const lines = found.flatMap((page) => page.split('\n')).map((line) => line.trim())
    const same = (what: string, counted: string | number | undefined, shown: string | undefined) =>
      ledger.same('paper', `${period}, ${what}`, counted, shown)
    same('title', `${words('title')}: ${named(period)}`, lines[0])
    same('programme', books.programme, lines[1])
    same('group', GROUP, lines[2]?.split(' · ')[0])
    const parts = partsOf(lines)
    const shown = (part: string, name: string) => parts.get(words(part))?.get(name)
    const reports = reportsIn(books, period)
    for (const [line, states] of Object.entries(COUNTS)) {
      const counted = reports.filter(({ state, held }) => !states || states.includes(held ?? state))
      same(line, counted.length, shown('people', words(line)))
    }
    const approved = reports.filter(({ counted }) => counted)
    for (const question of NUMBERS)
      same(
        question,
        approved.length > 0 ? sumOf(approved, question) : undefined,
        shown('sums', text('en', `report:${question}.short`)),
      )
    const topics = topicsIn(approved)
    same('topics', topics.size, String(parts.get(words('topics'))?.size ?? 0))
    for (const [topic, count] of topics)
      same(
        `topic ${topic}`,
        count < FEWEST ? words('few').replace('{{n}}', String(FEWEST)) : count,
        shown('topics', text('en', `report:lists.topics.options.${topic}`)),
      )
  }
}
