/** The ways through a flow. */
import type { Library } from './library.js'
import { FINISH, type Flow, type Place, type Step } from './model.js'

export type Edge = { to: Place; label: string }

/** Everywhere a step can lead. */
export function edgesOf(flow: Flow, step: Step): Edge[] {
  const edges: Edge[] = step.next.map(({ when, to }) => ({ to, label: when?.source ?? '' }))
  const falls = step.form !== 'end' && !step.next.some(({ when }) => when === undefined)
  if (falls) edges.push({ to: step.below, label: step.next.length > 0 ? 'otherwise' : '' })
  if (step.when) edges.push({ to: step.below, label: `not (${step.when.source})` })
  if (step.form === 'end') edges.push({ to: FINISH, label: step.outcome })
  if (step.form === 'do') for (const [code, to] of step.otherwise) edges.push({ to, label: code })
  if ('alarms' in step)
    for (const { go, key } of step.alarms)
      if (go !== undefined) edges.push({ to: go, label: key.split('/').at(-1) ?? '' })
  if (step.form === 'say')
    for (const button of step.buttons) {
      const to = button.step === undefined ? undefined : flow.byId.get(button.step)
      if (to) edges.push({ to: to.place, label: button.id })
    }
  return edges
}

/** Whether nobody gets past this step without a word of the person. */
function alwaysStops(library: Library, step: Step, way: readonly string[] = []): boolean {
  if (step.when) return false
  if (step.form === 'review') return true
  // A list that may be empty is passed by
  if (step.form === 'ask') return step.source === undefined || step.source.kind === 'ids' || step.orText
  if (step.form !== 'run' || way.includes(step.flow)) return false
  const inner = library.newest(step.flow)
  const first = inner?.steps.find(({ form }) => form !== 'say')
  return first !== undefined && alwaysStops(library, first, [...way, step.flow])
}

export function reachable(flow: Flow): Set<Place> {
  const found = new Set<Place>()
  const open: Place[] = [0]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (found.has(place)) continue
    found.add(place)
    const step = flow.steps[place]
    if (step) open.push(...edgesOf(flow, step).map(({ to }) => to))
  }
  return found
}

/** Steps from which some way leads to a step that is an end. */
export function leadingTo(flow: Flow, isEnd: (step: Step) => boolean): Set<Place> {
  const good = new Set<Place>([FINISH])
  for (let grown = true; grown; ) {
    grown = false
    for (const step of flow.steps) {
      if (good.has(step.place)) continue
      if (!isEnd(step) && !edgesOf(flow, step).some(({ to }) => good.has(to))) continue
      good.add(step.place)
      grown = true
    }
  }
  return good
}

/** A circle that never waits for anybody, as the ids on it. */
export function circleWithoutQuestion(library: Library, flow: Flow): string[] | undefined {
  const finished = new Set<Place>()
  const search = (place: Place, way: Place[]): Place[] | undefined => {
    const step = flow.steps[place]
    if (!step || finished.has(place) || alwaysStops(library, step)) return undefined
    const since = way.indexOf(place)
    if (since >= 0) return way.slice(since)
    for (const { to } of edgesOf(flow, step)) {
      // A button is pressed by somebody, so a jump is not a circle
      if (step.form === 'say' && !isWay(step, to)) continue
      const circle = search(to, [...way, place])
      if (circle) return circle
    }
    finished.add(place)
    return undefined
  }
  for (const { place } of flow.steps) {
    const circle = search(place, [])
    if (circle) return circle.map((each) => flow.steps[each]?.id ?? '')
  }
  return undefined
}

const isWay = (step: Step, to: Place) => step.next.some((branch) => branch.to === to) || step.below === to
