/** Which flow an event leads into. */
import { isCry } from '../text/cries.js'
import { keepsWords } from './keep.js'
import { audienceOf, isFor, type Library } from './library.js'
import type { Flow } from './model.js'
import { optionsOf } from './options.js'
import { plain } from './plain.js'
import { isPosition, type Position } from './position.js'
import { readData } from './tokens.js'
import { beginTurn, type Turn } from './turn.js'
import type { Context, Event } from './types.js'
import { type Meaning, meaningOf } from './vocabulary.js'

/**
 * The name of the flow that this event enters, if it does: by its own wish, a word, a command, a button, or because nothing is open.
 * Whoever calls `advance` looks here first for which flow a kept draft is wanted (`Context.draft`).
 */
export function entranceOf(
  library: Library,
  position: Position | null,
  event: Event,
  context: Context,
): string | undefined {
  if (event.kind === 'start' || event.kind === 'interrupt') return event.flow
  if (event.kind !== 'input') return undefined
  const { input } = event
  if (input.kind === 'button') {
    const pressed = readData(input.data)
    if (pressed.kind === 'go') return openFlow(library, context, pressed.flow)?.name
    return pressed.kind === 'option' && isOld(position, pressed.turn)
      ? openFlow(library, context, pressed.id)?.name
      : undefined
  }
  const turn = beginTurn(library, isPosition(position) ? position : null, event, context)
  const meaning = input.kind === 'text' ? meaningOfWords(turn, input.text) : undefined
  if (meaning) return meaning.kind === 'flow' ? meaning.flow : undefined
  const aid = input.kind === 'text' ? aidFor(turn, input.text) : undefined
  if (aid) return aid.name
  return turn.frames.length === 0 ? library.defaultOf(audienceOf(context.person.role))?.name : undefined
}

/** No question of that asking is open, nor was it answered just now. */
const isOld = (position: Position | null, turn: number): boolean =>
  !isPosition(position) || (position.just !== turn && !position.frames.some(({ open }) => open?.turn === turn))

/** A flow that this person may enter by a button. One that only runs inside others is not for outside. */
export function openFlow(library: Library, context: Context, name: string): Flow | undefined {
  const flow = library.newest(name)
  if (!isFor(flow, audienceOf(context.person.role))) return undefined
  return flow.interrupt || flow.isDefault || flow.hasWords || flow.command !== undefined ? flow : undefined
}

/** What words mean at any question; the words of an option of the open question mean that option. */
export function meaningOfWords(turn: Turn, text: string): Meaning | undefined {
  const meaning = meaningOf(turn.library, turn.context, audienceOf(turn.context.person.role), text)
  return meaning && !isOption(turn, text) ? meaning : undefined
}

/**
 * Where a bare cry for help leads once a talk is under way: to what this chat can do, and to a human. Not where the open question keeps
 * such words: nobody has said yet whether and in which language they may be answered.
 */
export function aidFor(turn: Turn, text: string): Flow | undefined {
  const frame = turn.frames.at(-1)
  if (!frame || !isCry(text) || isOption(turn, text)) return undefined
  const step = turn.library.version(frame.flow, frame.version)?.byId.get(frame.at)
  if (step?.form === 'ask' && keepsWords(turn, frame, step)) return undefined
  return openFlow(turn.library, turn.context, 'help')
}

function isOption(turn: Turn, text: string): boolean {
  const frame = turn.frames.at(-1)
  if (!frame) return false
  const step = turn.library.version(frame.flow, frame.version)?.byId.get(frame.at)
  return step?.form === 'ask' && optionsOf(turn, frame, step).byWords.has(plain(text))
}
