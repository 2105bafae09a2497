/** How a frame's answers change. Each function leaves what it was given as it is: positions are shared with whoever stored them. */
import type { Flow } from './model.js'
import { type Frame, idOf, type Passed } from './position.js'
import { same } from './turn.js'
import type { Json } from './types.js'

/** Notes that a step was passed; each stands once in the trail, so that loops do not make it longer. */
export function pass(frame: Frame, passed: Passed): void {
  const id = idOf(passed)
  const { trail } = frame
  frame.trail = trail.some((each) => idOf(each) === id)
    ? [...trail.filter((each) => idOf(each) !== id), passed]
    : [...trail, passed]
}

/** Sets an answer (`undefined`: skipped). A new value voids what depends on it and lies ahead. */
export function settle(frame: Frame, flow: Flow, id: string, value: Json | undefined): void {
  const before = frame.answers[id]
  if (value === undefined) forget(frame, [id])
  else frame.answers = { ...frame.answers, [id]: value }
  if (!frame.ahead || same(before, value)) return
  const dependants = flow.dependants.get(id)
  const fallen = frame.ahead.filter((each) => dependants?.has(idOf(each)))
  if (fallen.length === 0) return
  frame.ahead = frame.ahead.filter((each) => !fallen.includes(each))
  forget(frame, fallen.map(idOf))
}

export function forget(frame: Frame, ids: readonly string[]): void {
  const gone = ids.filter((id) => id in frame.answers)
  if (gone.length === 0) return
  frame.answers = Object.fromEntries(Object.entries(frame.answers).filter(([id]) => !gone.includes(id)))
}

/** Of a traceless flow only what its actions gave stays, and no way back to what was answered. */
export function letGo(frame: Frame, flow: Flow): void {
  if (!flow.traceless) return
  forget(
    frame,
    flow.steps.flatMap(({ id, form }) => (form === 'do' ? [] : [id])),
  )
  frame.trail = []
  frame.sent = undefined
  frame.labels = undefined
}

/** Takes a step that still holds from what lies ahead. */
export function takeAhead(frame: Frame, id: string): Passed | undefined {
  const found = frame.ahead?.find((each) => idOf(each) === id)
  if (found !== undefined) frame.ahead = frame.ahead?.filter((each) => each !== found)
  return found
}

/** The correction has reached where it began: what was not met on the new way is void. */
export function dropAhead(frame: Frame): void {
  if (!frame.ahead && frame.until === undefined) return
  const passed = new Set(frame.trail.map(idOf))
  forget(
    frame,
    (frame.ahead ?? []).map(idOf).filter((id) => !passed.has(id)),
  )
  frame.ahead = undefined
  frame.until = undefined
}

/** Goes back in the trail to just before `id`; what followed lies ahead, until the step that was open. */
export function rewindTo(frame: Frame, id: string): void {
  const place = frame.trail.findIndex((each) => idOf(each) === id)
  if (place < 0) return
  const following = frame.trail.slice(place + 1)
  frame.ahead = [...following, ...(frame.ahead ?? [])]
  frame.until ??= frame.at
  frame.trail = frame.trail.slice(0, place)
}

/** How many sent messages can still be corrected by editing them. */
const MAX_SENT = 10

export function noteSent(frame: Frame, messageKey: string, path: string): void {
  frame.sent = [
    ...(frame.sent ?? []).filter(([key]) => key !== messageKey),
    [messageKey, path] as [string, string],
  ].slice(-MAX_SENT)
}
