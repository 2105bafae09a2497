/** Carries a conversation from an older version of its flow to the newest, where that says how (`moves:`). */
import type { Flow } from './model.js'
import { type Frame, idOf, type Passed } from './position.js'
import type { Turn } from './turn.js'

/** Moves every frame that can be. True when the open question is another one now: what came was an answer to the old one. */
export function moveAll(turn: Turn): boolean {
  let changed = false
  turn.frames.forEach((frame, depth) => {
    const newest = turn.library.newest(frame.flow)
    if (!newest || newest.version === frame.version) return
    const map = newest.moves.get(frame.version)
    if (!map) return
    const before = turn.library.version(frame.flow, frame.version)?.byId.get(frame.at)
    move(frame, newest, map)
    const sameQuestion = before?.definition === newest.byId.get(frame.at)?.definition
    if (depth !== turn.frames.length - 1 || sameQuestion) return
    changed = true
    if (frame.open) frame.open = { turn: frame.open.turn, options: frame.open.options }
  })
  return changed
}

function move(frame: Frame, to: Flow, map: Readonly<Record<string, string | null>>): void {
  const moved = (id: string): string | undefined => {
    const name = Object.hasOwn(map, id) ? map[id] : id
    return name !== null && name !== undefined && to.byId.has(name) ? name : undefined
  }
  const movedPassed = (passed: Passed): Passed[] => {
    const name = moved(idOf(passed))
    if (name === undefined) return []
    return [typeof passed === 'string' ? name : { ...passed, run: name }]
  }
  frame.version = to.version
  // Where a step is gone without a successor, the next question that stands is found by walking from the start over what is known
  const at = moved(frame.at)
  frame.trail = frame.trail.flatMap(movedPassed)
  frame.ahead = frame.ahead?.flatMap(movedPassed)
  frame.until = frame.until === undefined ? undefined : moved(frame.until)
  frame.answers = Object.fromEntries(
    Object.entries(frame.answers).flatMap(([id, value]) => {
      const name = moved(id)
      return name === undefined ? [] : [[name, value]]
    }),
  )
  frame.sent = frame.sent?.flatMap(([key, path]) => {
    const [id = '', ...inner] = path.split('/')
    const name = moved(id)
    return name === undefined ? [] : [[key, [name, ...inner].join('/')] as [string, string]]
  })
  if (at !== undefined) frame.at = at
  else {
    frame.ahead = [...frame.trail, ...(frame.ahead ?? [])]
    frame.trail = []
    frame.until = undefined
    frame.open = undefined
    frame.at = ''
  }
}
