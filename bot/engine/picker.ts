/** Answers that are picked where a channel has the means: a day in a calendar, several of a list at once. */
import type { Ask } from './model.js'
import { optionsOf } from './options.js'
import type { Frame } from './position.js'
import type { Given } from './questions/question.js'
import { controlData } from './tokens.js'
import type { Turn } from './turn.js'
import type { Button, Event, Picker } from './types.js'

/** What the open question may be picked with; `list` are the buttons that tick its options one by one. */
export function pickerOf(turn: Turn, frame: Frame, step: Ask, list: readonly Button[]): Picker | undefined {
  const { open } = frame
  if (!open) return undefined
  const data = controlData(open.turn, 'picked')
  if (step.kind.picks === 'date') return { kind: 'date', data }
  if (!step.many) return undefined
  const { options, tags } = optionsOf(turn, frame, step)
  return {
    kind: 'several',
    data,
    options: options.map(({ id, label }, place) => ({
      label,
      value: tags[place] ?? '',
      ...(open.picked?.includes(id) ? { picked: true } : {}),
    })),
    replaces: list.map((button) => button.data),
  }
}

/** What was picked, as the question reads any answer: a day like a typed one, options by their ids. */
export function givenByPicker(turn: Turn, frame: Frame, step: Ask): Given | undefined {
  const picked = pickedIn(turn.event)
  if (step.kind.picks === 'date') return { kind: 'text', text: picked[0] ?? '' }
  if (!step.many) return undefined
  const { options, tags } = optionsOf(turn, frame, step)
  // In the order of the list; what is no option makes the answer unreadable instead of smaller
  const known = options.filter((_, place) => picked.includes(tags[place] ?? '')).map(({ id }) => id)
  return { kind: 'several', ids: [...known, ...picked.filter((tag) => !tags.includes(tag))] }
}

const pickedIn = (event: Event): readonly string[] =>
  event.kind === 'input' && event.input.kind === 'button' ? (event.input.picked ?? []) : []

/** In place of a press that must not be remembered: a button tells what was answered. */
export const ANY_PRESS = '*'

/** Names a press: the same day picked twice is one, another day is another. `undefined` for what was not pressed. */
export function pressOf(event: Event): string | undefined {
  if (event.kind !== 'input' || event.input.kind !== 'button') return undefined
  const { data, picked } = event.input
  return picked ? [data, ...picked].join(' ') : data
}
