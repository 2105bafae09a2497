/** Carries a conversation from an older version of its flow to the newest, where that says how (`moves:`). */
import type { Flow } from './model.js'
import { type Frame, idOf, type Passed } from './position.js'
import type { Turn } from './turn.js'

/**
 * Moves every frame that can be. `changed`: the open question is another one now, and what came was an answer to the old one.
 * `lost`: the open step has no successor; walking from the start over what is known finds the next.
 */
export function moveAll(turn: Turn): 'changed' | 'lost' | undefined {
  let outcome: 'changed' | undefined
  for (let depth = 0; depth < turn.frames.length; depth++) {
    const frame = turn.frames[depth]
    const newest = frame && turn.library.newest(frame.flow)
    const map = newest && newest.version !== frame.version ? newest.moves.get(frame.version) : undefined
    if (!frame || !newest || !map) continue
    const before = turn.library.version(frame.flow, frame.version)?.byId.get(frame.at)
    move(frame, newest, map)
    if (frame.at === '') {
      turn.frames.length = depth + 1
      return 'lost'
    }
    const isSame = before?.definition === newest.byId.get(frame.at)?.definition
    if (isSame || depth < turn.frames.length - 1) continue
    outcome = 'changed'
    if (frame.open) frame.open = { turn: frame.open.turn, options: frame.open.options }
  }
  return outcome
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
