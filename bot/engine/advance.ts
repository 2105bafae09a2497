/**
 * The language of the flows and its interpreter: pure, with no clock, no database and nothing of channels.
 *
 * The engine: one event in, the new position and everything that should happen out. Pure and total.
 */
import { answerPress, answerWith } from './answer.js'
import { dropAhead } from './answers.js'
import { ask, close } from './ask.js'
import { back } from './back.js'
import { apologise, cancel, go, interrupt, offerMenu, returnTo, start, startDefault } from './begin.js'
import { correct, findSent } from './correct.js'
import { aidFor, meaningOfWords, openFlow } from './entrance.js'
import type { Library } from './library.js'
import { moveAll } from './moves.js'
import { ANY_PRESS, pressOf } from './picker.js'
import { isPosition, type Position } from './position.js'
import { type Pressed, readData } from './tokens.js'
import { beginTurn, endTurn, flowOf, type Handled, Lost, MAX_STEPS, stepOf, type Turn, tell, topOf } from './turn.js'
import type { Context, Effect, Event, Input } from './types.js'
import { actAgain, actionDone, actionFailed, askAnew, walk } from './walk.js'

export type Advanced = {
  position: Position
  effects: Effect[]
  /** A mistake of this program, or a stored value that is not of its type; for the log, the person got the apology. */
  fault?: Error
}

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
  const trouble = known ? attempt(turn, handle) : new Lost('this is not a position')
  if (!trouble) return { position: endTurn(turn), effects: turn.effects }
  const fault = trouble instanceof Lost ? {} : { fault: trouble }
  // Nobody is there to hear an apology when a clock strikes
  if (known && position && event.kind === 'timer') return { position, effects: [], ...fault }
  recover(turn)
  return { position: endTurn(turn), effects: turn.effects, ...fault }
}

/** The only place where the engine catches: whatever happens, the person gets an answer. */
function attempt(turn: Turn, what: (turn: Turn) => Handled): Error | undefined {
  try {
    return what(turn)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** What was said so far belongs to what was lost; drafts and timers that were put away stay so. */
function recover(turn: Turn): void {
  turn.effects = turn.effects.filter(({ kind }) => kind === 'cancel-timer' || kind === 'draft')
  // In the middle of a turn, beginning a flow could lead to the same place, for ever
  const isMiddle = turn.steps >= MAX_STEPS || turn.event.kind === 'done' || turn.event.kind === 'failed'
  apologise(turn)
  const said = turn.effects.length
  turn.steps = 0
  if (!isMiddle && !attempt(turn, offerMenu)) return
  turn.frames = []
  turn.waits = undefined
  turn.effects.length = said
}

function handle(turn: Turn): Handled {
  const { event } = turn
  const moved = moveAll(turn)
  if (moved === 'lost') return walk(turn, 0)
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
      return turn.frames.length > 0 ? askAnew(turn) : undefined
    case 'edit':
      return turn.waits ? actAgain(turn) : edit(turn, event.messageKey, event.input)
    case 'input':
      turn.steps = 0
      if (turn.waits) return actAgain(turn)
      if (moved === 'changed') return ask(turn)
      return input(turn, event.input, event.messageKey)
  }
}

function input(turn: Turn, given: Input, messageKey: string | undefined): Handled {
  if (given.kind === 'button') return press(turn, readData(given.data))
  const meaning = given.kind === 'text' ? meaningOfWords(turn, given.text) : undefined
  const entered = meaning?.kind === 'flow' ? turn.library.newest(meaning.flow) : undefined
  if (entered) return go(turn, entered)
  if (turn.frames.length === 0) return startDefault(turn, meaning ? undefined : spoken(given))
  if (meaning?.kind === 'back') return back(turn)
  if (meaning?.kind === 'cancel') return cancel(turn)
  if (meaning?.kind === 'help') return help(turn)
  const aid = given.kind === 'text' ? aidFor(turn, given.text) : undefined
  if (aid) return go(turn, aid)
  answerWith(turn, given, messageKey)
}

const spoken = (given: Input): string | undefined => ('text' in given ? given.text : undefined)

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
      const flow = openFlow(turn.library, turn.context, pressed.flow)
      return flow ? go(turn, flow) : stale(turn)
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

/** A finger that pressed twice, or a poor line that sent twice; later than this it is a question of its own. */
const SECOND_PRESS_MS = 60_000

const isSecondPress = ({ event, justBy, justAt = 0, context }: Turn): boolean =>
  [pressOf(event), ANY_PRESS].includes(justBy) && context.now - justAt < SECOND_PRESS_MS

function pressAnswer(turn: Turn, pressed: Extract<Pressed, { turn: number }>): Handled {
  if (pressed.turn === turn.just) return isSecondPress(turn) ? undefined : old(turn, pressed)
  const depth = turn.frames.findLastIndex(({ open }) => open?.turn === pressed.turn)
  if (depth < 0) return old(turn, pressed)
  // The question under an interrupt is open too: whoever answers it has left the interrupt
  if (depth < turn.frames.length - 1) returnTo(turn, depth)
  answerPress(turn, pressed)
}

/** Who presses "ask a person", however old the button, wants a person: an option named like a flow leads there. */
function old(turn: Turn, pressed: Pressed): Handled {
  const flow = pressed.kind === 'option' ? openFlow(turn.library, turn.context, pressed.id) : undefined
  return flow ? go(turn, flow) : stale(turn)
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
