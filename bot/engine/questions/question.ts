/** What a kind of question is. Each kind is one file here; `index.ts` lists them, and the flow schema is derived from that list. */
import type { z } from 'zod'
import type { Language } from '../../text/languages.js'
import type { Shape } from '../cel.js'
import type { Input, Json, Values } from '../types.js'

/** One answer of a list, in the person's language. */
export type Option = { id: string; label: string; synonyms?: string[] }

/** What reading an answer may need to know. */
export type Scene = {
  language: Language
  words(key: string, values?: Values): string | undefined
  /** YYYY-MM-DD where the person is. */
  today(): string
  /** The person's country, to read a phone number without its code. */
  country: string
  /** What can be chosen; empty for other kinds. */
  options: readonly Option[]
  /** The same by what is typed exactly: label or synonym, normalised. */
  byWords: ReadonlyMap<string, string>
}

/** A button arrives here as the id of what it offers, several picked at once as theirs; data that was not ours never does. */
export type Given =
  | Exclude<Input, { kind: 'button' }>
  | { kind: 'button'; id: string }
  | { kind: 'several'; ids: string[] }

export type Reading =
  | { ok: true; value: Json }
  /**
   * Not understood. `retry` is the text `questions:<retry>`; `guess` is offered for a yes or no; `narrow` are the options that may
   * have been meant.
   */
  | { ok: false; retry: string; values?: Values; guess?: Json; narrow?: string[] }

export const valid = (value: Json): Reading => ({ ok: true, value })
export const invalid = (retry: string, values?: Values): Reading => ({
  ok: false,
  retry,
  ...(values ? { values } : {}),
})

export type QuestionKind<Options = unknown> = {
  /** Its name in a flow file, and the first part of its retry texts. */
  kind: string
  options: z.ZodType<Options>
  /** Its retry texts, without `questions:`; the first is for an answer of a kind that does not fit at all. */
  texts: readonly string[]
  /** The type of its answer in conditions. */
  shape(options: Options): Shape
  read(given: Given, options: Options, scene: Scene): Reading
  /** Buttons that it always has, with the key of their labels. */
  buttons?: readonly { id: string; label: string }[]
  request?: 'phone' | 'location'
  /** Can be picked in a calendar, where a channel has one. */
  picks?: 'date'
  /** The answer in words, for the review. */
  show(value: Json, scene: Scene): string
}

export function defineQuestion<Options>(kind: QuestionKind<Options>): QuestionKind<Options> {
  return kind
}
