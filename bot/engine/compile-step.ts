/** One step of a flow file → a step as the engine runs it; every name and type in it is checked. */
import { FlowError } from '../errors.js'
import type { Expression, Shape } from './cel.js'
import { type Alarm, type Branch, FINISH, type Inputs, type OptionSource, type Place, type Step } from './model.js'
import { END } from './names.js'
import type { ChooseOptions } from './questions/choose.js'
import { KINDS, QUESTIONS } from './questions/index.js'
import { durationMs, type FlowFile, type NextFile, type StepFile } from './schema.js'
import { type ActionSpec, argumentsOf, fits, outputShape, say } from './shapes.js'

type ArgumentsFile = NonNullable<StepFile['with']>

export type Bench = {
  file: FlowFile
  /** Where its texts are looked for: what stands before the colon of their keys. */
  space: string
  /** The file's name, for messages. */
  fileName: string
  ids: readonly string[]
  compile(source: string): Expression
  actions: ReadonlyMap<string, ActionSpec>
  /** What another flow wants to be started with; `undefined` when there is no such flow. */
  inputOf(flow: string): Readonly<Record<string, Shape>> | undefined
}

/** The label texts of a choice by id: where they are and which ids there are; `undefined` for options that come at run time. */
export function staticOptions(
  { file, space }: Pick<Bench, 'file' | 'space'>,
  stepId: string,
): { ids: readonly string[]; texts: string } | undefined {
  const choice = file.steps[stepId]?.choose
  if (choice?.options) return { ids: choice.options, texts: `${space}:${stepId}` }
  const list = choice?.from ? file.lists?.[choice.from] : undefined
  return list && { ids: list, texts: `${space}:lists.${choice?.from}` }
}

/** @throws FlowError naming the step and the remedy */
export function compileStep(bench: Bench, id: string, place: Place): Step {
  const { file, space, ids } = bench
  const step = file.steps[id] as StepFile
  const fail = (code: string, sentence: string, at = ''): never => {
    throw new FlowError(code, `${bench.fileName}: steps.${id}${at}`, sentence)
  }

  const expression = (source: string, at: string): Expression => {
    try {
      return bench.compile(source)
    } catch (error) {
      return fail('FLOW_CONDITION', (error as Error).message, at)
    }
  }
  const condition = (source: string, at: string): Expression => {
    const compiled = expression(source, at)
    if (compiled.type !== 'bool' && compiled.type !== 'dyn')
      fail('FLOW_CONDITION', `"${source}" is a ${compiled.type}; a condition is true or false.`, at)
    return compiled
  }
  const inputs = (given: ArgumentsFile | undefined, at: string): Inputs =>
    Object.entries(given ?? {}).map(([name, value]) =>
      typeof value === 'string' ? { name, expression: expression(value, `${at}.${name}`) } : { name, literal: value },
    )
  const target = (name: string, at: string): Place => {
    if (name === END) return FINISH
    const found = ids.indexOf(name)
    return found >= 0 ? found : fail('FLOW_TARGET', `There is no step "${name}". Steps: ${ids.join(', ')}, end.`, at)
  }
  const branches = (next: NextFile | undefined): Branch[] => {
    if (next === undefined) return []
    if (typeof next === 'string') return [{ when: undefined, to: target(next, '.next') }]
    return next.map(({ when, go }, index) => ({
      when: when === undefined ? undefined : condition(when, `.next.${index}`),
      to: target(go, `.next.${index}`),
    }))
  }
  const action = (name: string, at: string): ActionSpec =>
    bench.actions.get(name) ??
    fail('FLOW_ACTION', `There is no action "${name}". Actions: ${[...bench.actions.keys()].join(', ') || 'none'}.`, at)

  const wired = (
    wanted: ReadonlyMap<string, { shape: Shape; required: boolean }> | undefined,
    given: Inputs,
    who: string,
    at: string,
  ): Inputs => {
    if (!wanted) return given
    for (const { name, expression, literal } of given) {
      const want = wanted.get(name)
      if (!want)
        fail('FLOW_ARGUMENT', `${who} takes no "${name}". It takes: ${[...wanted.keys()].join(', ') || 'nothing'}.`, at)
      const type = expression ? expression.type : typeof literal === 'number' ? 'double' : 'bool'
      if (want && !fits(type, want.shape))
        fail('FLOW_ARGUMENT', `${who} wants ${say(want.shape)} for "${name}", not ${say(type)}.`, `${at}.${name}`)
    }
    const missing = [...wanted].filter(
      ([name, { required }]) => required && !given.some((input) => input.name === name),
    )
    if (missing.length > 0) fail('FLOW_ARGUMENT', `${who} also needs: ${missing.map(([name]) => name).join(', ')}.`, at)
    return given
  }

  const source = (choice: ChooseOptions): OptionSource => {
    if ((choice.options === undefined) === (choice.from === undefined))
      fail('FLOW_OPTIONS', 'A choice has either options: or from:.', '.choose')
    if (choice.many && choice.orText) fail('FLOW_OPTIONS', 'many and orText do not go together.', '.choose')
    const fixed = staticOptions(bench, id)
    if (choice.with && (fixed || choice.from?.startsWith('answers.')))
      fail('FLOW_OPTIONS', 'with: is for an action.', '.choose.with')
    if (fixed) return { kind: 'ids', ...fixed }
    const from = choice.from ?? ''
    if (!from.startsWith('answers.')) {
      if (!from.includes('.'))
        fail(
          'FLOW_LIST',
          `There is no list "${from}". Write it under lists:, or name an action or answers.<step>.`,
          '.choose.from',
        )
      const spec = action(from, '.choose.from')
      const shape = outputShape(spec)
      if (shape !== 'dyn' && !(typeof shape === 'string' && shape.startsWith('list')))
        fail('FLOW_LIST', `"${from}" gives ${say(shape)}, not a list.`, '.choose.from')
      const given = inputs(choice.with, '.choose.with')
      return { kind: 'action', action: from, inputs: wired(argumentsOf(spec), given, from, '.choose.with') }
    }
    const { type } = expression(from, '.choose.from')
    if (!type.startsWith('list') && type !== 'dyn')
      fail('FLOW_LIST', `"${from}" is a ${type}, not a list.`, '.choose.from')
    const [, stepId = '', field] = from.split('.')
    return { kind: 'answers', step: stepId, field, texts: staticOptions(bench, stepId)?.texts }
  }

  const when = step.when === undefined ? undefined : condition(step.when, '.when')
  const values = inputs(step.values, '.values')
  const next = branches(step.next)
  const base = {
    id,
    place,
    key: `${space}:${id}`,
    when,
    next,
    below: place + 1 < ids.length ? place + 1 : FINISH,
    values,
    definition: JSON.stringify(step),
  }
  const needing = (...read: (Inputs | Expression | undefined)[]) => {
    const needs = new Set(when?.uses)
    for (const each of read) {
      if (!each) continue
      if ('uses' in each) for (const use of each.uses) needs.add(use)
      else for (const { expression } of each) for (const use of expression?.uses ?? []) needs.add(use)
    }
    return needs
  }
  const alarms: Alarm[] = Object.entries(step.after ?? {}).map(([time, what]) => ({
    key: `${file.flow}/${id}/${time}`,
    afterMs: durationMs(time),
    go: 'go' in what ? target(what.go, `.after.${time}`) : undefined,
    text: `${space}:${id}.after.${time}`,
  }))

  const kind = KINDS.find((name) => step[name] !== undefined)
  if (kind) {
    const choice = step.choose
    const from = choice ? source(choice) : undefined
    const needs = needing(from?.kind === 'action' ? from.inputs : undefined)
    if (step.keeps !== undefined && file.opening === undefined)
      fail('FLOW_OPENING', 'keeps: wants a question that is the opening: of the flow.', '.keeps')
    if (from?.kind === 'answers') needs.add(from.step)
    return {
      ...base,
      form: 'ask',
      kind: QUESTIONS[kind],
      options: step[kind],
      source: from,
      many: choice?.many ?? false,
      orText: choice?.orText !== undefined,
      optional: step.optional ?? false,
      privacy: step.privacy,
      alarms,
      keeps: step.keeps === undefined ? undefined : condition(step.keeps, '.keeps'),
      needs,
    }
  }
  if (step.say) {
    const buttons = Object.entries(step.say.buttons ?? {}).map(([buttonId, to]) => {
      if ('step' in to) target(to.step, `.say.buttons.${buttonId}`)
      else if (!bench.inputOf(to.flow))
        fail('FLOW_UNKNOWN', `There is no flow "${to.flow}".`, `.say.buttons.${buttonId}`)
      return { id: buttonId, ...to }
    })
    return { ...base, form: 'say', buttons, needs: needing() }
  }
  if (step.do) {
    const spec = action(step.do, '.do')
    const given = wired(argumentsOf(spec), inputs(step.with, '.with'), step.do, '.with')
    const otherwise = new Map(Object.entries(step.else ?? {}).map(([code, to]) => [code, target(to, `.else.${code}`)]))
    return {
      ...base,
      form: 'do',
      action: step.do,
      inputs: given,
      otherwise,
      human: spec.human ?? false,
      needs: needing(given),
    }
  }
  if (step.run) {
    const { flow, with: given } = typeof step.run === 'string' ? { flow: step.run, with: undefined } : step.run
    const wanted = bench.inputOf(flow) ?? fail('FLOW_UNKNOWN', `There is no flow "${flow}".`, '.run')
    const needed = new Map(Object.entries(wanted).map(([name, shape]) => [name, { shape, required: true }]))
    const read = wired(needed, inputs(given, '.run.with'), flow, '.run.with')
    return { ...base, form: 'run', flow, inputs: read, needs: needing(read) }
  }
  if (step.review) return { ...base, form: 'review', alarms, needs: needing() }
  return { ...base, form: 'end', outcome: step.end ?? 'done', needs: needing() }
}
