/** How flows are entered and left. */
import { ask, close, goButton } from './ask.js'
import { audienceOf } from './library.js'
import { FINISH, type Flow } from './model.js'
import { type Frame, idOf } from './position.js'
import { flowOf, type Handled, Lost, MAX_DEPTH, push, type Turn, tell, topOf } from './turn.js'
import type { Json, Values } from './types.js'
import { walk } from './walk.js'

/** Kept answers of a flow that is not there any more to say for how long. */
const LOST_DRAFT_MS = 45 * 86_400_000

/** Begins a flow afresh; whatever was open is left. */
export function start(turn: Turn, flow: Flow, input?: Values): Handled {
  leave(turn)
  enter(turn, flow, undefined, input)
}

/** Into a flow, to come back afterwards. With nothing open there is nothing to come back to. */
export function interrupt(turn: Turn, flow: Flow, input?: Values): Handled {
  if (turn.frames.length === 0) return enter(turn, flow, undefined, input)
  const again = turn.frames.findIndex(({ by, flow: name }) => by === 'interrupt' && name === flow.name)
  if (again > 0) cut(turn, again)
  // Interrupting interrupts for ever must not make the position longer for ever
  while (turn.frames.length >= MAX_DEPTH)
    cut(
      turn,
      Math.max(
        1,
        turn.frames.findLastIndex(({ by }) => by === 'interrupt'),
      ),
    )
  enter(turn, flow, 'interrupt', input)
}

/** From a word, a command or a button: as the flow wants to be entered. */
export function go(turn: Turn, flow: Flow): Handled {
  if (flow.interrupt) interrupt(turn, flow)
  else start(turn, flow)
}

/** What begins when nothing is open. */
export function startDefault(turn: Turn, said?: string): Handled {
  const flow = turn.library.defaultOf(audienceOf(turn.context.person.role))
  if (!flow) throw new Lost('no flow begins by itself for this person')
  start(turn, flow, said === undefined ? undefined : { said })
}

function enter(turn: Turn, newest: Flow, by: 'interrupt' | undefined, input?: Values): Handled {
  const flow = ownVersion(turn, newest)
  const said = flow.opening !== undefined && typeof input?.said === 'string' && input.said ? input.said : undefined
  const sentAs = said !== undefined && turn.event.kind === 'input' ? turn.event.messageKey : undefined
  const { answers: kept, passed } = takeDraft(turn, flow)
  turn.frames.push({
    flow: flow.name,
    version: flow.version,
    by,
    at: flow.steps[0]?.id ?? '',
    answers: kept,
    trail: [],
    ahead: passed.length > 0 ? passed : undefined,
    input,
    said,
    sent: sentAs !== undefined && flow.opening !== undefined ? [[sentAs, flow.opening]] : undefined,
  })
  if (Object.keys(kept).length > 0) tell(turn, 'common:draft')
  walk(turn, flow.steps.length > 0 ? 0 : FINISH)
}

/** Some begin another version than the newest: their draft is of that one, or their form. */
function ownVersion({ library, context: { begins } }: Turn, newest: Flow): Flow {
  const own = begins?.flow === newest.name ? library.version(begins.flow, begins.version) : undefined
  return own ?? newest
}

/**
 * Kept answers to questions that still take such an answer, and the questions that they pass; null is one that was skipped. What actions
 * gave is asked anew.
 */
function takeDraft(turn: Turn, flow: Flow): { answers: Values; passed: string[] } {
  const given = turn.draft
  turn.draft = undefined
  if (flow.draftMs === undefined) return { answers: {}, passed: [] }
  // Who calls may have looked for it, also at what was open; else what was just kept is all there is
  const newest = turn.effects.find((effect) => effect.kind === 'draft' && effect.flow === flow.name)
  const draft = given ?? (newest?.kind === 'draft' ? newest.answers : {})
  const fits = ([id, value]: [string, Json]) => {
    const step = flow.byId.get(id)
    if (step?.form !== 'ask') return false
    return value === null ? step.optional : typeOf(step.kind.shape(step.options)) === typeOf(value)
  }
  const kept = Object.entries(draft).filter(fits)
  return { answers: Object.fromEntries(kept.filter(([, value]) => value !== null)), passed: kept.map(([id]) => id) }
}

/** What is worth keeping of a flow that is left: its answers, and null where a question was skipped. */
export function draftOf({ answers, trail }: Pick<Frame, 'answers' | 'trail'>, flow: Flow | undefined): Values {
  const skipped = trail.flatMap((each) => {
    const step = flow?.byId.get(idOf(each))
    return step?.form === 'ask' && step.optional && !(step.id in answers) ? [[step.id, null] as const] : []
  })
  return { ...answers, ...Object.fromEntries(skipped) }
}

/** The JSON type of a value, or of what a shape describes. */
function typeOf(value: unknown): string {
  if (typeof value !== 'string') return Array.isArray(value) ? 'list' : typeof value
  if (value.startsWith('list')) return 'list'
  return value === 'double' ? 'number' : value === 'bool' ? 'boolean' : 'string'
}

/** Leaves everything that is open; answers of flows that say so are kept. */
function leave(turn: Turn): Handled {
  cut(turn, 0)
}

function cut(turn: Turn, depth: number): Handled {
  for (const frame of turn.frames.slice(depth).reverse()) {
    const flow = flowOf(turn, frame)
    close(turn, flow, frame)
    if (frame.by !== 'run') keepDraft(turn, frame, flow.draftMs)
  }
  turn.frames.length = depth
}

function keepDraft(turn: Turn, frame: Frame, keepMs: number | undefined): Handled {
  if (keepMs === undefined || Object.keys(frame.answers).length === 0) return
  const answers = draftOf(frame, turn.library.version(frame.flow, frame.version))
  push(turn, { kind: 'draft', flow: frame.flow, version: frame.version, answers, keepMs })
}

/** The person wants out: of an interrupt back to where they were, otherwise of everything. */
export function cancel(turn: Turn): Handled {
  let depth = turn.frames.length - 1
  while (depth > 0 && turn.frames[depth]?.by === 'run') depth--
  const frame = turn.frames[depth]
  if (!frame) return
  const { flow, answers } = frame
  cut(turn, depth)
  push(turn, { kind: 'end', flow, outcome: 'cancelled', answers })
  if (turn.frames.length > 0) return ask(turn)
  sayWithMenu(turn, 'common:cancelled')
}

function sayWithMenu(turn: Turn, key: string): void {
  const menu = turn.library.newest('menu')
  push(turn, { kind: 'say', say: { text: { key }, ...(menu ? { buttons: [goButton('menu')] } : {}) } })
}

/** The conversation cannot go on as it was. Its answers are kept, the person gets an apology and the menu. */
export function apologise(turn: Turn): Handled {
  const [own] = turn.frames
  if (own) {
    keepDraft(turn, own, turn.library.version(own.flow, own.version)?.draftMs ?? LOST_DRAFT_MS)
    push(turn, { kind: 'end', flow: own.flow, outcome: 'lost', answers: own.answers })
  }
  turn.frames = []
  turn.draft = undefined
  turn.waits = undefined
  turn.quiet = false
  sayWithMenu(turn, 'common:lost')
}

/** The menu, or what begins by itself. */
export function offerMenu(turn: Turn): Handled {
  const menu = turn.library.newest('menu')
  if (menu && menu.audience === audienceOf(turn.context.person.role)) enter(turn, menu, undefined)
  else startDefault(turn)
}

/** Takes back everything above an open question of a lower frame, to which the person has turned. */
export function returnTo(turn: Turn, depth: number): Handled {
  cut(turn, depth + 1)
  topOf(turn)
}
