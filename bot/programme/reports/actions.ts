/** What the flow of the monthly report does: which months there are, last month's numbers, sending. */
import { z } from 'zod'
import { type ActionContext, defineAction, Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import type { Words } from '../../conversation/words.js'
import type { Flow } from '../../engine/model.js'
import type { Json, Values } from '../../engine/types.js'
import { formatMonth, formatNumber } from '../../text/formats.js'
import { answersIn } from '../feedback/mine.js'
import { keepForLater } from './drafts.js'
import { answersTo, formOf, keepForm, REPORT } from './form.js'
import { monthsFor } from './months.js'
import { isPeriod, shifted } from './periods.js'
import { begin, type Key, mustBeExpected, reopen, send, whoseReport } from './write.js'

const Month = z.object({ month: z.string().refine(isPeriod) })
const nothing = z.object({})

/** Numbers of which last month's is shown beside the question. */
export const COMPARED = [
  ...['clients', 'newClients', 'phone', 'chat', 'centre', 'outreach', 'mobile', 'groups'],
  ...['mobiles', 'informed', 'hours', 'feedback'],
] as const
/** `added`: those of the questions that a coordinator added. */
const Compared = z.object({
  ...(Object.fromEntries(COMPARED.map((id) => [id, z.string()])) as Record<(typeof COMPARED)[number], z.ZodString>),
  added: z.record(z.string(), z.string()),
})

const isCompared = (id: string): boolean => COMPARED.some((each) => each === id)

export function reportActions({ words, inside }: { words: Words; inside: InsideHouse }) {
  const whoIs = async ({ tx, turn }: ActionContext, period: string) => {
    const { personId } = turn.loaded
    const whose = await whoseReport(tx, personId)
    const key: Key = { personId, programmeId: whose.programmeId, period }
    return { whose, key }
  }

  /** The version that this person is on, so that their answers are read by its questions. */
  const flowOf = ({ state: { position } }: Turn): Flow => {
    const { library } = inside.mind
    const frame = position?.frames.find(({ flow }) => flow === REPORT)
    const flow = (frame && library.version(REPORT, frame.version)) ?? library.newest(REPORT)
    if (!flow) throw new Error('There is no flow that reports.')
    return flow
  }

  const sendIt = async (context: ActionContext, month: string, answers: Record<string, Json> | null) => {
    const { tx, turn, now } = context
    const { whose, key } = await whoIs(context, month)
    const { id: formId, form } = await keepForm(tx, whose.programmeId, flowOf(turn))
    return send(
      tx,
      { key, whose, now, formId, channel: turn.loaded.channel, answers: answers && answersTo(form, answers) },
      (sent) => turn.drawer.sealJson('report.answers', sent),
    )
  }

  const open = defineAction({
    name: 'report.open',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      await whoseReport(tx, turn.loaded.personId)
      return {}
    },
  })

  const months = defineAction({
    name: 'report.months',
    input: nothing,
    output: z.array(z.object({ id: z.string(), label: z.string() })),
    async run(_, { tx, turn, now }) {
      const whose = await whoseReport(tx, turn.loaded.personId)
      const offered = await monthsFor(tx, turn.loaded.personId, whose, now)
      return [
        ...offered.map(({ period, sent }) => {
          const month = formatMonth(turn.language, period)
          return { id: period, label: sent ? words.say(turn.language, 'report:month.sent', { month }) : month }
        }),
        { id: 'other', label: words.say(turn.language, 'report:month.options.other') },
      ]
    },
  })

  const beginIt = defineAction({
    name: 'report.begin',
    input: z.object({ month: z.string() }),
    output: z.object({ period: z.string(), name: z.string(), sent: z.boolean() }),
    async run({ month }, context) {
      if (!isPeriod(month)) throw new Refusal('notYet')
      const { whose, key } = await whoIs(context, month)
      mustBeExpected(whose, month, context.now)
      const { sent } = await begin(context.tx, key)
      return { period: month, name: formatMonth(context.turn.language, month), sent }
    },
  })

  const last = defineAction({
    name: 'report.last',
    input: Month,
    output: Compared,
    async run({ month }, context) {
      const { tx, turn } = context
      const { key } = await whoIs(context, month)
      const before = await tx.reportVersion.findFirst({
        where: { report: { ...key, period: shifted(month, -1) } },
        orderBy: { number: 'desc' },
      })
      const given = before?.answers ? turn.drawer.openJson<Values>('report.answers', before.answers) : {}
      const beside = (id: string): string => {
        const value = given[id]
        if (typeof value !== 'number') return ''
        const shown = formatNumber(turn.language, value)
        return `\n${words.say(turn.language, 'report:lastMonth', { value: shown })}`
      }
      // Beside the question, never in its place: what was collected on paper is known only to whoever reports
      const came = await answersIn(tx, key)
      const collected = came > 0 ? `\n${words.say(turn.language, 'report:feedbackCame', { count: came })}` : ''
      const added = formOf(flowOf(turn)).questions.filter(({ id, kind }) => kind === 'number' && !isCompared(id))
      return Compared.parse({
        ...Object.fromEntries(COMPARED.map((id) => [id, beside(id)])),
        feedback: `${beside('feedback')}${collected}`,
        added: Object.fromEntries(added.map(({ id }) => [id, beside(id)])),
      })
    },
  })

  const submit = defineAction({
    name: 'report.submit',
    input: Month.extend({ answers: z.record(z.string(), z.json()) }),
    output: z.object({ version: z.number().int(), late: z.boolean() }),
    async run({ month, answers }, context) {
      try {
        return await sendIt(context, month, answers)
      } catch (refusal) {
        if (refusal instanceof Refusal && refusal.code === 'locked') {
          const { key } = await whoIs(context, month)
          await keepForLater(inside, context.turn, context.tx, key)
        }
        throw refusal
      }
    },
  })

  const zero = defineAction({
    name: 'report.nothing',
    input: Month,
    output: z.object({ version: z.number().int(), late: z.boolean() }),
    run: ({ month }, context) => sendIt(context, month, null),
  })

  const again = defineAction({
    name: 'report.reopen',
    input: Month,
    output: nothing,
    async run({ month }, context) {
      const { key } = await whoIs(context, month)
      await reopen(context.tx, key)
      return {}
    },
  })

  return [open, months, beginIt, last, submit, zero, again]
}
