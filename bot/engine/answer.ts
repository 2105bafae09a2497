/** What a person gives to the open question: read, accepted, or asked again. */
import { readChoice } from '../text/choices.js'
import { readYesNo } from '../text/yes-no.js'
import { noteSent, pass, settle } from './answers.js'
import { ask, buttonsOf, close, control, goButton, humanButton, PAGE } from './ask.js'
import { change } from './correct.js'
import { keep } from './keep.js'
import type { Ask, Flow, Review } from './model.js'
import { optionsOf, sceneOf } from './options.js'
import { ANY_PRESS, givenByPicker, pressOf } from './picker.js'
import type { Frame, Open } from './position.js'
import type { Given, Reading } from './questions/question.js'
import { itemsOf, REVIEW_PAGE } from './review.js'
import type { Control, Pressed } from './tokens.js'
import { after, flowOf, type Handled, stepOf, type Turn, topOf } from './turn.js'
import type { Input, Json, Say } from './types.js'
import { walk } from './walk.js'

/** Wrong answers in a row after which a human is offered. */
const WRONG_BEFORE_HUMAN = 3

type Press = Extract<Pressed, { kind: 'option' | 'place' | 'control' }>

/** The ids in the answer to a choice. */
const choicesIn = (value: Json): string[] => {
  const ids = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? [value.choice] : [value]
  return ids.filter((id) => typeof id === 'string')
}

export function readAnswer(turn: Turn, frame: Frame, step: Ask, given: Given): Reading {
  return step.kind.read(given, step.options, sceneOf(turn, frame, step))
}

/** Words, a file, a place or a number to whatever is open. */
export function answerWith(turn: Turn, given: Exclude<Input, { kind: 'button' }>, messageKey?: string): Handled {
  const frame = topOf(turn)
  const step = stepOf(turn, frame)
  if (step.form === 'review') return reviewWith(turn, frame, step, given)
  if (step.form !== 'ask' || !frame.open) return ask(turn)
  const guess = frame.open.guess
  const agreed = guess !== undefined && given.kind === 'text' ? readYesNo(given.text, turn.context.language) : undefined
  if (agreed === true && guess !== undefined) return accept(turn, frame, step, guess, messageKey)
  if (agreed === false) return askAgain(turn, frame, { guess: undefined })
  const { picked } = frame.open
  const read = readAnswer(turn, frame, step, given)
  const reading =
    step.many && read.ok && picked
      ? readAnswer(turn, frame, step, { kind: 'several', ids: [...new Set([...picked, ...choicesIn(read.value)])] })
      : read
  const kept = !reading.ok && given.kind === 'text' && keep(turn, frame, step, reading, given.text, messageKey)
  heed(turn, frame, step, kept ? { ...reading, narrow: undefined, kept } : reading, messageKey)
}

/** A button of the open question. */
export function answerPress(turn: Turn, pressed: Press): Handled {
  const frame = topOf(turn)
  const step = stepOf(turn, frame)
  if (step.form === 'review') return reviewPress(turn, frame, step, pressed)
  if (step.form !== 'ask' || !frame.open) return ask(turn)
  if (pressed.kind === 'control') return pressControl(turn, frame, step, frame.open, pressed.control)
  const { options } = optionsOf(turn, frame, step)
  const id = pressed.kind === 'option' ? pressed.id : options[pressed.place]?.id
  if (id === undefined) return ask(turn)
  if (step.many) return tick(turn, frame, step, frame.open, id, !pressed.off)
  heed(turn, frame, step, readAnswer(turn, frame, step, { kind: 'button', id }))
}

/** `kept`: no answer to this question, but not lost. */
type Refused = Omit<Extract<Reading, { ok: false }>, 'narrow'> & { narrow?: string[] | undefined; kept?: boolean }

function heed(
  turn: Turn,
  frame: Frame,
  step: Ask,
  reading: Exclude<Reading, { ok: false }> | Refused,
  messageKey?: string,
): Handled {
  if (reading.ok) accept(turn, frame, step, reading.value, messageKey)
  else refuse(turn, frame, step, reading, messageKey)
}

/** The answer stands; `undefined` skips the question. */
function accept(turn: Turn, frame: Frame, step: Ask, value: Json | undefined, messageKey?: string): Handled {
  const flow = flowOf(turn, frame)
  if (flow.keepsLabels && step.source?.kind === 'action') keepLabels(turn, frame, step, value)
  answered(turn, flow, frame)
  settle(frame, flow, step.id, value)
  pass(frame, step.id)
  if (messageKey !== undefined) noteSent(frame, messageKey, step.id)
  walk(turn, after(turn, frame, step))
}

function keepLabels(turn: Turn, frame: Frame, step: Ask, value: Json | undefined): void {
  const ids = choicesIn(value ?? null)
  const chosen = optionsOf(turn, frame, step).options.filter(({ id }) => ids.includes(id))
  frame.labels = { ...frame.labels, [step.id]: chosen.map(({ id, label }) => ({ id, label })) }
}

function answered(turn: Turn, flow: Flow, frame: Frame): Handled {
  turn.just = frame.open?.turn
  turn.justBy = flow.traceless ? ANY_PRESS : pressOf(turn.event)
  turn.justAt = turn.context.now
  close(turn, flow, frame)
}

function refuse(
  turn: Turn,
  frame: Frame,
  step: Ask,
  { retry, values, guess, narrow, kept }: Refused,
  messageKey?: string,
): Handled {
  const wrong = (frame.open?.wrong ?? 0) + 1
  frame.open = { turn: turn.turn, ...frame.open, wrong, guess, narrow, missed: messageKey }
  const { open } = frame
  if (wrong % WRONG_BEFORE_HUMAN === 0 && turn.library.newest('human')) {
    const buttons = [goButton('human'), control(open.turn, 'again', 'common:tryAgain')]
    return ask(turn, { alarms: false, say: { text: { key: 'common:needHuman' }, buttons } })
  }
  const own = `${step.key}.${kept ? 'kept' : 'retry'}`
  const plain = guess === undefined && narrow === undefined
  const key = plain && turn.context.words(own, values) !== undefined ? own : `questions:${retry}`
  const say: Partial<Say> = { text: values ? { key, values } : { key } }
  if (guess !== undefined)
    say.buttons = [control(open.turn, 'yes', 'common:yes'), control(open.turn, 'no', 'common:no')]
  if (narrow) say.buttons = buttonsOf(turn, frame, step, narrow)
  else if (step.orText && !optionsOf(turn, frame, step).options.some(({ id }) => id === 'human'))
    // A voice, a picture, four pages: what we cannot read, a human can
    say.buttons = [...buttonsOf(turn, frame, step), ...humanButton(turn)]
  ask(turn, { alarms: false, say })
}

function askAgain(turn: Turn, frame: Frame, change: Partial<Open>): Handled {
  if (frame.open) frame.open = { ...frame.open, ...change }
  ask(turn)
}

function pressControl(turn: Turn, frame: Frame, step: Ask, open: Open, control: Control): Handled {
  switch (control) {
    case 'yes':
      return open.guess === undefined ? ask(turn) : accept(turn, frame, step, open.guess)
    case 'no':
    case 'again':
      return askAgain(turn, frame, { guess: undefined, narrow: undefined })
    case 'more': {
      const pages = Math.ceil(optionsOf(turn, frame, step).options.length / PAGE)
      return askAgain(turn, frame, { page: ((open.page ?? 0) + 1) % Math.max(1, pages) })
    }
    case 'skip':
      return step.optional ? accept(turn, frame, step, undefined) : ask(turn)
    case 'done':
      if (open.picked && open.picked.length > 0)
        return heed(turn, frame, step, readAnswer(turn, frame, step, { kind: 'several', ids: open.picked }))
      return refuse(turn, frame, step, { ok: false, retry: 'choose.none' })
    case 'picked': {
      const given = givenByPicker(turn, frame, step)
      return given ? heed(turn, frame, step, readAnswer(turn, frame, step, given)) : ask(turn)
    }
    case 'fine':
      return ask(turn)
  }
}

/** Of several, one is ticked or its tick is taken away. Done twice it changes nothing, so a double press does no harm. */
function tick(turn: Turn, frame: Frame, step: Ask, open: Open, id: string, on: boolean): Handled {
  const { options } = optionsOf(turn, frame, step)
  const picked = open.picked ?? []
  if (picked.includes(id) === on || !options.some((option) => option.id === id)) return
  const wanted = new Set(on ? [...picked, id] : picked.filter((each) => each !== id))
  askAgain(turn, frame, { picked: options.map((option) => option.id).filter((each) => wanted.has(each)), wrong: 0 })
}

function reviewWith(turn: Turn, frame: Frame, step: Review, given: Exclude<Input, { kind: 'button' }>): Handled {
  const said = given.kind === 'text' ? given.text : ''
  const { language } = turn.context
  if (readYesNo(said, language)) return reviewed(turn, frame, step)
  const items = itemsOf(turn, frame).map(({ path, name }) => ({ id: path, label: name }))
  const found = readChoice(said, items, language)
  if (found?.kind === 'one') return change(turn, found.id)
  const wrong = (frame.open?.wrong ?? 0) + 1
  frame.open = { turn: turn.turn, ...frame.open, wrong }
  ask(turn, { alarms: false })
}

function reviewPress(turn: Turn, frame: Frame, step: Review, pressed: Press): Handled {
  const items = itemsOf(turn, frame)
  if (pressed.kind === 'control' && pressed.control === 'fine') return reviewed(turn, frame, step)
  if (pressed.kind === 'control' && pressed.control === 'more')
    return askAgain(turn, frame, {
      page: ((frame.open?.page ?? 0) + 1) % Math.max(1, Math.ceil(items.length / REVIEW_PAGE)),
    })
  const item = pressed.kind === 'place' ? items[pressed.place] : undefined
  if (item) change(turn, item.path)
  else ask(turn)
}

function reviewed(turn: Turn, frame: Frame, step: Review): Handled {
  answered(turn, flowOf(turn, frame), frame)
  pass(frame, step.id)
  walk(turn, after(turn, frame, step))
}
