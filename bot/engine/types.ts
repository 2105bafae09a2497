/**
 * The engine's vocabulary: what comes in (events), what it remembers (a position), what goes out (effects).
 * Everything here is plain JSON: a position is stored between two messages, an effect is carried out by `conversation/`.
 */
import type { Language } from '../text/languages.js'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type Values = { [key: string]: Json }

/** A file that a person sent, already known to the store by its id. */
export type FileRef = {
  id: string
  kind: 'photo' | 'voice' | 'video' | 'document'
  mime: string
  bytes: number
  name?: string
}

/** What a person did, free of any channel. */
export type Input =
  | { kind: 'text'; text: string }
  /** `picked`: the day, or the values of the options, that were picked with the question's `Picker`. */
  | { kind: 'button'; data: string; picked?: readonly string[] }
  | { kind: 'phone'; phone: string }
  | { kind: 'location'; latitude: number; longitude: number }
  | { kind: 'files'; files: FileRef[]; text?: string }

export type Event =
  /** Begin a flow afresh, with its kept draft if `Context.draft` has one; whatever was open is left (its draft is kept when the flow says so). */
  | { kind: 'start'; flow: string; input?: Values }
  /** Go into another flow and come back to the question that is open now. */
  | { kind: 'interrupt'; flow: string; input?: Values }
  /** `messageKey` names the sent message, so that editing it later corrects the answer. */
  | { kind: 'input'; input: Input; messageKey?: string }
  | { kind: 'edit'; messageKey: string; input: Input }
  /** The action that the last effect asked for has run. */
  | { kind: 'done'; output: Json }
  /** The action refused: `code` is matched by the step's `else`. */
  | { kind: 'failed'; code: string }
  | { kind: 'timer'; key: string; turn: number }
  /** The bot has the conversation back: ask the open question again. After an action that leads to a human it was not asked. */
  | { kind: 'resume' }

/** A text by its key (`namespace:key`, e.g. `hotline:consent.retry`) and the values it wants; rendered outside the engine. */
export type TextRef = { key: string; values?: Values }

/** `data` is what the channel gives back when it is pressed; at most 64 bytes (the limit of Telegram's callback data). */
export type Button = { data: string; label: TextRef | string }

/**
 * A way to pick the answer, for channels that have one; the others ask with words and buttons alone. What is picked comes back as a
 * press of `data` with `picked`.
 */
export type Picker =
  | { kind: 'date'; data: string }
  | {
      kind: 'several'
      data: string
      options: { label: string; value: string; picked?: boolean }[]
      /** The data of the buttons that do the same one by one. */
      replaces: string[]
    }

/** A message before it is put into words. */
export type Say = {
  text: TextRef
  buttons?: Button[]
  /** Ask the channel for its own button that shares a phone number or a place. */
  request?: 'phone' | 'location'
  picker?: Picker
  /** The step that this message asks; absent when nothing is asked. */
  asks?: string
}

export type Effect =
  | { kind: 'say'; say: Say }
  /** Run an action, then call `advance` again with `done` or `failed`. Always the last effect of a call. */
  | { kind: 'do'; action: string; input: Values }
  /** Wake this conversation after `afterMs`; does nothing if `turn` has passed by then. */
  | { kind: 'timer'; key: string; afterMs: number; turn: number }
  | { kind: 'cancel-timer'; key: string }
  /** Unfinished answers to keep until the flow is begun again. */
  | { kind: 'draft'; flow: string; version: string; answers: Values; keepMs: number }
  /** A flow is over (one that ran inside another is only a part of it). A kept draft of it has done its service. */
  | { kind: 'end'; flow: string; outcome: 'done' | 'cancelled' | 'lost'; answers: Values }

/** What the engine may know of the world; all of it comes in as arguments, so that a turn can be replayed. */
export type Context = {
  language: Language
  /** Milliseconds since 1970. */
  now: number
  timeZone: string
  /**
   * The words for a text key in `language`; pure. `undefined` when there is no such text. Labels are remembered for each such
   * function, so one that stays the same for a language makes every turn cheaper.
   */
  words: (key: string, values?: Values) => string | undefined
  /** Read by conditions as `person.…` (country, city, language, consent, role …). */
  person: Values
  /**
   * A kept draft of the flow that this event enters (`entranceOf`): an empty one says that there is none, also not in what is open.
   * Null stands for a question that was skipped.
   */
  draft?: Values
  /** The version of the flow that this event enters with which this person begins; the newest where it is absent, or unknown. */
  begins?: { flow: string; version: string }
}
