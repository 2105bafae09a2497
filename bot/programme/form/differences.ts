/** What is different between two forms, for whoever reads the history. */
import { STAFF_LANGUAGES } from '../../text/languages.js'
import type { AddedQuestion, FormDocument } from './document.js'

export type FormDifference =
  | { what: 'asked' | 'notAsked' | 'moved'; question: string }
  | { what: 'words'; question: string; language: string; before: string; after: string }
  | { what: 'optional' | 'required' | 'personal' | 'notPersonal'; question: string }
  | { what: 'offered' | 'notOffered'; list: string; option: string }

export function formDifferences(before: FormDocument, after: FormDocument): FormDifference[] {
  return [...questions(before, after), ...options(before, after)]
}

function questions(before: FormDocument, after: FormDocument): FormDifference[] {
  const asked = (document: FormDocument) => document.questions.filter(({ retired }) => !retired)
  const [old, now] = [asked(before), asked(after)]
  const isIn = (list: readonly AddedQuestion[], id: string) => list.some((each) => each.id === id)
  return [
    ...now.flatMap((question): FormDifference[] => {
      const known = old.find(({ id }) => id === question.id)
      return known ? changes(known, question) : [{ what: 'asked', question: question.id }]
    }),
    ...old.flatMap(({ id }): FormDifference[] => (isIn(now, id) ? [] : [{ what: 'notAsked', question: id }])),
    ...after.hidden.flatMap((id): FormDifference[] =>
      before.hidden.includes(id) ? [] : [{ what: 'notAsked', question: id }],
    ),
    ...before.hidden.flatMap((id): FormDifference[] =>
      after.hidden.includes(id) ? [] : [{ what: 'asked', question: id }],
    ),
    ...movedAmong(old, now),
  ]
}

function changes(before: AddedQuestion, after: AddedQuestion): FormDifference[] {
  const question = after.id
  return [
    ...STAFF_LANGUAGES.flatMap((language): FormDifference[] =>
      (['ask', 'short'] as const).flatMap((part): FormDifference[] => {
        const [old, now] = [before.words[language][part], after.words[language][part]]
        return old === now ? [] : [{ what: 'words', question, language, before: old, after: now }]
      }),
    ),
    ...(before.optional === after.optional
      ? []
      : [{ what: after.optional ? 'optional' : 'required', question } as const]),
    ...(before.personal === after.personal
      ? []
      : [{ what: after.personal ? 'personal' : 'notPersonal', question } as const]),
  ]
}

/** Those that stand behind another question, or in another order behind the same one. */
function movedAmong(before: readonly AddedQuestion[], after: readonly AddedQuestion[]): FormDifference[] {
  const both = (list: readonly AddedQuestion[], other: readonly AddedQuestion[]) =>
    list.filter(({ id }) => other.some((each) => each.id === id))
  const [old, now] = [both(before, after), both(after, before)]
  const behind = (list: readonly AddedQuestion[], { id, after: place }: AddedQuestion) =>
    `${place} ${list.filter((each) => each.after === place).findIndex((each) => each.id === id)}`
  return now.flatMap((question): FormDifference[] => {
    const known = old.find(({ id }) => id === question.id)
    return known && behind(old, known) !== behind(now, question) ? [{ what: 'moved', question: question.id }] : []
  })
}

function options(before: FormDocument, after: FormDocument): FormDifference[] {
  const offered = ({ options }: FormDocument) => options.filter(({ retired }) => !retired)
  const key = ({ list, option }: { list: string; option: string }) => `${list} ${option}`
  const own = (document: FormDocument) => offered(document).map(({ list, id }) => ({ list, option: id }))
  const missing = (
    all: readonly { list: string; option: string }[],
    from: readonly { list: string; option: string }[],
  ) => all.filter((each) => !from.some((other) => key(other) === key(each)))
  const as = (what: 'offered' | 'notOffered') => (each: { list: string; option: string }) => ({ what, ...each })
  return [
    ...missing(own(after), own(before)).map(as('offered')),
    ...missing(before.hiddenOptions, after.hiddenOptions).map(as('offered')),
    ...missing(own(before), own(after)).map(as('notOffered')),
    ...missing(after.hiddenOptions, before.hiddenOptions).map(as('notOffered')),
  ]
}
