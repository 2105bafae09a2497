/** The engine's loop: from one step to the next until somebody else has to speak. */

import { readAnswer } from './answer.js'
import { dropAhead, forget, letGo, noteSent, pass, settle, takeAhead } from './answers.js'
import { ask, close, goButton, humanButton, openAndAsk } from './ask.js'
import { stepBack } from './back.js'
import { startDefault } from './begin.js'
import { audienceOf } from './library.js'
import { type Ask, type Do, FINISH, type Flow, isStop, type Place, type Run, type SayStep, type Step } from './model.js'
import { optionsOf, readChoices } from './options.js'
import type { Frame, Passed } from './position.js'
import { jumpData } from './tokens.js'
import {
  after,
  flowOf,
  type Handled,
  Lost,
  MAX_DEPTH,
  MAX_STEPS,
  push,
  scopeOf,
  type Turn,
  textOf,
  topOf,
  valuesOf,
} from './turn.js'
import type { Json } from './types.js'
import { isValues } from './values.js'

export function walk(turn: Turn, from: Place): Handled {
  let place: Place | undefined = from
  while (place !== undefined) {
    if (place === FINISH) {
      place = finish(turn, 'done')
      continue
    }
    const frame = topOf(turn)
    const flow = flowOf(turn, frame)
    const step: Step | undefined = flow.steps[place]
    if (!step) throw new Lost(`${flow.name} has no step ${place}`)
    // A step that does not apply is passed by, with its `next`
    if (step.when && step.when.value(scopeOf(turn, frame)) !== true) {
      countStep(turn, flow)
      place = step.below
      continue
    }
    const held = holds(frame, step)
    // What still holds is used up as it is passed, so that no circle is made of it: a long form is not one either
    if (held === undefined) countStep(turn, flow)
    if (held !== undefined && step.form === 'run' && frame.until === step.id) place = enter(turn, frame, step, held)
    else if (held !== undefined) {
      pass(frame, held)
      place = after(turn, frame, step)
    } else place = take(turn, flow, frame, step)
  }
}

function countStep(turn: Turn, { name }: Flow): void {
  if (++turn.steps > MAX_STEPS) throw new Lost(`${name} goes in a circle`)
}

/** After a correction, what still holds is not done again; where the correction began, the walk is in the open again. */
function holds(frame: Frame, step: Step): Passed | undefined {
  if (!frame.ahead) return undefined
  if (frame.until !== step.id) return takeAhead(frame, step.id)
  const held = step.form === 'run' ? takeAhead(frame, step.id) : undefined
  if (held === undefined) dropAhead(frame)
  return held
}

/** One step. Gives where to go on, or `undefined` when the turn waits for somebody. */
function take(turn: Turn, flow: Flow, frame: Frame, step: Step): Place | undefined {
  switch (step.form) {
    case 'say':
      sayStep(turn, frame, step)
      pass(frame, step.id)
      return after(turn, frame, step)
    case 'ask':
      return question(turn, flow, frame, step)
    case 'review':
      openAndAsk(turn, frame, step)
      return undefined
    case 'do':
      frame.at = step.id
      turn.waits = { for: 'step', steps: turn.steps, quiet: turn.quiet }
      push(turn, { kind: 'do', action: step.action, input: valuesOf(turn, frame, step.inputs) })
      return undefined
    case 'run':
      return enter(turn, frame, step, undefined)
    case 'end':
      return finish(turn, step.outcome)
  }
}

function sayStep(turn: Turn, frame: Frame, step: SayStep): Handled {
  const buttons = step.buttons.map(({ id, flow, step: to }) =>
    flow === undefined
      ? { data: jumpData(frame.flow, to ?? ''), label: { key: `${step.key}.buttons.${id}` } }
      : { ...goButton(flow), label: { key: `${step.key}.buttons.${id}` } },
  )
  push(turn, { kind: 'say', say: { text: textOf(turn, frame, step), ...(buttons.length > 0 ? { buttons } : {}) } })
}

function question(turn: Turn, flow: Flow, frame: Frame, step: Ask): Place | undefined {
  if (step.source?.kind === 'action') {
    frame.at = step.id
    turn.waits = { for: 'options', steps: turn.steps, quiet: turn.quiet }
    push(turn, { kind: 'do', action: step.source.action, input: valuesOf(turn, frame, step.source.inputs) })
    return undefined
  }
  return put(turn, flow, frame, step)
}

/** Asks, unless there is nothing to choose from or the words that began the conversation answer it. */
function put(turn: Turn, flow: Flow, frame: Frame, step: Ask): Place | undefined {
  if (step.source && !step.orText && optionsOf(turn, frame, step).options.length === 0) {
    frame.open = undefined
    return after(turn, frame, step)
  }
  if (frame.said !== undefined && flow.opening === step.id) {
    const reading = readAnswer(turn, frame, step, { kind: 'text', text: frame.said })
    frame.said = undefined
    if (reading.ok) {
      frame.open = undefined
      settle(frame, flow, step.id, reading.value)
      pass(frame, step.id)
      return after(turn, frame, step)
    }
  }
  openAndAsk(turn, frame, step)
  return undefined
}

/** Asks a question that was asked before; options that an action gives are fetched anew. */
export function reopen(turn: Turn, frame: Frame, step: Ask): Handled {
  turn.just = undefined
  if (step.source?.kind === 'action') return walk(turn, step.place)
  openAndAsk(turn, frame, step)
}

/**
 * Asks what is open once more; options that were given in another language are fetched in this one. What was answered elsewhere
 * meanwhile, such as whether words may be kept, is not asked again.
 */
export function askAnew(turn: Turn): Handled {
  const frame = topOf(turn)
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(frame.at)
  if (step?.when && step.when.value(scopeOf(turn, frame)) !== true) {
    close(turn, flow, frame)
    return walk(turn, step.place)
  }
  const given = frame.open?.language
  if (step?.form === 'ask' && given !== undefined && given !== turn.context.language) question(turn, flow, frame, step)
  else ask(turn)
}

/** Into a sub-flow; `held` is its trail when it was under way before a correction. */
function enter(turn: Turn, frame: Frame, step: Run, held: Passed | undefined): Place {
  if (turn.frames.length >= MAX_DEPTH) throw new Lost('too many flows within each other')
  const before = held !== undefined && typeof held !== 'string' ? held : undefined
  const flow = (before && turn.library.version(step.flow, before.version)) ?? turn.library.newest(step.flow)
  if (!flow) throw new Lost(`${step.flow} is gone`)
  frame.at = step.id
  frame.open = undefined
  const answers = before ? frame.answers[step.id] : undefined
  dropAhead(frame)
  forget(frame, [step.id])
  turn.frames.push({
    flow: flow.name,
    version: flow.version,
    by: 'run',
    at: '',
    answers: isValues(answers) ? answers : {},
    trail: [],
    ahead: before?.trail,
    input: step.inputs.length > 0 ? valuesOf(turn, frame, step.inputs) : undefined,
  })
  return 0
}

/** The open flow is over. Gives where the flow that ran it goes on. */
function finish(turn: Turn, outcome: 'done' | 'cancelled'): Place | undefined {
  const frame = topOf(turn)
  dropAhead(frame)
  turn.frames.pop()
  if (frame.by !== 'run') {
    push(turn, { kind: 'end', flow: frame.flow, outcome, answers: frame.answers })
    if (turn.frames.length > 0) askAnew(turn)
    else if (isSilent(turn) && hasOther(turn, frame.flow)) startDefault(turn)
    return undefined
  }
  const parent = topOf(turn)
  const flow = flowOf(turn, parent)
  const step = flow.byId.get(parent.at)
  if (!step) throw new Lost(`${flow.name}: step ${parent.at} is gone`)
  settle(parent, flow, step.id, frame.answers)
  pass(parent, { run: step.id, flow: frame.flow, version: frame.version, trail: frame.trail })
  for (const [key, path] of frame.sent ?? []) noteSent(parent, key, `${step.id}/${path}`)
  return after(turn, parent, step)
}

const hasOther = (turn: Turn, than: string): boolean =>
  (turn.library.defaultOf(audienceOf(turn.context.person.role))?.name ?? than) !== than

/** The person answered and would hear nothing. (An action may have spoken, so after one the bot keeps quiet.) */
const isSilent = ({ event, effects }: Turn): boolean =>
  event.kind === 'input' && !effects.some(({ kind }) => kind === 'say')

/** The action that the turn waited for has run. */
export function actionDone(turn: Turn, output: Json): Handled {
  const { waits } = turn
  const frame = topOf(turn)
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(frame.at)
  turn.waits = undefined
  if (waits?.for === 'options' && step?.form === 'ask') {
    frame.open = { turn: turn.turn, options: readChoices(output), language: turn.context.language }
    const next = put(turn, flow, frame, step)
    if (next !== undefined) walk(turn, next)
  } else if (waits?.for === 'step' && step?.form === 'do') {
    if (step.human) turn.quiet = true
    settle(frame, flow, step.id, output)
    pass(frame, step.id)
    letGo(frame, flow)
    walk(turn, after(turn, frame, step))
  }
}

export function actionFailed(turn: Turn, code: string): Handled {
  const frame = topOf(turn)
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(frame.at)
  turn.waits = undefined
  letGo(frame, flow)
  const to = step?.form === 'do' ? otherwise(step, code) : undefined
  if (to !== undefined) return walk(turn, to)
  // A choice that also takes own words does not need its list
  if (step?.form === 'ask' && step.orText) {
    frame.open = { turn: turn.turn, options: [] }
    return openAndAsk(turn, frame, step)
  }
  const buttons = humanButton(turn)
  push(turn, { kind: 'say', say: { text: { key: 'common:failed' }, ...(buttons.length > 0 ? { buttons } : {}) } })
  if (!stepBack(turn)) throw new Lost(`${code} is not caught`)
}

const otherwise = (step: Do, code: string): Place | undefined => step.otherwise.get(code) ?? step.otherwise.get('*')

/** Does again what was under way when something else came instead of the action's outcome. */
export function actAgain(turn: Turn): Handled {
  const frame = topOf(turn)
  const step = flowOf(turn, frame).byId.get(frame.at)
  if (step?.form === 'do') push(turn, { kind: 'do', action: step.action, input: valuesOf(turn, frame, step.inputs) })
  else if (step && isStop(step)) walk(turn, step.place)
  else throw new Lost('no action is open')
}
