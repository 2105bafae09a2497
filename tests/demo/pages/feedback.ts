/** What clients said, as the coordinator sees it in a group's month and takes it along. */
import { groupSumsOf, linesShown, type Sums, sumsOf } from '../accountant/feedback.js'
import { between, plain } from '../html.js'
import { COORDINATOR } from '../play/play.js'
import { text } from '../texts.js'
import type { Page } from './compare.js'
import { readCsv } from './tables.js'

const QUESTIONS = ['helped', 'respect', 'clear'] as const
const CHOICES = ['yes', 'partly', 'no'] as const
const EVERYBODY = 'The whole group'
const say = (key: string) => text('en', `feedback-desk:${key}`)

type Shown = { answers: number; of: number | undefined; sums: Map<string, number> }

function readCards(html: string): Map<string, Shown> {
  return new Map(
    between(html, '<article class="card"><h2>', '</article>').map((card) => {
      const name = plain(card.slice(0, card.indexOf('</h2>')))
      const [, answers = '0'] = /<p class="hint">(\d+) answers?/.exec(card) ?? []
      const [, of] = /Shown: (\d+)/.exec(card) ?? []
      const sums = new Map<string, number>()
      for (const [nth, row] of between(card, '<dd class="sums-value">', '</dd>').entries())
        for (const choice of CHOICES) {
          const [, count] = new RegExp(`${say(`choice.${choice}`)} (\\d+)`).exec(row) ?? []
          sums.set(`${QUESTIONS[nth]} ${choice}`, Number(count))
        }
      const shown = sums.size > 0 ? Number(of ?? answers) : undefined
      return [name, { answers: Number(answers), of: shown, sums }]
    }),
  )
}

/** The month's rows of the table that is taken along. */
const readRows = (content: Buffer, period: string): Map<string, Shown> =>
  new Map(
    readCsv(content)
      .filter((row) => row[say('month')] === period)
      .map((row) => {
        const of = row[say('of')]
        const sums = new Map<string, number>()
        for (const question of QUESTIONS)
          for (const choice of CHOICES) {
            const value = row[`${say(`question.${question}`)}: ${say(`choice.${choice}`)}`]
            if (value !== null && value !== undefined) sums.set(`${question} ${choice}`, Number(value))
          }
        const shown = of === null || of === undefined ? undefined : Number(of)
        return [String(row[say('person')]), { answers: Number(row[say('came')]), of: shown, sums }]
      }),
  )

export const feedback: Page = async ({ stage, groupId, calendar }, { people, opinions }, ledger) => {
  const desk = await stage.console(COORDINATOR)
  const path = `feedback/${groupId}`
  const parts: Uint8Array[] = []
  const fields = { from: calendar.periods[0] ?? '', to: calendar.periods.at(-1) ?? '' }
  await desk.download(path, `${path}/export`, fields, (part) => void parts.push(part))
  for (const period of calendar.periods) {
    const html = await desk.page(`${path}?month=${period}`)
    const month = opinions.filter((each) => each.period === period)
    const compare = (
      what: string,
      shown: Map<string, Shown>,
      name: string,
      answers: number,
      sums: Sums | undefined,
    ) => {
      const own = shown.get(name)
      const about = `${period}, ${name}${what}`
      ledger.same('feedback', `${about}, answers`, answers, own?.answers)
      ledger.same('feedback', `${about}, shown`, sums?.of, own?.of)
      for (const question of QUESTIONS)
        for (const choice of CHOICES) {
          const key = `${question} ${choice}`
          ledger.same('feedback', `${about}, ${key}`, sums?.sums.get(key), own?.sums.get(key))
        }
    }
    for (const [what, shown] of [
      ['', readCards(html)],
      [' (csv)', readRows(Buffer.concat(parts), period)],
    ] as const) {
      ledger.same('feedback', `${period}${what}, people`, people.size + 1, shown.size)
      compare(what, shown, EVERYBODY, month.length, groupSumsOf(month))
      for (const name of people.keys()) {
        const own = month.filter(({ worker }) => worker === name)
        compare(what, shown, name, own.length, sumsOf(own))
      }
    }
    const lines = between(html, '<q class="said">', '</q>').map(plain)
    ledger.same('feedback', `${period}, lines`, linesShown(month).sort().join(' | '), lines.sort().join(' | '))
  }
}
