/** `back`: to the question before, also over the border of a sub-flow. What was answered or done since is forgotten. */
import { dropAhead, forget } from './answers.js'
import { ask, close } from './ask.js'
import type { Ask } from './model.js'
import { type Frame, idOf, type Passed } from './position.js'
import { flowOf, type Handled, type Turn, tell, topOf } from './turn.js'
import type { Json, Values } from './types.js'
import { isValues } from './values.js'
import { reopen, walk } from './walk.js'

export function back(turn: Turn): Handled {
  const frame = topOf(turn)
  const flow = flowOf(turn, frame)
  const step = flow.byId.get(frame.at)
  // An answer that was about to be changed stays as it was
  if (step && frame.until !== undefined && frame.until !== step.id && step.id in frame.answers) {
    close(turn, flow, frame)
    frame.ahead = [step.id, ...(frame.ahead ?? [])]
    return walk(turn, step.place)
  }
  if (stepBack(turn)) return
  tell(turn, 'common:noBack')
  ask(turn)
}

/** Goes to the question before and asks it. False, and nothing changed, when there is none. */
export function stepBack(turn: Turn): boolean {
  const frames = turn.frames.map((frame) => ({ ...frame }))
  const found = findBack(turn, frames)
  if (!found) return false
  for (const frame of turn.frames) close(turn, flowOf(turn, frame), frame)
  turn.frames = frames
  turn.just = undefined
  if (found === 'interrupted') ask(turn)
  else reopen(turn, topOf(turn), found)
  return true
}

function findBack(turn: Turn, frames: Frame[]): Ask | 'interrupted' | undefined {
  for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
    const last = frame.trail.at(-1)
    if (last === undefined) {
      if (frame.by === undefined) return undefined
      frames.pop()
      if (frame.by === 'interrupt') return frames.at(-1)?.open ? 'interrupted' : undefined
      continue
    }
    frame.trail = frame.trail.slice(0, -1)
    const flow = flowOf(turn, frame)
    const step = flow.byId.get(idOf(last))
    const answer = frame.answers[idOf(last)]
    forget(frame, [idOf(last)])
    if (frame.until === idOf(last)) dropAhead(frame)
    frame.open = undefined
    frame.at = idOf(last)
    if (step?.form === 'ask') return step
    if (step?.form === 'run' && typeof last !== 'string') {
      const inner = innerFrame(last, answer)
      // One whose version is gone cannot be entered again; it is left out
      if (turn.library.version(inner.flow, inner.version)) frames.push(inner)
    }
  }
  return undefined
}

/** A finished sub-flow, entered again from its end. */
export function innerFrame({ flow, version, trail }: Exclude<Passed, string>, answer: Json | undefined): Frame {
  const answers: Values = isValues(answer) ? answer : {}
  return { flow, version, by: 'run', at: '', answers, trail }
}
