/** Every kind of question. Adding one is a file and a line here; the flow schema, the editors' schema and the checks follow. */
import { choose } from './choose.js'
import type { QuestionKind } from './question.js'
import { text } from './text.js'
import { yesNo } from './yes-no.js'

export const QUESTIONS = { text, choose, confirm: yesNo } satisfies Record<string, QuestionKind>

export type Kind = keyof typeof QUESTIONS
export const KINDS = Object.keys(QUESTIONS) as Kind[]
