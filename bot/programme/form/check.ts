/** Proves of a form what is proved of every flow file, before anybody is asked by it. */

import { carriedKey, carriedText } from '../../engine/carried.js'
import { check } from '../../engine/check.js'
import { isFor, type Library } from '../../engine/library.js'
import type { Flow } from '../../engine/model.js'
import { OWN_WORDS, wordsIn } from '../../engine/vocabulary.js'
import { FlowError } from '../../errors.js'
import { LABEL_MAX, MESSAGE_MAX } from '../../limits.js'
import { type Language, STAFF_LANGUAGES } from '../../text/languages.js'
import { normalise } from '../../text/scripts.js'
import type { FormDocument } from './document.js'
import { flowOf } from './flow.js'

type Find = { find(language: Language, key: string): string | undefined }

/** `question`: the step or list that it is about, where it is about one. */
export type FormProblem = { code: string; question: string | undefined; sentence: string }

/** The words of a flow that no conversation stands on yet: its own, else those under locales/. */
export const wordsOfFlow =
  (flow: Flow, texts: Find) =>
  (language: Language, key: string): string | undefined => {
    const carried = carriedKey(key)
    if (!carried) return texts.find(language, key)
    return carriedText(flow, language, carried.name) ?? texts.find(language, carried.plain)
  }

/** The flow, or why there is none. */
export function checkedFlow(
  library: Library,
  texts: Find,
  document: FormDocument,
): { flow: Flow | undefined; problems: FormProblem[] } {
  try {
    const flow = flowOf(library, document)
    // Of the other flows nothing has changed
    const alone: Library = {
      ...library,
      flows: [flow],
      newest: (name) => (name === flow.name ? flow : library.newest(name)),
    }
    const limits = { label: LABEL_MAX, message: MESSAGE_MAX }
    const found = check(alone, { words: wordsOfFlow(flow, texts), limits })
    const problems = found.map(({ code, where, sentence }) => ({ code, question: stepIn(flow, where), sentence }))
    return { flow, problems: [...problems, ...takenWords(library, texts, document)] }
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    return { flow: undefined, problems: [{ code: error.code, question: undefined, sentence: error.message }] }
  }
}

/** "report: q123", "flows/report.yaml: steps.q123" */
const stepIn = (flow: Flow, where: string): string | undefined => {
  const id = where.split(/[:.\s]+/).at(-1)
  return id !== undefined && flow.byId.has(id) ? id : undefined
}

/** An option that is called like a way out ("menu", "stop") would close that way to whoever types it. */
function takenWords(library: Library, texts: Find, { options, questions }: FormDocument): FormProblem[] {
  const keys = [
    ...library.flows.filter((flow) => flow.hasWords && isFor(flow, 'worker')).map(({ name }) => `${name}:words`),
    ...OWN_WORDS.map((own) => `common:words.${own}`),
  ]
  return STAFF_LANGUAGES.flatMap((language) => {
    const taken = new Set(keys.flatMap((key) => wordsIn(texts.find(language, key))))
    return options
      .filter(({ retired, words }) => !retired && taken.has(normalise(words[language])))
      .map(({ list, words }) => ({
        code: 'WORD_TAKEN',
        question: questions.some(({ id }) => id === list) ? list : undefined,
        sentence: `"${words[language]}" means something else already.`,
      }))
  })
}
