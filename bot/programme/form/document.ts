/**
 * What a programme changes of the report that everybody is asked: questions and options of its own, and what it leaves out. A small
 * document, kept whole in each version; `flow.ts` makes of it the flow that asks.
 */
import { z } from 'zod'
import { OPTION_MAX } from '../../limits.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'

/** More questions of one's own, and nobody finishes the report in a chat. */
export const QUESTIONS_MAX = 20
/** Beside those of the default form; more is not chosen from, it is scrolled past. */
export const OPTIONS_MAX = 40
/** With what was retired, and stays so that it can come back. */
const KEPT_QUESTIONS_MAX = 100
const KEPT_OPTIONS_MAX = 1000

/** Two lines on an old phone. */
export const ASK_MAX = 300
/** What stands in a button ("Change: …") and at the head of a column. */
export const SHORT_MAX = OPTION_MAX

/** Controls, and marks that nobody sees and that turn or hide what follows; a joiner of emoji may stay. */
const UNSEEN = /(?!\u200d)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** What a reader may be shown: something to read on one line. */
const line = (max: number) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[^\S\u2028\u2029]+/gu, ' ')
        .trim(),
    )
    .pipe(
      z
        .string()
        .max(max, 'long')
        .refine((text) => !UNSEEN.test(text), 'unseen')
        .refine((text) => /[\p{L}\p{N}]/u.test(text), 'empty'),
    )

/** In every language of whoever reports: nobody is asked in a language that they did not choose. */
const inEach = <T extends z.ZodType>(type: T) =>
  z.strictObject(Object.fromEntries(STAFF_LANGUAGES.map((each) => [each, type])) as Record<StaffLanguage, T>)

export const Label = inEach(line(OPTION_MAX))
export type Label = z.output<typeof Label>
export const Asked = inEach(z.strictObject({ ask: line(ASK_MAX), short: line(SHORT_MAX) }))
export type Asked = z.output<typeof Asked>

/** A number is a whole one; a decimal may have a part, as hours have. */
export const ADDED_KINDS = ['number', 'decimal', 'text', 'choice', 'many', 'yesNo'] as const
export type AddedKind = (typeof ADDED_KINDS)[number]
export const hasOptions = (kind: AddedKind): boolean => kind === 'choice' || kind === 'many'

/** Before the first question. */
export const AT_START = ''

/** Made by us, so that no name of anybody stands in a figure or a column, and none is given twice. */
const OwnId = z.string().regex(/^[qo][0-9a-z]{9}$/)

const AddedQuestion = z.strictObject({
  id: OwnId,
  kind: z.enum(ADDED_KINDS),
  words: Asked,
  optional: z.boolean(),
  /** Its answer is a person's own words about people. */
  personal: z.boolean(),
  /** The question of the default form that it comes after. */
  after: z.string().max(40),
  /** Not asked any more; old reports still show it. */
  retired: z.boolean(),
})
export type AddedQuestion = z.output<typeof AddedQuestion>

const AddedOption = z.strictObject({
  id: OwnId,
  /** A list of the default form, or a question of one's own. */
  list: z.string().max(40),
  words: Label,
  retired: z.boolean(),
})
export type AddedOption = z.output<typeof AddedOption>

export const FormDocument = z.strictObject({
  /** Those behind the same question are asked in this order. */
  questions: z.array(AddedQuestion).max(KEPT_QUESTIONS_MAX).default([]),
  options: z.array(AddedOption).max(KEPT_OPTIONS_MAX).default([]),
  /** Questions of the default form that are not asked. */
  hidden: z.array(z.string().max(40)).max(100).default([]),
  /** Options of the default form that are not offered. */
  hiddenOptions: z
    .array(z.strictObject({ list: z.string().max(40), option: z.string().max(40) }))
    .max(1000)
    .default([]),
})
export type FormDocument = z.output<typeof FormDocument>

/** The default form as it is. */
export const NOTHING_CHANGED: FormDocument = FormDocument.parse({})

export const liveOptions = ({ options }: FormDocument, list: string): AddedOption[] =>
  options.filter((option) => option.list === list && !option.retired)

/** Nine figures and letters by chance; two alike are not met in a lifetime. */
export function ownId(kind: 'q' | 'o'): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return kind + [...bytes].map((byte) => (byte % 36).toString(36)).join('')
}
