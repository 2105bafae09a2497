/** The form as it will be asked: each question with its words and buttons, in one language. */
import type { Flow } from '../../engine/model.js'
import type { StaffLanguage } from '../../text/languages.js'
import type { Texts } from '../../text/texts.js'
import { formOf, optionName } from '../reports/form.js'
import { wordsOfFlow } from './check.js'

export type PreviewedQuestion = {
  id: string
  /** As in a message: nothing was reported the month before. */
  ask: string
  options: string[]
  optional: boolean
  /** `top` of the default form: it is asked only after some answers. */
  sometimes: boolean
}

const NO_LAST_MONTH = { last: '' }

export function previewOf(flow: Flow, texts: Pick<Texts, 'find'>, language: StaffLanguage): PreviewedQuestion[] {
  const find: Texts['find'] = (tongue, key) => texts.find(tongue, key, NO_LAST_MONTH)
  const words = wordsOfFlow(flow, { find })
  return formOf(flow).questions.flatMap((question) => {
    const step = flow.byId.get(question.id)
    if (step?.form !== 'ask') return []
    const ids = step.source?.kind === 'ids' ? step.source.ids : []
    const buttons = (step.kind.buttons ?? []).flatMap(({ label }) => texts.find(language, label) ?? [])
    return [
      {
        id: step.id,
        ask: (words(language, step.key) ?? step.id).replace('{{last}}', ''),
        options: [...ids.map((id) => optionName(texts, language, question, id)), ...buttons],
        optional: step.optional,
        sometimes: step.when !== undefined,
      },
    ]
  })
}
