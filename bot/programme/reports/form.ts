/**
 * What a report asks, as data: the questions of the flow that asks them, kept with the programme for as long as a report answers them.
 * An old report is read by its own form, whatever is asked today.
 */
import { z } from 'zod'
import type { Flow, Step } from '../../engine/model.js'
import type { Kind } from '../../engine/questions/index.js'
import type { Json, Values } from '../../engine/types.js'
import type { Tx } from '../../store/store.js'

/** The flow that asks. */
export const REPORT = 'report'

/** Questions that decide what is reported of, and are no part of it. */
const AROUND = ['month', 'other', 'kind', 'sure', 'again']

const KINDS = [
  'text',
  'number',
  'date',
  'month',
  'choose',
  'confirm',
  'phone',
  'location',
  'file',
  'voice',
] as const satisfies Kind[]

const Question = z.strictObject({
  id: z.string(),
  kind: z.enum(KINDS),
  many: z.boolean().default(false),
  optional: z.boolean().default(false),
  /** Where the words of its options stand. */
  texts: z.string().optional(),
})
export type Question = z.output<typeof Question>

export const Form = z.strictObject({ questions: z.array(Question).min(1) })
export type Form = z.output<typeof Form>

const textsOf = (step: Step & { form: 'ask' }, flow: Flow): string | undefined => {
  if (step.source?.kind === 'ids') return step.source.texts
  const from = step.source?.kind === 'answers' ? flow.byId.get(step.source.step) : undefined
  return from?.form === 'ask' ? textsOf(from, flow) : undefined
}

export const formOf = (flow: Flow): Form =>
  Form.parse({
    questions: flow.steps.flatMap((step) =>
      step.form === 'ask' && !AROUND.includes(step.id)
        ? [{ id: step.id, kind: step.kind.kind, many: step.many, optional: step.optional, texts: textsOf(step, flow) }]
        : [],
    ),
  })

/** The answers to the form's own questions. */
export const answersTo = ({ questions }: Form, answers: Values): Values =>
  Object.fromEntries(
    questions.flatMap(({ id }): [string, Json][] => (answers[id] === undefined ? [] : [[id, answers[id]]])),
  )

/** The form of this flow, kept with the programme. Returns its row's id. */
export async function keepForm(tx: Tx, programmeId: string, flow: Flow): Promise<{ id: string; form: Form }> {
  const form = formOf(flow)
  const key = { programmeId, version: flow.version }
  const kept = await tx.reportForm.findUnique({ where: { programmeId_version: key } })
  if (kept) return { id: kept.id, form }
  const { id } = await tx.reportForm.create({ data: { ...key, form } })
  return { id, form }
}
