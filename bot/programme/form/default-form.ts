/** What the default form offers to be changed: its questions, which of them may be left out, and its lists. */
import type { Flow } from '../../engine/model.js'
import { formOf } from '../reports/form.js'

export type DefaultQuestion = {
  id: string
  optional: boolean /** Go with it when it is left out. */
  with: readonly string[]
}

export type DefaultForm = {
  questions: readonly DefaultQuestion[]
  lists: Readonly<Record<string, readonly string[]>>
}

const known = new WeakMap<Flow, DefaultForm>()

export function defaultForm(flow: Flow): DefaultForm {
  const found = known.get(flow)
  if (found) return found
  const { questions } = formOf(flow)
  const isQuestion = (id: string) => questions.some((question) => question.id === id)
  const made: DefaultForm = {
    questions: questions.map(({ id, optional }) => ({
      id,
      optional,
      with: flow.steps.flatMap((step) =>
        step.form === 'ask' && step.needs.has(id) && isQuestion(step.id) ? [step.id] : [],
      ),
    })),
    lists: flow.source.flow.lists ?? {},
  }
  known.set(flow, made)
  return made
}
