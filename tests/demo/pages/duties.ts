/** What each has done: on the board of the group, in each one's own chat, and what it comes to for the organisations. */
import { supportOf } from '../accountant/duties.js'
import { between, plain } from '../html.js'
import { COORDINATOR } from '../play/play.js'
import { text } from '../texts.js'
import type { Page } from './compare.js'

/** A number as it is written for people: `1,200.5`, `1 200,5`. */
const number = (shown: string | undefined): number | undefined =>
  shown === undefined ? undefined : Number(shown.replace(/,(?=\d{3})|\s/g, '').replace(',', '.'))

const firstNumbers = (words: string): (number | undefined)[] =>
  [...words.matchAll(/\d[\d.,]*/g)].map(([shown]) => number(shown))

const cell = (row: string, head: string): string =>
  plain(new RegExp(`<td class="${head}"[^>]*>(.*?)</td>`, 's').exec(row)?.[1] ?? '')

export const duties: Page = async ({ stage, groupId, notes, cast }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  const html = await desk.page(`training/${groupId}/duties`)
  const rows = between(html, '<tr><th scope="row">', '</tr>')
  ledger.same('duties', 'people', books.duties.size, rows.length)
  for (const [name, duty] of books.duties) {
    const row = rows.find((each) => plain(each.slice(0, each.indexOf('</th>'))) === name) ?? ''
    const same = (what: string, counted: number, shown: number | undefined) =>
      ledger.same('duties', `${name}, ${what}`, counted, shown)
    const [hours, ofHours] = firstNumbers(cell(row, 'hours'))
    same('hours', duty.hours, hours)
    same('hours of', duty.ofHours, ofHours)
    const signs = [...row.matchAll(/<span class="sign (\w+)"/g)].map(([, sign]) => sign)
    same('whole modules', duty.whole, signs.filter((sign) => sign === 'attended' || sign === 'madeUp').length)
    const [approved, due] = firstNumbers(cell(row, 'reports'))
    same('reports approved', duty.approved, approved)
    same('reports of', duty.due, due)
    same('feedback', duty.feedback, firstNumbers(cell(row, 'feedback'))[0])
    same('missing', duty.missing, between(row, '<li>', '</li>').length)
    const isIssued = cell(row, 'certificate').startsWith('issued on')
    ledger.same('duties', `${name}, certificate`, String(duty.missing === 0), String(isIssued))

    const language = cast.find((member) => member.name === name)?.language ?? 'en'
    const lines = notes.entries
      .filter(({ who, did }) => who === name && did === 'hears')
      .flatMap(({ text: words }) => words.split('\n'))
    const told = (key: string) => {
      const [before = ''] = text(language, `duties:${key}`).split('{{')
      return firstNumbers(lines.findLast((line) => line.startsWith(before))?.slice(before.length) ?? '')
    }
    same('hours, in the chat', duty.hours, told('done.hours')[0])
    same('reports approved, in the chat', duty.approved, told('done.months')[0])
    same('feedback, in the chat', duty.feedback, told('done.feedback')[0])
  }
}

export const support: Page = async ({ stage, programmeId }, books, ledger) => {
  const desk = await stage.console(COORDINATOR)
  const html = await desk.page(`programmes/${programmeId}/support`)
  const rows = between(html, '<tr><th scope="row">', '</tr>').map((row) => ({
    name: plain(row.slice(0, row.indexOf('</th>'))),
    numbers: between(row, '<td>', '</td>').map((each) => number(plain(each)) ?? 0),
  }))
  const counted = supportOf(books)
  ledger.same('support', 'rows', counted.size + 1, rows.length)
  for (const [organisation, line] of counted) {
    const shown = rows.find(({ name }) => name === organisation)?.numbers ?? []
    for (const [nth, what] of (['people', 'fulfilled', 'counted', 'amount'] as const).entries())
      ledger.same('support', `${organisation}, ${what}`, line[what], shown[nth])
  }
  const total = [...counted.values()].reduce((sum, { amount }) => sum + amount, 0)
  ledger.same('support', 'together', total, rows.at(-1)?.numbers.at(-1))
}
