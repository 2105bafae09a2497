/** A programme's changes → the flow that asks its report. Built as data, and then read by the same loader as every flow file. */
import type { Library } from '../../engine/library.js'
import type { Flow } from '../../engine/model.js'
import type { FlowFile, StepFile } from '../../engine/schema.js'
import { STAFF_LANGUAGES, type StaffLanguage } from '../../text/languages.js'
import { REPORT } from '../reports/form.js'
import { defaultForm } from './default-form.js'
import { type AddedQuestion, AT_START, type FormDocument, hasOptions, liveOptions } from './document.js'

/** The step behind which the questions begin, and the one before which they end. */
const BEGINS_AFTER = 'last'
const ENDS_BEFORE = 'check'

const NUMBER_MAX = 1_000_000
/** As many as money has. */
const DECIMALS = 2
const TEXT_MAX = 1500

/** Somebody's braces are no placeholder of ours: an invisible joiner keeps them apart. */
const withoutBraces = (text: string): string => text.replaceAll('{{', '{\u2060{')

export const reportFlow = (library: Pick<Library, 'newest'>): Flow => {
  const flow = library.newest(REPORT)
  if (!flow) throw new Error('There is no flow that reports.')
  return flow
}

/**
 * The flow with these changes; the default one where they change nothing.
 * @throws FlowError as for a flow file
 */
export function flowOf(library: Pick<Library, 'newest' | 'compile'>, document: FormDocument): Flow {
  const base = reportFlow(library)
  const text = sourceOf(base, document)
  return text === undefined ? base : library.compile(`flows/${REPORT}.yaml`, text)
}

function sourceOf(base: Flow, document: FormDocument): string | undefined {
  const { moves: _, ...file } = base.source.flow
  const changed: FlowFile = {
    ...file,
    lists: listsOf(base, document),
    steps: stepsOf(file.steps, base, document),
    texts: textsOf(document),
  }
  // Without a question or an option of its own it brings no texts along, and is not another flow for an empty list of them
  if (Object.values(changed.texts ?? {}).every((texts) => Object.keys(texts).length === 0)) delete changed.texts
  const same = JSON.stringify({ ...file, lists: file.lists ?? {} }) === JSON.stringify(changed)
  return same ? undefined : JSON.stringify(changed)
}

function listsOf(base: Flow, document: FormDocument): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(defaultForm(base).lists).map(([list, ids]) => [
      list,
      [
        ...ids.filter((id) => !document.hiddenOptions.some((each) => each.list === list && each.option === id)),
        ...liveOptions(document, list).map(({ id }) => id),
      ],
    ]),
  )
}

type Steps = FlowFile['steps']

function stepsOf(steps: Steps, base: Flow, document: FormDocument): Steps {
  const { questions } = defaultForm(base)
  const gone = new Set(
    questions.flatMap(({ id, optional, with: others }) =>
      optional && document.hidden.includes(id) ? [id, ...others] : [],
    ),
  )
  const live = document.questions.filter(({ retired }) => !retired)
  const isPlace = (after: string) => after === AT_START || questions.some(({ id }) => id === after)
  const behind = (place: string) => live.filter(({ after }) => after === place)
  const own = (added: readonly AddedQuestion[]) => added.map((each) => [each.id, stepOf(each, document)] as const)
  return Object.fromEntries(
    Object.entries(steps).flatMap(([id, step]) => [
      // A question of the default form that is not there any more: what came after it comes last
      ...(id === ENDS_BEFORE ? own(live.filter(({ after }) => !isPlace(after))) : []),
      ...(gone.has(id) ? [] : [[id, step] as const]),
      ...own(behind(id === BEGINS_AFTER ? AT_START : id)),
    ]),
  )
}

function stepOf({ id, kind, optional, personal }: AddedQuestion, document: FormDocument): StepFile {
  const common: StepFile = {
    ...(optional ? { optional } : {}),
    ...(personal && kind === 'text' ? { privacy: 'personal' } : {}),
  }
  const options = hasOptions(kind) ? liveOptions(document, id).map((option) => option.id) : []
  switch (kind) {
    case 'number':
    case 'decimal':
      return {
        number: { min: 0, max: NUMBER_MAX, decimals: kind === 'decimal' ? DECIMALS : 0 },
        ...common,
        values: { last: `answers.${BEGINS_AFTER}.added.${id}` },
      }
    case 'text':
      return { text: { min: 1, max: TEXT_MAX, voice: true }, ...common }
    case 'yesNo':
      return { confirm: {}, ...common }
    default:
      return { choose: { options, many: kind === 'many' }, ...common }
  }
}

function textsOf(document: FormDocument): Record<StaffLanguage, Record<string, string>> {
  const inLanguage = (language: StaffLanguage): [string, string][] => [
    ...document.questions
      .filter(({ retired }) => !retired)
      .flatMap(({ id, kind, words }): [string, string][] => [
        // Last month's value hangs on a number, as it does in the default form
        [id, withoutBraces(words[language].ask) + (kind === 'number' || kind === 'decimal' ? '{{last}}' : '')],
        [`${id}.short`, withoutBraces(words[language].short)],
      ]),
    ...document.options
      .filter(({ list, retired }) => !retired && !isRetired(document, list))
      .map(({ id, list, words }): [string, string] => [
        `${isOwn(document, list) ? list : `lists.${list}`}.options.${id}`,
        withoutBraces(words[language]),
      ]),
  ]
  return Object.fromEntries(
    STAFF_LANGUAGES.map((language) => [language, Object.fromEntries(inLanguage(language))]),
  ) as Record<StaffLanguage, Record<string, string>>
}

const isRetired = ({ questions }: FormDocument, list: string): boolean =>
  questions.some(({ id, retired }) => id === list && retired)

const isOwn = ({ questions }: FormDocument, list: string): boolean => questions.some(({ id }) => id === list)
