/** Which texts the engine and its flows will say. The linter asks for each of them in every language of the audience. */
import type { Library } from './library.js'
import { type Flow, isStop, type Step } from './model.js'
import { QUESTIONS } from './questions/index.js'
import { OWN_WORDS } from './vocabulary.js'

export type NeededText = { key: string; as: 'message' | 'label' | 'words'; step?: string }

/** What the engine says by itself, whatever the flow. */
export const ENGINE_TEXTS: readonly NeededText[] = [
  ...texts('label', ['yes', 'no', 'back', 'more', 'done', 'skip', 'tryAgain', 'picked', 'reviewFine', 'change']),
  ...texts('label', ['pick.date', 'pick.several', 'pick.open']),
  ...texts('message', ['review', 'skipped', 'corrected', 'draft', 'cancelled', 'noBack']),
  ...texts('message', ['needHuman', 'stale', 'lost', 'failed']),
  ...OWN_WORDS.map((word) => ({ key: `common:words.${word}`, as: 'words' as const })),
  ...Object.values(QUESTIONS).flatMap((kind) =>
    kind.texts.map((text) => ({ key: `questions:${text}`, as: 'message' as const })),
  ),
  ...['location', 'voice', 'file'].map((kind) => ({ key: `questions:${kind}.shown`, as: 'message' as const })),
]

function texts(as: NeededText['as'], names: string[]): NeededText[] {
  return names.map((name) => ({ key: `common:${name}`, as }))
}

/** The texts of one flow. `<step>.retry`, `.help` and `.short` are welcome but not needed. */
export function textsOf(library: Library, flow: Flow): NeededText[] {
  const own: NeededText[] = flow.steps.flatMap((step) => stepTexts(step).map((text) => ({ ...text, step: step.id })))
  if (flow.hasWords) own.push({ key: `${flow.name}:words`, as: 'words' })
  if (isEnteredByButton(library, flow)) own.push({ key: `${flow.name}:button`, as: 'label' })
  return [...new Map(own.map((text) => [text.key, text])).values()]
}

/** Flows that the engine itself, or a flow's head, offers a button for. */
const isEnteredByButton = (library: Library, { name }: Flow) =>
  name === 'human' || name === 'menu' || library.flows.some(({ navigation }) => navigation.includes(name))

function stepTexts(step: Step): NeededText[] {
  const alarms: NeededText[] = isStop(step)
    ? step.alarms.filter(({ go }) => go === undefined).map(({ text }) => ({ key: text, as: 'message' }))
    : []
  const own: NeededText = { key: step.key, as: 'message' }
  switch (step.form) {
    case 'say':
      return [own, ...step.buttons.map(({ id }): NeededText => ({ key: `${step.key}.buttons.${id}`, as: 'label' }))]
    case 'ask': {
      const { source } = step
      const labels = source?.kind === 'ids' ? source.ids.map((id) => `${source.texts}.options.${id}`) : []
      const kept: NeededText[] = step.keeps ? [{ key: `${step.key}.kept`, as: 'message' }] : []
      return [own, ...labels.map((key): NeededText => ({ key, as: 'label' })), ...kept, ...alarms]
    }
    default:
      return alarms
  }
}
