/** Words of `reports-desk.json`, and answers as they are read. */

import type { Words } from '../../../desk/labels.js'
import type { Json } from '../../../engine/types.js'
import { isValues } from '../../../engine/values.js'
import type { Question } from '../../../programme/reports/form.js'
import { formatNumber } from '../../../text/formats.js'
import type { StaffLanguage } from '../../../text/languages.js'

export type ReportWords = ReturnType<typeof reportWords>

export function reportWords(words: Words, tongue: StaffLanguage) {
  const option = (texts: string | undefined, id: Json) =>
    (texts && words.find(tongue, `${texts}.options.${String(id)}`)) || String(id)
  const shown = (question: Question, answer: Json | undefined): string => {
    if (answer === undefined || answer === null) return '–'
    if (question.kind === 'file' && Array.isArray(answer))
      return words.say(tongue, 'questions:file.shown', { count: answer.length })
    if (Array.isArray(answer)) return answer.map((each) => option(question.texts, each)).join(', ')
    if (isValues(answer)) {
      if (typeof answer.text === 'string') return answer.text
      return answer.choice === undefined
        ? words.say(tongue, 'questions:voice.shown')
        : option(question.texts, answer.choice)
    }
    return typeof answer === 'number' ? formatNumber(tongue, answer) : option(question.texts, answer)
  }
  return {
    say: (key: string, values?: Record<string, string | number>) => words.say(tongue, `reports-desk:${key}`, values),
    question: (id: string) => words.find(tongue, `report:${id}.short`) ?? id,
    shown,
  }
}
