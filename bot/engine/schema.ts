/** What a flow file may say. The JSON Schema for editors is written from this (`editor-schema.ts`). */
import { z } from 'zod'
import { LANGUAGES } from '../text/languages.js'
import { ACTION_NAME, DATA_ID, FLOW_NAME, ID } from './names.js'
import { KINDS, QUESTIONS } from './questions/index.js'

const Id = z.string().regex(ID, 'A name is a word of the domain: letters and digits, beginning with a small letter.')
const FlowName = z.string().regex(FLOW_NAME, 'A flow is named in small letters and hyphens, like monthly-report.')
const Cel = z.string().min(1).describe('A CEL expression over answers, person, input, event and given')
const Arguments = z
  .record(Id, z.union([Cel, z.number(), z.boolean()]))
  .describe('Values by name: strings are CEL expressions, numbers and booleans are taken as they are')
const Target = Id.describe('A step of this flow, or end')
const Duration = z.string().regex(/^[1-9]\d{0,3}[mhd]$/, 'A time is a number with m, h or d, like 30m, 24h or 45d.')

const Next = z.union([Target, z.array(z.strictObject({ when: Cel.optional(), go: Target })).min(1)])

const After = z.record(Duration, z.union([z.strictObject({ say: z.literal(true) }), z.strictObject({ go: Target })]))

const SayButton = z.union([z.strictObject({ flow: FlowName }), z.strictObject({ step: Id })])

const questionForms = Object.fromEntries(KINDS.map((kind) => [kind, QUESTIONS[kind].options.optional()])) as {
  [K in (typeof KINDS)[number]]: z.ZodOptional<(typeof QUESTIONS)[K]['options']>
}

const forms = {
  ...questionForms,
  say: z.strictObject({ buttons: z.record(Id, SayButton).optional() }).optional(),
  do: z.string().regex(ACTION_NAME, 'An action is named capability.action, like desk.open.').optional(),
  run: z.union([FlowName, z.strictObject({ flow: FlowName, with: Arguments.optional() })]).optional(),
  review: z.literal('all').optional(),
  end: z.enum(['done', 'cancelled']).optional(),
}
export const FORMS = Object.keys(forms) as (keyof typeof forms)[]

const common = {
  when: Cel.describe('Skips the step when false').optional(),
  next: Next.describe('Where to go afterwards; the step below when absent').optional(),
  values: Arguments.describe('Values for the placeholders of its text').optional(),
  optional: z.boolean().describe('The question may be skipped').optional(),
  privacy: z.enum(['personal', 'sensitive']).optional(),
  after: After.describe('What happens when the question stays unanswered, by time').optional(),
  keeps: Cel.describe(
    'While true, a question that is written here too early is kept for the opening one; says <step>.kept',
  ).optional(),
  with: Arguments.optional(),
  else: z.record(z.string().min(1), Target).describe('Where to go when the action refuses, by its code').optional(),
}

/** What belongs to some forms only. */
const BELONGS: Partial<Record<keyof typeof common, readonly string[]>> = {
  optional: KINDS,
  privacy: KINDS,
  keeps: KINDS,
  after: [...KINDS, 'review'],
  with: ['do'],
  else: ['do'],
}

export const StepSchema = z.strictObject({ ...forms, ...common }).superRefine((step, context) => {
  const used = FORMS.filter((form) => step[form] !== undefined)
  if (used.length !== 1)
    context.addIssue({
      code: 'custom',
      message: `A step does one thing, this one ${used.length === 0 ? 'none' : used.join(' and ')}. Choose one of: ${FORMS.join(', ')}.`,
    })
  for (const [key, where] of Object.entries(BELONGS))
    if (step[key as keyof typeof common] !== undefined && !used.some((form) => where.includes(form)))
      context.addIssue({ code: 'custom', path: [key], message: `"${key}" belongs to: ${where.join(', ')}.` })
})

/** A text's name within its flow: `city`, `city.short`, `lists.topics.options.stay`. */
const TEXT_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}$/

export const FlowSchema = z.strictObject({
  flow: FlowName.describe('Its name, and the namespace of its texts'),
  for: z.enum(['client', 'worker', 'staff']),
  workers: z.literal(true).describe('Workers may begin it too').optional(),
  start: z
    .strictObject({
      default: z.literal(true).describe('Begins when nothing else is open').optional(),
      command: z
        .string()
        .regex(
          /^[a-z][a-z0-9_]{0,31}$/,
          'A command is at most 32 small letters, digits and underscores (a rule of Telegram).',
        )
        .optional(),
      words: z
        .literal(true)
        .describe('Words that begin it when they are the whole message: the text <flow>:words')
        .optional(),
    })
    .optional(),
  interrupt: z.literal(true).describe('May be entered at any question, and comes back to it').optional(),
  apart: z.literal(true).describe('What is said in it is kept out of the case that is open').optional(),
  traceless: z
    .literal(true)
    .describe('What is said in it is not kept; its answers are let go as soon as an action has taken them')
    .optional(),
  draft: Duration.describe('How long unfinished answers are kept').optional(),
  opening: Id.describe('The question that takes the words with which the conversation began').optional(),
  navigation: z
    .array(z.union([z.literal('back'), FlowName]))
    .describe('Buttons under every question: back, or a flow to interrupt with')
    .optional(),
  input: z
    .record(Id, z.enum(['string', 'number', 'boolean', 'list']))
    .describe('What it is started with; read as input.…')
    .optional(),
  lists: z
    .record(Id, z.array(z.string().regex(DATA_ID)).min(1))
    .describe('Lists for choose: { from: … }')
    .optional(),
  steps: z.record(Id, StepSchema),
  texts: z
    .partialRecord(z.enum(LANGUAGES), z.record(z.string().regex(TEXT_NAME), z.string().min(1)))
    .describe('Texts that this flow brings along, by language; the others stand under locales/')
    .optional(),
  moves: z
    .record(
      z.string().regex(/^[0-9a-f]{12}$/, 'A version is the 12 characters that flows check prints.'),
      z.record(Id, Id.nullable()),
    )
    .describe('From an older version: its step → the step here; null drops the answer')
    .optional(),
})

export type FlowFile = z.output<typeof FlowSchema>
export type StepFile = FlowFile['steps'][string]
export type NextFile = NonNullable<StepFile['next']>

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** "45d" in milliseconds. */
export const durationMs = (duration: string): number =>
  Number(duration.slice(0, -1)) * (UNIT_MS[duration.slice(-1)] ?? 0)
