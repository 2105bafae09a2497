/**
 * What clients say of a worker's help ("Client feedback"): one-time codes, sums, words in no order. No client is in any of it.
 *
 * The three questions, each answered with one tap.
 */
import { z } from 'zod'

export const QUESTIONS = ['helped', 'respect', 'clear'] as const
export type Question = (typeof QUESTIONS)[number]

export const CHOICES = ['yes', 'partly', 'no'] as const
export type Choice = (typeof CHOICES)[number]

const Choice = z.enum(CHOICES)
export const Answers = z.object({ helped: Choice, respect: Choice, clear: Choice })
export type Answers = z.output<typeof Answers>

/** Of the line that somebody may add: a thought, not a story that tells who they are. */
export const LINE_MAX = 300

/** Without line breaks and control characters; empty when nothing is left. */
export const cleanLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, LINE_MAX)
