/** Changes an answer that was given before, and asks again only what depends on it. */

import { readAnswer } from './answer.js'
import { pass, rewindTo, settle } from './answers.js'
import { ask, close } from './ask.js'
import { innerFrame } from './back.js'
import type { Ask, Flow } from './model.js'
import { type Frame, idOf, type Passed } from './position.js'
import { after, flowOf, type Handled, same, type Turn, tell, topOf } from './turn.js'
import type { Input } from './types.js'
import { reopen, walk } from './walk.js'

/** Asks again the question at `path` (`step`, or `run/step`) of the open flow; the other answers stay. */
export function change(turn: Turn, path: string): Handled {
  const place = goTo(turn, path)
  if (!place) return ask(turn)
  reopen(turn, place.frame, place.step)
}

/** Takes the edited message for a new answer to the question that the message had answered. */
export function correct(turn: Turn, depth: number, path: string, input: Exclude<Input, { kind: 'button' }>): Handled {
  const at = locate(turn, depth, path)
  if (!at) return mendOpening(turn, depth, input)
  const { frame, flow, step } = at
  // The list of options was an action's, and is not at hand any more; own words do without it
  if (step.source?.kind === 'action' && !step.orText) {
    fold(turn, depth)
    return change(turn, path)
  }
  const reading = readAnswer(turn, frame, step, input)
  if (!reading.ok) {
    const own = `${step.key}.retry`
    const key = turn.context.words(own, reading.values) === undefined ? `questions:${reading.retry}` : own
    tell(turn, key, reading.values)
    return ask(turn, { alarms: false })
  }
  if (same(frame.answers[step.id], reading.value)) return
  tell(turn, 'common:corrected')
  if (!path.includes('/') && !flow.steers.has(step.id) && !flow.steers.has('*')) {
    settle(frame, flow, step.id, reading.value)
    return ask(turn, { alarms: false })
  }
  fold(turn, depth)
  const place = goTo(turn, path)
  if (!place) return ask(turn)
  settle(place.frame, place.flow, step.id, reading.value)
  pass(place.frame, step.id)
  walk(turn, after(turn, place.frame, step))
}

/** The words that began the conversation wait for their question: they are mended where they wait. */
function mendOpening(turn: Turn, depth: number, input: Input): Handled {
  const frame = turn.frames[depth]
  if (frame?.said !== undefined && input.kind === 'text') frame.said = input.text
}

/** Where a message key was an answer, from the open flow downwards. */
export function findSent(turn: Turn, messageKey: string): { depth: number; path: string } | undefined {
  for (let depth = turn.frames.length - 1; depth >= 0; depth--) {
    const sent = turn.frames[depth]?.sent?.find(([key]) => key === messageKey)
    if (sent) return { depth, path: sent[1] }
  }
  return undefined
}

type Located = { frame: Frame; flow: Flow; step: Ask }

function locate(turn: Turn, depth: number, path: string): Located | undefined {
  let frame = turn.frames[depth]
  const ids = path.split('/')
  while (frame) {
    const flow = flowOf(turn, frame)
    const id = ids.shift() ?? ''
    const step = flow.byId.get(id)
    const passed: Passed | undefined = frame.trail.find((each) => idOf(each) === id)
    if (passed === undefined) return undefined
    if (ids.length === 0) return step?.form === 'ask' ? { frame, flow, step } : undefined
    if (step?.form !== 'run' || typeof passed === 'string') return undefined
    frame = innerFrame(passed, frame.answers[id])
  }
  return undefined
}

/** Rewinds the open flow, and finished sub-flows within it, to that question. What followed lies ahead. */
function goTo(turn: Turn, path: string): Located | undefined {
  if (!locate(turn, turn.frames.length - 1, path)) return undefined
  const ids = path.split('/')
  for (;;) {
    const frame = topOf(turn)
    const flow = flowOf(turn, frame)
    const id = ids.shift() ?? ''
    const passed = frame.trail.find((each) => idOf(each) === id)
    close(turn, flow, frame)
    rewindTo(frame, id)
    frame.at = id
    const step = flow.byId.get(id)
    if (step?.form === 'ask') return { frame, flow, step }
    if (step?.form !== 'run' || passed === undefined || typeof passed === 'string') return undefined
    const inner = innerFrame(passed, frame.answers[id])
    // Its own way ends at its own end, not at a question
    turn.frames.push(inner)
  }
}

/** Makes that frame the open one. Sub-flows above it are kept with what they know so far; interrupts are over. */
function fold(turn: Turn, depth: number): Handled {
  while (turn.frames.length - 1 > depth) {
    const upper = turn.frames.pop()
    const frame = topOf(turn)
    if (!upper) return
    close(turn, flowOf(turn, upper), upper)
    if (upper.by !== 'run') continue
    frame.answers = { ...frame.answers, [frame.at]: upper.answers }
    frame.ahead = [
      ...(frame.ahead ?? []),
      { run: frame.at, flow: upper.flow, version: upper.version, trail: upper.trail },
    ]
  }
}
