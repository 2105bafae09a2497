/** The engine: one event in, the new position and everything that should happen out. Pure and total. */
import { normalise } from '../text/scripts.js'
import { answerPress, answerWith } from './answer.js'
import { dropAhead } from './answers.js'
import { ask, close } from './ask.js'
import { back } from './back.js'
import { apologise, cancel, go, interrupt, offerMenu, returnTo, start, startDefault } from './begin.js'
import { correct, findSent } from './correct.js'
import { audienceOf, type Library } from './library.js'
import type { Flow } from './model.js'
import { moveAll } from './moves.js'
import { optionsOf } from './options.js'
import { isPosition, type Position } from './position.js'
import { type Pressed, readData } from './tokens.js'
import { beginTurn, endTurn, flowOf, type Handled, Lost, stepOf, type Turn, tell, topOf } from './turn.js'
import type { Context, Effect, Event, Input } from './types.js'
import { meaningOf } from './vocabulary.js'
import { actAgain, actionDone, actionFailed, walk } from './walk.js'

export type Advanced = { position: Position; effects: Effect[] }

/**
 * Takes a conversation one event further. Never throws, whatever comes and whatever was stored: a position that nobody can go on
 * from ends in an apology and the menu, with the answers kept as a draft. Neither `position` nor `event` is changed.
 *
 * With nothing open (`isIdle(position)`) words begin the default flow of the person's audience.
 * @example
 * let { position, effects } = advance(library, null, { kind: 'start', flow: 'hotline' }, context)
 * ;({ position, effects } = advance(library, position, { kind: 'input', input: { kind: 'text', text: 'да' } }, context))
 */
export function advance(library: Library, position: Position | null, event: Event, context: Context): Advanced {
  const known = position === null || isPosition(position)
  const turn = beginTurn(library, known ? position : null, event, context)
  const attempt = (what: () => void): boolean => {
    try {
      what()
      return true
    } catch (error) {
      if (error instanceof Lost || error instanceof Error) return false
      throw error
    }
  }
  const went = known && attempt(() => handle(turn, event))
  if (!went) recover(turn, attempt)
  return { position: endTurn(turn), effects: turn.effects }
}

/** What the turn has said so far stands only if nothing is asked in it: it may belong to what was lost. */
function recover(turn: Turn, attempt: (what: () => void) => boolean): Handled {
  turn.effects = turn.effects.filter(({ kind }) => kind === 'cancel-timer' || kind === 'draft')
  turn.steps = 0
  apologise(turn)
  if (attempt(() => offerMenu(turn))) return
  turn.frames = []
  turn.waits = undefined
  turn.effects = turn.effects.filter((effect) => effect.kind !== 'do' && effect.kind !== 'timer')
}

function handle(turn: Turn, event: Event): Handled {
  const moved = turn.frames.length > 0 && moveAll(turn)
  if (moved && topOf(turn).at === '') return walk(turn, 0)
  switch (event.kind) {
    case 'start':
    case 'interrupt': {
      const flow = turn.library.newest(event.flow)
      if (!flow) throw new Lost(`there is no flow ${event.flow}`)
      turn.waits = undefined
      return event.kind === 'start' ? start(turn, flow, event.input) : interrupt(turn, flow, event.input)
    }
    case 'done':
      return turn.waits ? actionDone(turn, event.output) : undefined
    case 'failed':
      return turn.waits ? actionFailed(turn, event.code) : undefined
    case 'timer':
      return turn.waits ? undefined : timer(turn, event.key, event.turn)
    case 'resume':
      if (turn.waits) return actAgain(turn)
      return turn.frames.length > 0 ? ask(turn) : undefined
    case 'edit':
      return turn.waits ? actAgain(turn) : edit(turn, event.messageKey, event.input)
    case 'input':
      turn.steps = 0
      if (turn.waits) return actAgain(turn)
      if (moved) return ask(turn)
      return input(turn, event.input, event.messageKey)
  }
}

function input(turn: Turn, given: Input, messageKey: string | undefined): Handled {
  if (given.kind === 'button') return press(turn, readData(given.data))
  if (given.kind === 'text') {
    const audience = audienceOf(turn.context.person.role)
    const meaning = isOption(turn, given.text) ? undefined : meaningOf(turn.library, turn.context, audience, given.text)
    if (meaning?.kind === 'flow') {
      const flow = turn.library.newest(meaning.flow)
      if (flow) return go(turn, flow)
    }
    if (meaning && turn.frames.length > 0) {
      if (meaning.kind === 'back') return back(turn)
      if (meaning.kind === 'cancel') return cancel(turn)
      if (meaning.kind === 'help') return help(turn)
    }
  }
  if (turn.frames.length === 0)
    return startDefault(turn, given.kind === 'text' || given.kind === 'files' ? given.text : undefined)
  answerWith(turn, given, messageKey)
}

/** The words of an option of the open question mean that option, even when a flow begins by the same word. */
function isOption(turn: Turn, text: string): boolean {
  const frame = turn.frames.at(-1)
  if (!frame) return false
  const step = stepOf(turn, frame)
  if (step.form !== 'ask' || !step.source) return false
  return optionsOf(turn, frame, step).byWords.has(normalise(text))
}

function help(turn: Turn): Handled {
  const step = stepOf(turn, topOf(turn))
  if (turn.context.words(`${step.key}.help`) !== undefined) {
    tell(turn, `${step.key}.help`)
    return ask(turn, { alarms: false })
  }
  const flow = turn.library.newest('help') ?? turn.library.newest('menu')
  if (flow) go(turn, flow)
  else ask(turn, { alarms: false })
}

function press(turn: Turn, pressed: Pressed): Handled {
  switch (pressed.kind) {
    case 'go': {
      const flow = turn.library.newest(pressed.flow)
      if (!flow || flow.audience !== audienceOf(turn.context.person.role) || !isOpen(flow)) return stale(turn)
      return go(turn, flow)
    }
    case 'jump':
      return jump(turn, pressed.flow, pressed.step)
    case 'back':
      return turn.frames.length > 0 ? back(turn) : stale(turn)
    case 'cancel':
      return turn.frames.length > 0 ? cancel(turn) : stale(turn)
    case 'foreign':
      return stale(turn)
    default:
      return pressAnswer(turn, pressed)
  }
}

/** Nobody outside may begin a flow that only runs inside others. */
const isOpen = (flow: Flow) => flow.interrupt || flow.isDefault || flow.hasWords || flow.command !== undefined

function pressAnswer(turn: Turn, pressed: Extract<Pressed, { turn: number }>): Handled {
  if (pressed.turn === turn.just) return
  const depth = turn.frames.findLastIndex(({ open }) => open?.turn === pressed.turn)
  if (depth < 0) return stale(turn)
  // The question under an interrupt is open too: whoever answers it has left the interrupt
  if (depth < turn.frames.length - 1) returnTo(turn, depth)
  answerPress(turn, pressed)
}

/** A button of an earlier question, or of nobody's. */
function stale(turn: Turn): Handled {
  tell(turn, 'common:stale')
  if (turn.frames.length > 0) ask(turn, { alarms: false })
  else startDefault(turn)
}

function jump(turn: Turn, flowName: string, id: string): Handled {
  const frame = turn.frames.at(-1)
  if (!frame || frame.flow !== flowName) return stale(turn)
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(id)
  if (!step || !flow.jumps.has(id)) return stale(turn)
  turn.just = frame.open?.turn
  close(turn, flow, frame)
  dropAhead(frame)
  walk(turn, step.place)
}

function timer(turn: Turn, key: string, asking: number): Handled {
  const depth = turn.frames.findLastIndex(({ open }) => open?.turn === asking)
  const frame = turn.frames[depth]
  if (!frame) return
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(frame.at)
  const alarm = step && 'alarms' in step ? step.alarms.find((each) => each.key === key) : undefined
  if (!alarm) return
  const isTop = depth === turn.frames.length - 1
  if (alarm.go === undefined) {
    tell(turn, alarm.text)
    // The question is asked again, but its clocks go on as they are
    return isTop ? ask(turn, { alarms: false }) : undefined
  }
  // Whoever is elsewhere comes back to this question, and its clocks begin again then
  if (!isTop) return
  turn.just = frame.open?.turn
  close(turn, flow, frame)
  walk(turn, alarm.go)
}

function edit(turn: Turn, messageKey: string, given: Input): Handled {
  if (given.kind === 'button') return
  if (turn.frames.at(-1)?.open?.missed === messageKey) return answerWith(turn, given, messageKey)
  const sent = findSent(turn, messageKey)
  if (sent) correct(turn, sent.depth, sent.path, given)
}
