/** Words of `reports-desk.json`, and answers as they are read. */

import type { Words } from '../../../desk/labels.js'
import type { Json } from '../../../engine/types.js'
import { isValues } from '../../../engine/values.js'
import { optionName, type Question, questionName } from '../../../programme/reports/form.js'
import { formatNumber } from '../../../text/formats.js'
import type { StaffLanguage } from '../../../text/languages.js'

export type ReportWords = ReturnType<typeof reportWords>

export function reportWords(words: Words, tongue: StaffLanguage) {
  const option = (question: Question, id: Json) => optionName(words, tongue, question, String(id))
  const shown = (question: Question, answer: Json | undefined): string => {
    if (answer === undefined || answer === null) return '–'
    if (typeof answer === 'boolean') return words.say(tongue, answer ? 'common:yes' : 'common:no')
    if (question.kind === 'file' && Array.isArray(answer))
      return words.say(tongue, 'questions:file.shown', { count: answer.length })
    if (Array.isArray(answer)) return answer.map((each) => option(question, each)).join(', ')
    if (isValues(answer)) {
      if (typeof answer.text === 'string') return answer.text
      return answer.choice === undefined ? words.say(tongue, 'questions:voice.shown') : option(question, answer.choice)
    }
    return typeof answer === 'number' ? formatNumber(tongue, answer) : option(question, answer)
  }
  return {
    say: (key: string, values?: Record<string, string | number>) => words.say(tongue, `reports-desk:${key}`, values),
    question: (question: Question) => questionName(words, tongue, question),
    shown,
  }
}
