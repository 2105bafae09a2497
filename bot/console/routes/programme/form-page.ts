/** What the page of a report's form shows: its questions and lists as they would be published, what is wrong with them, what they were. */
import { z } from 'zod'
import type { Flow } from '../../../engine/model.js'
import { checkedFlow } from '../../../programme/form/check.js'
import { defaultForm } from '../../../programme/form/default-form.js'
import { formDifferences } from '../../../programme/form/differences.js'
import { type AddedQuestion, FormDocument } from '../../../programme/form/document.js'
import { reportFlow } from '../../../programme/form/flow.js'
import { formState } from '../../../programme/form/publish.js'
import { programmeOf } from '../../../programme/people/sight.js'
import { formOf, optionName, type Question, questionName } from '../../../programme/reports/form.js'
import { versionsOf } from '../../../programme/versions.js'
import type { Visit } from '../../guard.js'
import { differenceLines, type Names } from '../../views/programme/form/difference-lines.js'

export type QuestionLine = {
  id: string
  name: string
  /** `number`, `text`, `choice`, `many`, `yesNo`, `file`. */
  kind: string
  optional: boolean
  added: AddedQuestion | undefined
  /** A question of the default form that may be left out. */
  mayHide: boolean
}

export type ListLine = {
  list: string
  name: string
  options: { id: string; name: string; offered: boolean }[]
}

export type FormPage = Awaited<ReturnType<typeof formPageOf>>

const kindOf = ({ kind, many }: Pick<Question, 'kind' | 'many'>): string => {
  if (kind === 'choose') return many ? 'many' : 'choice'
  return kind === 'confirm' ? 'yesNo' : kind
}

const WithParts = z.object({ decimals: z.int().positive() })

/** Whether a number may have a part: hours have, people have not. */
const takesParts = ({ byId }: Pick<Flow, 'byId'>, id: string): boolean => {
  const step = byId.get(id)
  return step?.form === 'ask' && WithParts.safeParse(step.options).success
}

/** @throws UserError noProgramme */
export async function formPageOf({ desk, view }: Visit, id: string) {
  const programme = await programmeOf(desk.store.db, id)
  const { library } = desk.house.mind
  const base = reportFlow(library)
  const [state, kept] = [await formState(desk.store.db, programme), await versionsOf(desk.store, id, 'form')]
  const documents = kept.map(({ document, ...version }) => ({ ...version, document: FormDocument.parse(document) }))
  const { draft } = state
  const { flow, problems } = checkedFlow(library, desk.texts, draft)
  const names = namesIn({ desk, view }, [draft, ...documents.map(({ document }) => document)])
  const { lists, questions: defaults } = defaultForm(base)
  const line = (question: Pick<Question, 'id' | 'kind' | 'many' | 'optional'>): QuestionLine => {
    const added = draft.questions.find((each) => each.id === question.id)
    return {
      id: question.id,
      name: names.question(question.id),
      kind: added?.kind ?? (takesParts(base, question.id) ? 'decimal' : kindOf(question)),
      optional: question.optional,
      added,
      mayHide: defaults.some((each) => each.id === question.id && each.optional),
    }
  }
  const asked = formOf(flow ?? base).questions.map(line)
  const added = draft.questions.filter((each) => each.kind === 'choice' || each.kind === 'many')
  const own = added.filter(({ retired }) => !retired).map((each) => each.id)
  return {
    ...state,
    id,
    programme: programme.name,
    flow,
    problems: problems.map((problem) => ({
      ...problem,
      question: problem.question && names.question(problem.question),
    })),
    asked,
    hidden: defaults
      .filter((each) => draft.hidden.includes(each.id))
      .map((each) => ({ id: each.id, name: names.question(each.id) })),
    retired: draft.questions
      .filter((each) => each.retired)
      .map((each) => ({ id: each.id, name: names.question(each.id) })),
    lists: [...Object.keys(lists), ...own].map(
      (list): ListLine => ({
        list,
        name: names.list(list),
        options: [
          ...(lists[list] ?? []).map((option) => ({
            id: option,
            name: names.option(list, option),
            offered: !draft.hiddenOptions.some((each) => each.list === list && each.option === option),
          })),
          ...draft.options
            .filter((each) => each.list === list)
            .map((each) => ({ id: each.id, name: names.option(list, each.id), offered: !each.retired })),
        ],
      }),
    ),
    changes: differenceLines(view, formDifferences(state.published, draft), names),
    versions: documents.map(({ document, ...version }, nth) => {
      const before = documents[nth + 1]?.document
      return { ...version, changes: before ? differenceLines(view, formDifferences(before, document), names) : [] }
    }),
  }
}

/** What questions, lists and options are called, the newest document first. */
function namesIn({ desk, view }: Pick<Visit, 'desk' | 'view'>, documents: readonly FormDocument[]): Names {
  const { tongue } = view
  const questions = new Map(
    documents.toReversed().flatMap((each) => each.questions.map((one) => [one.id, one] as const)),
  )
  const options = new Map(documents.toReversed().flatMap((each) => each.options.map((one) => [one.id, one] as const)))
  const unknown = { kind: 'choose', many: true, optional: false } as const
  const question = (id: string) =>
    questions.get(id)?.words[tongue].short ?? questionName(desk.texts, tongue, { ...unknown, id })
  return {
    question,
    list: (list) => (questions.has(list) ? question(list) : view.coordination(`form.list.${list}`)),
    option: (list, id) =>
      options.get(id)?.words[tongue] ??
      optionName(desk.texts, tongue, { ...unknown, id: list, texts: `report:lists.${list}` }, id),
  }
}
