/** Puts the open question: its text, its buttons, its timers. */
import type { Ask, Flow, Step, Stop } from './model.js'
import { optionsOf } from './options.js'
import { pickerOf } from './picker.js'
import type { Frame, Passed } from './position.js'
import { reviewSay } from './review.js'
import { BACK, type Control, controlData, goData, optionData, tokenOf } from './tokens.js'
import { flowOf, type Handled, Lost, push, stepOf, type Turn, textOf, topOf } from './turn.js'
import type { Button, Say, TextRef } from './types.js'

/** A long list comes in pages: more buttons than this are not read, they are scrolled past. */
export const PAGE = 8

/** Opens a question and asks it. */
export function openAndAsk(turn: Turn, frame: Frame, step: Stop): Handled {
  frame.at = step.id
  frame.open = { ...frame.open, turn: ++turn.turn }
  ask(turn)
}

/** Asks what is open, again or for the first time. Says nothing while a human has the conversation. */
export function ask(turn: Turn, { alarms = true, say }: { alarms?: boolean; say?: Partial<Say> } = {}): Handled {
  if (turn.quiet) return
  const frame = topOf(turn)
  const step = stepOf(turn, frame)
  if (step.form !== 'ask' && step.form !== 'review') throw new Lost(`${frame.flow}: ${step.id} asks nothing`)
  frame.open ??= { turn: ++turn.turn }
  // Other buttons ask something else first ("Did you mean 45?"), where picking would be no answer
  const asked = sayOf(turn, frame, step, say?.buttons === undefined)
  push(turn, { kind: 'say', say: say ? { ...asked, ...say } : asked })
  if (!alarms) return
  for (const { key, afterMs } of step.alarms) push(turn, { kind: 'timer', key, afterMs, turn: frame.open.turn })
}

function sayOf(turn: Turn, frame: Frame, step: Stop, mayPick: boolean): Say {
  if (step.form === 'review') return reviewSay(turn, frame, step)
  const say: Say = { text: textOf(turn, frame, step), asks: step.key }
  const list = listButtons(turn, frame, step)
  const picker = mayPick ? pickerOf(turn, frame, step, list) : undefined
  if (picker) say.picker = picker
  const buttons = withOthers(turn, frame, step, list)
  if (buttons.length > 0) say.buttons = buttons
  if (step.kind.request) say.request = step.kind.request
  return say
}

/** `only` limits the options to those. */
export const buttonsOf = (turn: Turn, frame: Frame, step: Ask, only?: readonly string[]): Button[] =>
  withOthers(turn, frame, step, listButtons(turn, frame, step, only))

/** Adds to the buttons of the list what the question has besides. */
function withOthers(turn: Turn, frame: Frame, step: Ask, buttons: Button[]): Button[] {
  const { open } = frame
  if (!open) return buttons
  for (const { id, label } of step.kind.buttons ?? [])
    buttons.push({ data: optionData(tokenOf(open.turn), id), label: { key: label } })
  if (step.optional) buttons.push(control(open.turn, 'skip', 'common:skip'))
  return withNavigation(turn, frame, buttons)
}

/** The options and what belongs to their list. */
function listButtons(turn: Turn, frame: Frame, step: Ask, only?: readonly string[]): Button[] {
  const { open } = frame
  if (!open) return []
  const buttons: Button[] = []
  const token = tokenOf(open.turn)
  const { options, tags } = optionsOf(turn, frame, step)
  const first = (open.page ?? 0) * PAGE
  const last = options.length <= PAGE ? options.length : first + PAGE
  for (let place = only ? 0 : first; place < (only ? options.length : Math.min(last, options.length)); place++) {
    const option = options[place]
    if (!option || (only && !only.includes(option.id))) continue
    const ticked = open.picked?.includes(option.id) ?? false
    buttons.push({
      data: optionData(token, tags[place] ?? '', ticked),
      label: ticked ? { key: 'common:picked', values: { label: option.label } } : option.label,
    })
  }
  if (!only && options.length > PAGE) buttons.push(control(open.turn, 'more', 'common:more'))
  if (step.many && open.picked && open.picked.length > 0) buttons.push(control(open.turn, 'done', 'common:done'))
  return buttons
}

export function withNavigation(turn: Turn, frame: Frame, buttons: Button[]): Button[] {
  const flow = flowOf(turn, frame)
  for (const each of flow.navigation) {
    if (each !== 'back') buttons.push(goButton(each))
    else if (turn.frames.length > 1 || frame.trail.some((each) => isQuestion(flow, each)))
      buttons.push({ data: BACK, label: BACK_LABEL })
  }
  return buttons
}

const isQuestion = (flow: Flow, passed: Passed): boolean =>
  typeof passed !== 'string' || flow.byId.get(passed)?.form === 'ask'

const BACK_LABEL: TextRef = { key: 'common:back' }

export const control = (turn: number, what: Control, key: string): Button => ({
  data: controlData(turn, what),
  label: { key },
})

/** Into another flow; its label is the text `<flow>:button`. */
export const goButton = (flow: string): Button => ({ data: goData(flow), label: { key: `${flow}:button` } })

/** A person is one press away, if this library has the flow for it. */
export const humanButton = (turn: Turn): Button[] => (turn.library.newest('human') ? [goButton('human')] : [])

/** Closes a question: its timers have nothing to wait for any more. */
export function close(turn: Turn, flow: Flow, frame: Frame): void {
  if (!frame.open) return
  const step: Step | undefined = flow.byId.get(frame.at)
  if (step && 'alarms' in step) for (const { key } of step.alarms) push(turn, { kind: 'cancel-timer', key })
  frame.open = undefined
}
