/** What the flow of a worker may call: how many answered, a link for one client, a sheet for ten. */
import { z } from 'zod'
import { type ActionContext, defineAction, Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import { writeOwnFile } from '../../conversation/own-file.js'
import type { Turn } from '../../conversation/turn.js'
import type { Words } from '../../conversation/words.js'
import { spelledCode } from '../../desk/pairing.js'
import { qrPicture } from '../../http/qr.js'
import type { FileStore } from '../../store/files.js'
import { formatMonth } from '../../text/formats.js'
import { LANGUAGES } from '../../text/languages.js'
import { shifted } from '../reports/periods.js'
import { type OwnMonth, ownMonths, whoseFeedback } from './mine.js'
import { CHOICES, QUESTIONS } from './questions.js'
import { sheetPdf } from './sheet-pdf.js'
import { FEEDBACK_DAYS, issue, SHEET, standOn, type Whose } from './tokens.js'
import { waysFor } from './ways.js'

const nothing = z.object({})

export type FeedbackHouse = {
  files: Pick<FileStore, 'write'>
  words: Words
  inside: InsideHouse & { publicUrl: string }
}

export function feedbackWorkerActions({ files, words, inside }: FeedbackHouse) {
  const say = (turn: Turn, key: string, values: Record<string, string | number> = {}) =>
    words.say(turn.language, `feedback:${key}`, values)

  /** @throws Refusal nobody */
  const whose = async ({ tx, turn, now }: ActionContext): Promise<Whose> => {
    const found = await whoseFeedback(tx, turn.loaded.personId, now)
    if (!found) throw new Refusal('nobody')
    return found
  }

  /** @throws Refusal many */
  const codesFor = async (context: ActionContext, count: number): Promise<string[]> => {
    const codes = await issue(inside.store, context.tx, await whose(context), { count, now: context.now })
    if (!codes) throw new Refusal('many')
    return codes
  }

  const monthWords = (turn: Turn, { period, answers, shown }: OwnMonth): string => {
    const month = formatMonth(turn.language, period)
    const head = say(turn, 'came', { month, count: answers })
    if (!shown) return answers === 0 ? head : `${head}\n${say(turn, 'fromFive')}`
    const lines = QUESTIONS.map((question) => {
      const sums = CHOICES.map((choice) => `${say(turn, `choice.${choice}`)} ${shown.sums[question][choice]}`)
      return `• ${say(turn, `short.${question}`)}: ${sums.join(' · ')}`
    })
    const some = shown.answers < answers ? [say(turn, 'some', { count: shown.answers })] : []
    return [head, ...lines, ...some].join('\n')
  }

  const open = defineAction({
    name: 'feedback.open',
    input: nothing,
    output: z.object({ about: z.string() }),
    async run(_, context) {
      const { tx, turn } = context
      const { personId, period } = await whose(context)
      const months = await ownMonths(tx, turn.drawer, personId)
      const now = months.find((each) => each.period === period) ?? { period, answers: 0, shown: null }
      const before = months.filter((each) => each.period === shifted(period, -1))
      return { about: [now, ...before].map((each) => monthWords(turn, each)).join('\n\n') }
    },
  })

  const one = defineAction({
    name: 'feedback.link',
    input: nothing,
    output: nothing,
    async run(_, context) {
      const { tx, turn } = context
      const codes = await codesFor(context, 1)
      const [code = ''] = codes
      const ways = waysFor(inside, code)
      const content = await qrPicture(ways.qr)
      const fileId = await writeOwnFile(files, turn, { kind: 'photo', mime: 'image/png', name: 'qr.png', content })
      await standOn(inside.store, tx, codes, fileId)
      turn.sayText(say(turn, 'link', { days: FEEDBACK_DAYS }), { fileId })
      // By itself, to be sent on as it is
      turn.sayText([...ways.links, `${spelledCode(code)} · ${ways.address}`].join('\n'))
      return {}
    },
  })

  const sheet = defineAction({
    name: 'feedback.sheet',
    input: nothing,
    output: nothing,
    async run(_, context) {
      const { tx, turn } = context
      const codes = await codesFor(context, SHEET)
      const slips = codes.map((code) => {
        const { qr, address } = waysFor(inside, code)
        return { qr, code: spelledCode(code), address }
      })
      const lines = LANGUAGES.map((language) => words.say(language, 'opinion:page.title'))
      const content = await sheetPdf(say(turn, 'sheetTitle'), lines, slips)
      const fileId = await writeOwnFile(files, turn, { mime: 'application/pdf', name: 'feedback.pdf', content })
      await standOn(inside.store, tx, codes, fileId)
      turn.sayText(say(turn, 'sheet', { count: SHEET, days: FEEDBACK_DAYS }), { fileId })
      return {}
    },
  })

  return [open, one, sheet]
}
