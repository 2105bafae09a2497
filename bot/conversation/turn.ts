/** A turn: one message's worth of change to one conversation, gathered in memory and written at once (`begin-turn.ts`). */
import type { FileRef, Say, Values } from '../engine/types.js'
import type { Drawer } from '../store/vault.js'
import type { Language } from '../text/languages.js'
import type { Incoming, IncomingFile, OutButton } from './channel.js'
import type { ConsentState, Loaded, Owner, Written } from './records.js'
import type { Body } from './render.js'
import type { State } from './state.js'
import type { SentTimer } from './think.js'

export type Turn = {
  readonly loaded: Loaded
  drawer: Drawer
  readonly now: Date
  /** What may change, and is written at the end. */
  owner: Owner
  caseId: string | null
  state: State
  person: { language: string | null; country: string | null; city: string | null }
  /** The person's own language, or the first one. */
  readonly language: Language
  readonly timeZone: string
  /** What the messenger says of the person's language, for a first guess. */
  locale?: string | undefined
  readonly consents: Record<string, ConsentState>
  /** What conditions read as `person.…`. */
  view(): Values
  /** Says a message of a flow, and starts these clocks when it was really sent. */
  say(say: Say, timers?: SentTimer[]): void
  /** Says ready words with buttons, as an action or a human does. */
  sayText(
    text: string,
    options?: {
      buttons?: OutButton[]
      author?: 'bot' | 'staff'
      staffId?: string
      fileId?: string
      /** The id of the earlier message that this one answers. */
      answers?: string
    },
  ): void
  /** Carries the new words of an earlier message of ours to the channel. */
  sayAgain(text: string, edits: string, staffId: string): void
  /** Keeps what the person wrote. */
  hear(incoming: Incoming, body: Body | null): void
  /** What came with this turn, words and files, is not kept: it was a secret of theirs. */
  unhear(): void
  /** Files that came with the message become rows; their references can be given to the engine at once. */
  takeFiles(files: IncomingFile[]): FileRef[]
  setTimer(key: string, turn: number, due: Date): void
  cancelTimer(key: string): void
  /** The client's words wait for an answer in this case. */
  waiting: string | null
  /** The chat was cleared: until the person writes again the bot says nothing (S22), and staff's words wait if it was the person who cleared it. */
  quiet: boolean
  /** What is said in this turn is kept out of the case: whoever has it may be whom it is about (S45). */
  apart: boolean
  /** The channel's ids of the message, or of the album, that began this turn. */
  heardKeys: readonly string[]
  /** What went wrong in the engine; the person had the apology, the log gets the name. */
  faults: Error[]
  /** Things to do after the commit, never before. */
  afterwards: (() => void)[]
  /** Tells staff, inside the case, what the client did (the words stand in `console:events.*`). */
  tell(event: 'cleared' | 'left' | 'blocked'): void
  /** A file that we made for the person; `writeOwnFile` writes its content, too. Returns its id. */
  keepOwnFile(file: { kind: 'document' | 'photo'; mime: string; name: string; bytes: number }): string
  /** Leaves nothing behind but the address: the person's state is written as empty. */
  forget(): void
  /** Whether `forget` was called: there is nothing to go on with. */
  readonly forgotten: boolean
  /** After the person's key was changed: what is said from now on is sealed with the new one. */
  rekey(drawer: Drawer): void
  written(receipt: Written['receipt']): Written
}
