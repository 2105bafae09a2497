/** The forms that change a report: what was typed in them, as an edit. */
import { ADDED_KINDS, AT_START } from '../../programme/form/document.js'
import type { FormEdit, WrittenQuestion } from '../../programme/form/edits.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import type { Form } from '../forms.js'

const inEach = <T>(read: (language: StaffLanguage) => T): Record<StaffLanguage, T> =>
  Object.fromEntries(STAFF_LANGUAGES.map((each) => [each, read(each)])) as Record<StaffLanguage, T>

/** One option a line; empty lines are nobody's. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** What was written in a form that was refused, and why. `at`: `new`, a question, or a list. */
export type Refused = {
  at: string
  wrong: Readonly<Record<string, string>>
  question?: WrittenQuestion
  label?: Record<StaffLanguage, string>
}

export const NEW_QUESTION: WrittenQuestion = {
  kind: ADDED_KINDS[0],
  words: inEach(() => ({ ask: '', short: '' })),
  optional: false,
  personal: false,
  after: AT_START,
  options: inEach(() => []),
}

export const readQuestion = (form: Form): WrittenQuestion => ({
  kind: form.field('kind'),
  words: inEach((each) => ({ ask: form.field(`ask.${each}`), short: form.field(`short.${each}`) })),
  optional: form.field('optional') === 'on',
  personal: form.field('personal') === 'on',
  after: form.field('after'),
  options: inEach((each) => linesOf(form.field(`options.${each}`))),
})

export const readLabel = (form: Form): Record<StaffLanguage, string> => inEach((each) => form.field(`word.${each}`))

const ON_QUESTION = ['retire', 'restore', 'up', 'down', 'hide', 'show'] as const
const ON_OPTION = ['retireOption', 'restoreOption'] as const

/** What a single button asks for; undefined for what none of ours does. */
export function readAct(form: Form): FormEdit | undefined {
  const act = form.field('act')
  const onQuestion = ON_QUESTION.find((each) => each === act)
  if (onQuestion) return { do: onQuestion, id: form.field('id') }
  const onOption = ON_OPTION.find((each) => each === act)
  return onOption && { do: onOption, list: form.field('list'), option: form.field('option') }
}
