/**
 * What a report asks, as data: the questions of the flow that asks them, kept with the programme for as long as a report answers them.
 * An old report is read by its own form, whatever is asked today.
 */
import { z } from 'zod'
import { carriedKey } from '../../engine/carried.js'
import type { Ask, Flow } from '../../engine/model.js'
import type { Kind } from '../../engine/questions/index.js'
import type { Json, Values } from '../../engine/types.js'
import type { Store, Tx } from '../../store/store.js'
import type { Language } from '../../text/languages.js'
import { tonguesFor } from '../../text/texts.js'

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
  /** By language, what stands nowhere else: the name of a question that a coordinator added, and of options. */
  words: z
    .record(z.string(), z.strictObject({ name: z.string().optional(), options: z.record(z.string(), z.string()) }))
    .optional(),
})
export type Question = z.output<typeof Question>

export const Form = z.strictObject({ questions: z.array(Question).min(1) })
export type Form = z.output<typeof Form>

/** The choice whose options a question offers: its own, or those that were chosen before. */
const choiceOf = (step: Ask, flow: Flow): Extract<Ask['source'], { kind: 'ids' }> | undefined => {
  if (step.source?.kind === 'ids') return step.source
  const from = step.source?.kind === 'answers' ? flow.byId.get(step.source.step) : undefined
  return from?.form === 'ask' ? choiceOf(from, flow) : undefined
}

/** The words that the flow brings along for this question. */
function carriedWords({ id }: Ask, { texts }: Flow, choice: ReturnType<typeof choiceOf>): Question['words'] {
  const place = choice?.texts.split(':').at(-1)
  const words = [...texts].flatMap(([language, all]): [string, NonNullable<Question['words']>[string]][] => {
    const name = all.get(`${id}.short`)
    const options = (choice?.ids ?? []).flatMap((option): [string, string][] => {
      const label = all.get(`${place}.options.${option}`)
      return label === undefined ? [] : [[option, label]]
    })
    if (name === undefined && options.length === 0) return []
    return [[language, { ...(name === undefined ? {} : { name }), options: Object.fromEntries(options) }]]
  })
  return words.length > 0 ? Object.fromEntries(words) : undefined
}

/** As the key of a text that stands under locales/. */
const plain = (texts: string): string => carriedKey(texts)?.plain ?? texts

function questionOf(step: Ask, flow: Flow): Question {
  const { id, many, optional } = step
  const choice = choiceOf(step, flow)
  const kind = z.enum(KINDS).parse(step.kind.kind)
  return { id, kind, many, optional, texts: choice && plain(choice.texts), words: carriedWords(step, flow, choice) }
}

export const formOf = (flow: Flow): Form =>
  Form.parse({
    questions: flow.steps.flatMap((step) =>
      step.form === 'ask' && !AROUND.includes(step.id) ? [questionOf(step, flow)] : [],
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

/** What a form says of a question in that language, or in one that stands in for it. */
function said<T>(
  words: Question['words'],
  language: Language,
  read: (words: NonNullable<Question['words']>[string]) => T | undefined,
): T | undefined {
  for (const tongue of tonguesFor(language)) {
    const of = words?.[tongue]
    const found = of && read(of)
    if (found !== undefined) return found
  }
  return undefined
}

type Find = { find(language: Language, key: string): string | undefined }

/** What a question is called in tables and lists. */
export const questionName = ({ find }: Find, language: Language, { id, words }: Question): string =>
  said(words, language, ({ name }) => name) ?? find(language, `${REPORT}:${id}.short`) ?? id

/** What one of its options is called. */
export const optionName = ({ find }: Find, language: Language, { texts, words }: Question, option: string): string =>
  said(words, language, ({ options }) => options[option]) ??
  (texts && find(language, `${texts}.options.${option}`)) ??
  option

/** The questions of several forms, the newest form first: of one that stands in many, also the options of the older ones are known. */
export function questionsOfAll(forms: readonly Form[]): Question[] {
  const all = new Map<string, Question>()
  for (const { questions } of forms)
    for (const question of questions) {
      const known = all.get(question.id)
      all.set(question.id, known ? { ...known, words: bothWords(question.words, known.words) } : question)
    }
  return [...all.values()]
}

/** Those of every form of the programme. */
export async function questionsOf(db: Tx | Store['db'], programmeId: string): Promise<Question[]> {
  const forms = await db.reportForm.findMany({ where: { programmeId }, orderBy: { createdAt: 'desc' } })
  return questionsOfAll(forms.map(({ form }) => Form.parse(form)))
}

function bothWords(older: Question['words'], newer: Question['words']): Question['words'] {
  if (!older || !newer) return newer ?? older
  const languages = new Set([...Object.keys(older), ...Object.keys(newer)])
  return Object.fromEntries(
    [...languages].map((each) => [
      each,
      { ...older[each], ...newer[each], options: { ...older[each]?.options, ...newer[each]?.options } },
    ]),
  )
}
