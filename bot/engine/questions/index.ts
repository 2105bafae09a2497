/** Every kind of question. Adding one is a file and a line here; the flow schema, the editors' schema and the checks follow. */
import { choose } from './choose.js'
import { date } from './date.js'
import { file } from './file.js'
import { location } from './location.js'
import { month } from './month.js'
import { number } from './number.js'
import { phone } from './phone.js'
import type { QuestionKind } from './question.js'
import { text } from './text.js'
import { voice } from './voice.js'
import { yesNo } from './yes-no.js'

/** By their names in flow files. */
export const QUESTIONS = {
  text,
  number,
  date,
  month,
  choose,
  confirm: yesNo,
  phone,
  location,
  file,
  voice,
} satisfies Record<string, QuestionKind>

export type Kind = keyof typeof QUESTIONS
export const KINDS = Object.keys(QUESTIONS) as Kind[]
