/** `review: all`: the answers in words, each of which can be changed. */
import { control, withNavigation } from './ask.js'
import type { Ask, Flow, Review } from './model.js'
import { sceneOf } from './options.js'
import { type Frame, idOf, type Passed } from './position.js'
import { optionData, placeTag, tokenOf } from './tokens.js'
import { flowOf, type Turn } from './turn.js'
import type { Button, Json, Say } from './types.js'
import { isValues } from './values.js'

/** One line of a review. `path` is the step, or `run/step` in a sub-flow. */
export type Item = { path: string; name: string; value: string }

/** More answers than this on one page are not read. */
export const REVIEW_PAGE = 8

/** Every question that was asked, in the order of the flow. */
export function itemsOf(turn: Turn, frame: Frame): Item[] {
  return items(turn, flowOf(turn, frame), frame, frame.trail, '')
}

function items(turn: Turn, flow: Flow, frame: Frame, trail: readonly Passed[], prefix: string): Item[] {
  const passed = new Map(trail.map((each) => [idOf(each), each]))
  return flow.steps.flatMap((step): Item[] => {
    const here = passed.get(step.id)
    if (here === undefined) return []
    if (step.form === 'ask') return [{ path: prefix + step.id, ...inWords(turn, frame, step) }]
    if (step.form !== 'run' || typeof here === 'string') return []
    const inner = turn.library.version(here.flow, here.version)
    const answers = frame.answers[step.id]
    if (!inner || !isValues(answers)) return []
    const innerFrame: Frame = {
      flow: inner.name,
      version: inner.version,
      at: '',
      answers,
      trail: here.trail,
    }
    return items(turn, inner, innerFrame, here.trail, `${prefix}${step.id}/`)
  })
}

function inWords(turn: Turn, frame: Frame, step: Ask): { name: string; value: string } {
  const { words } = turn.context
  const value: Json | undefined = frame.answers[step.id]
  return {
    name: words(`${step.key}.short`) ?? words(step.key) ?? step.id,
    value: value === undefined ? (words('common:skipped') ?? '–') : step.kind.show(value, sceneOf(turn, frame, step)),
  }
}

/** The text of the step, or `common:review`, has `{{list}}` for the lines. */
export function reviewSay(turn: Turn, frame: Frame, step: Review): Say {
  const { open } = frame
  const all = itemsOf(turn, frame)
  const list = all.map(({ name, value }) => `• ${name}: ${value}`).join('\n')
  const buttons: Button[] = []
  if (open) {
    buttons.push(control(open.turn, 'fine', 'common:reviewFine'))
    const first = (open.page ?? 0) * REVIEW_PAGE
    all.slice(first, first + REVIEW_PAGE).forEach(({ name }, index) => {
      const place = first + index
      buttons.push({
        data: optionData(tokenOf(open.turn), placeTag(place)),
        label: { key: 'common:change', values: { name } },
      })
    })
    if (all.length > REVIEW_PAGE) buttons.push(control(open.turn, 'more', 'common:more'))
  }
  const key = turn.context.words(step.key) === undefined ? 'common:review' : step.key
  return { text: { key, values: { list } }, buttons: withNavigation(turn, frame, buttons), asks: step.key }
}
