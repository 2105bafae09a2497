/** Flow files → a library that can be talked with. Everything that can be wrong with a flow is found here, not in a conversation. */
import { FlowError } from '../errors.js'
import { spaceOf } from './carried.js'
import { expressions, type Shape } from './cel.js'
import { type Bench, compileStep, staticOptions } from './compile-step.js'
import { createLibrary, type Library } from './library.js'
import type { Flow, Step } from './model.js'
import { END } from './names.js'
import { KINDS, QUESTIONS } from './questions/index.js'
import type { QuestionKind } from './questions/question.js'
import { type FlowSource, readFlow } from './read-flow.js'
import { durationMs, type FlowFile } from './schema.js'
import { type ActionSpec, outputShape, PERSON } from './shapes.js'

export type CompileOptions = {
  /** What `do:` and `from:` may name. */
  actions?: readonly ActionSpec[]
  /** The fields of `person` in conditions, if not `PERSON`. */
  person?: Readonly<Record<string, Shape>>
}

const INPUT_SHAPES = { string: 'string', number: 'double', boolean: 'bool', list: 'list<dyn>' } as const
const EVENT: Record<string, Shape> = { kind: 'string', text: 'string', code: 'string' }

/**
 * Checks and compiles flow files.
 * @param files each flow's file name (for messages) and its YAML text
 * @throws FlowError naming file, step and remedy
 * @example
 * const library = compile([{ file: 'flows/hotline.yaml', text }], { actions })
 * const { position, effects } = advance(library, null, { kind: 'start', flow: 'hotline' }, context)
 */
export function compile(files: readonly { file: string; text: string }[], options: CompileOptions = {}): Library {
  const sources = new Map<string, FlowSource>()
  for (const { file, text } of files) {
    const source = readFlow(file, text)
    const other = sources.get(source.flow.flow)
    if (other) throw new FlowError('FLOW_TWICE', file, `${other.file} is already called "${source.flow.flow}".`)
    sources.set(source.flow.flow, source)
  }
  const actions = new Map((options.actions ?? []).map((spec) => [spec.name, spec]))
  const person = options.person ?? PERSON
  const compileOne = (source: FlowSource) => compileFlow(source, { sources, actions, person })
  return createLibrary([...sources.values()].map(compileOne), (file, text) => compileOne(readFlow(file, text)))
}

type Shelf = {
  sources: ReadonlyMap<string, FlowSource>
  actions: ReadonlyMap<string, ActionSpec>
  person: Readonly<Record<string, Shape>>
}

function compileFlow(source: FlowSource, shelf: Shelf): Flow {
  const { flow: file, file: fileName } = source
  const ids = Object.keys(file.steps)
  const fail = (code: string, where: string, sentence: string): never => {
    throw new FlowError(code, `${fileName}: ${where}`, sentence)
  }
  if (ids.length === 0) fail('FLOW_EMPTY', 'steps', 'A flow has at least one step.')
  for (const id of ids)
    if (id in {}) fail('FLOW_RESERVED', `steps.${id}`, 'This word belongs to JavaScript; call the step otherwise.')
  if (ids.includes(END)) fail('FLOW_RESERVED', 'steps.end', '"end" is a target; call the step otherwise.')

  const answers = answerShapes(source, shelf, [])
  const space = spaceOf(source)
  const bench: Bench = {
    file,
    space,
    fileName,
    ids,
    actions: shelf.actions,
    inputOf: (flow) => {
      const other = shelf.sources.get(flow)
      return other && declaredInput(other.flow)
    },
    compile: expressions({ answers, person: shelf.person, input: inputShapes(file), event: EVENT }, (step) => {
      const fixed = staticOptions({ file, space }, step)
      return fixed && new Set(fixed.ids)
    }),
  }
  const steps = ids.map((id, place) => compileStep(bench, id, place))
  const known = (flow: string, where: string) => {
    if (!shelf.sources.has(flow)) fail('FLOW_UNKNOWN', where, `There is no flow "${flow}".`)
  }
  for (const each of file.navigation ?? []) if (each !== 'back') known(each, 'navigation')
  if (file.opening !== undefined && !isOpening(file, file.opening))
    fail('FLOW_OPENING', 'opening', `"${file.opening}" is not a question that takes own words.`)

  return {
    name: file.flow,
    version: source.version,
    source,
    audience: file.for,
    forWorkers: file.workers ?? false,
    texts: new Map(
      Object.entries(file.texts ?? {}).map(([language, texts]) => [language, new Map(Object.entries(texts))]),
    ),
    steps,
    byId: new Map(steps.map((step) => [step.id, step])),
    answered: new Set(Object.keys(answers)),
    isDefault: file.start?.default ?? false,
    command: file.start?.command,
    hasWords: file.start?.words ?? false,
    interrupt: file.interrupt ?? false,
    apart: file.apart ?? false,
    traceless: file.traceless ?? false,
    draftMs: file.draft === undefined ? undefined : durationMs(file.draft),
    opening: file.opening,
    navigation: file.navigation ?? [],
    jumps: new Set(
      steps.flatMap((step) => (step.form === 'say' ? step.buttons.flatMap(({ step }) => step ?? []) : [])),
    ),
    dependants: dependantsOf(steps),
    steers: new Set(
      steps.flatMap((step) => [...step.needs, ...step.next.flatMap(({ when }) => [...(when?.uses ?? [])])]),
    ),
    keepsLabels: steps.some(
      (step) => step.form === 'review' || (step.form === 'ask' && step.source?.kind === 'answers'),
    ),
    moves: new Map(Object.entries(file.moves ?? {})),
  }
}

const isOpening = (file: FlowFile, id: string) => {
  const step = file.steps[id]
  return step?.text !== undefined || step?.choose?.orText !== undefined
}

const declaredInput = (file: FlowFile): Record<string, Shape> =>
  Object.fromEntries(Object.entries(file.input ?? {}).map(([name, type]) => [name, INPUT_SHAPES[type]]))

const inputShapes = (file: FlowFile): Record<string, Shape> => ({
  // The words with which a conversation, or a command, began
  said: 'string',
  ...declaredInput(file),
})

/** The types of a flow's answers; a sub-flow's are one object. `way` are the flows that led here. */
function answerShapes({ flow: file, file: fileName }: FlowSource, shelf: Shelf, way: string[]): Record<string, Shape> {
  if (way.includes(file.flow))
    throw new FlowError('FLOW_CIRCLE', fileName, `A flow cannot run itself: ${[...way, file.flow].join(' → ')}.`)
  const shapes: Record<string, Shape> = {}
  for (const [id, step] of Object.entries(file.steps)) {
    const kind = KINDS.find((name) => step[name] !== undefined)
    const spec = step.do === undefined ? undefined : shelf.actions.get(step.do)
    const sub =
      step.run === undefined ? undefined : shelf.sources.get(typeof step.run === 'string' ? step.run : step.run.flow)
    if (kind) shapes[id] = (QUESTIONS[kind] as QuestionKind).shape(step[kind])
    else if (step.do) shapes[id] = spec ? outputShape(spec) : 'dyn'
    else if (step.run) shapes[id] = sub ? answerShapes(sub, shelf, [...way, file.flow]) : 'dyn'
  }
  return shapes
}

/** Whose answers fall when one changes: whatever reads it, and whatever reads those. */
function dependantsOf(steps: readonly Step[]): Map<string, Set<string>> {
  const direct = (id: string) => steps.filter(({ needs, id: own }) => own !== id && (needs.has(id) || needs.has('*')))
  return new Map(
    steps.map(({ id }) => {
      const found = new Set<string>()
      const visit = (from: string) => {
        for (const step of direct(from)) {
          if (found.has(step.id)) continue
          found.add(step.id)
          visit(step.id)
        }
      }
      visit(id)
      found.delete(id)
      return [id, found]
    }),
  )
}
