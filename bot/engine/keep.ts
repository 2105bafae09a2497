/** Words that come before their question: they are kept for it. */
import { isCry } from '../text/cries.js'
import { looseWords } from '../text/scripts.js'
import { noteSent } from './answers.js'
import type { Ask } from './model.js'
import type { Frame } from './position.js'
import type { Reading } from './questions/question.js'
import { flowOf, scopeOf, type Turn } from './turn.js'

/** Fewer words than this are an attempt at the answer ("russian pls"), unless they ask something. */
const WORDS_MIN = 3
/** Where one of the options stands among them, so many may still be an answer in a sentence ("I live in Moscow"). */
const WORDS_AROUND_OPTION_MIN = 5
/** Lines that come one by one make one question; a whole novel is not one. */
const KEPT_MAX = 2000

type Misread = Extract<Reading, { ok: false }>

const QUESTION_MARK = /[?？؟]/

function isQuestion(text: string, wordsMin: number): boolean {
  const words = looseWords(text).filter((word) => /\p{L}/u.test(word))
  return words.length >= wordsMin || (words.length > 0 && QUESTION_MARK.test(text))
}

/** Whether the open question keeps for the opening one what it cannot read. */
export function keepsWords(turn: Turn, frame: Frame, step: Ask): boolean {
  const { opening } = flowOf(turn, frame)
  if (!step.keeps || opening === undefined || opening in frame.answers) return false
  return step.keeps.value(scopeOf(turn, frame)) === true
}

/**
 * Keeps words that were no answer for the opening question, if they are one; `reading` is what they were read as. False when nothing
 * was kept.
 */
export function keep(
  turn: Turn,
  frame: Frame,
  step: Ask,
  reading: Misread,
  text: string,
  messageKey?: string,
): boolean {
  if (reading.guess !== undefined || !keepsWords(turn, frame, step)) return false
  if (!isCry(text) && !isQuestion(text, reading.narrow ? WORDS_AROUND_OPTION_MIN : WORDS_MIN)) return false
  const { opening } = flowOf(turn, frame)
  // A mended message stands for what was said before it was mended
  frame.said = turn.event.kind === 'edit' ? text : together(frame.said, text)
  if (messageKey !== undefined && opening !== undefined) noteSent(frame, messageKey, opening)
  return true
}

function together(before: string | undefined, text: string): string {
  // Whoever then says what happened has said more than their cry for help
  if (before === undefined || isCry(before)) return text
  if (before.includes(text) || isCry(text)) return before
  const both = `${before}\n${text}`
  return both.length <= KEPT_MAX ? both : text
}
