/** The words of the pages about duties, figures and papers: `duties-desk:…`, in the language of whoever looks. */
import type { Say, Words } from '../../../desk/labels.js'
import { optionName, type Question, questionName } from '../../../programme/reports/form.js'
import type { StaffLanguage } from '../../../text/languages.js'

export type DeskWords = {
  say: Say
  /** A text of `duties.json`, as the worker reads it. */
  duties: Say
  /** An option of the report, such as a topic or a city. */
  option(list: keyof typeof ASKED_BY, id: string): string
  /** A question of the report, in short. */
  question(id: string): string
}

/** The question that offers a list. */
const ASKED_BY = { topics: 'topics', cities: 'city' } as const

/** Cities that have no name: one that was written, and none. */
const ELSEWHERE = ['other', '']

/** @param asked the questions of the programme's forms, where figures of its reports are shown: what a coordinator added is named by them alone */
export function deskWords(texts: Words, language: StaffLanguage, asked: readonly Question[] = []): DeskWords {
  const of = (id: string) => asked.find((each) => each.id === id)
  return {
    say: (key, values) => texts.say(language, `duties-desk:${key}`, values),
    duties: (key, values) => texts.say(language, `duties:${key}`, values),
    option(list, id) {
      if (list === 'cities' && ELSEWHERE.includes(id)) return texts.say(language, 'duties-desk:figures.elsewhere')
      const question = of(ASKED_BY[list])
      return question ? optionName(texts, language, question, id) : id
    },
    question(id) {
      const question = of(id)
      return question ? questionName(texts, language, question) : id
    },
  }
}
