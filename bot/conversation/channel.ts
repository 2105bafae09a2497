/**
 * What the heart of the house knows of a channel. An adapter implements `Channel`; it meets the rest of the house only through
 * the `Ports` that it is started with. `adapters/adapter.ts` says what each promises, and its contract tests hold them to it.
 */
import type { FastifyInstance } from 'fastify'

export const CHANNELS = ['telegram', 'web', 'terminal', 'slack'] as const
export type ChannelName = (typeof CHANNELS)[number]

/** A file as the channel announces it: `ref` is fetched later by `Channel.fetchFile`, `stored` is already in our file store. */
export type IncomingFile = {
  kind: 'photo' | 'voice' | 'video' | 'document'
  mime: string
  bytes: number
  name?: string
  ref?: string
  stored?: string
  /** In an album, the message of its own that it stands in: each is taken away by its own key (S20). */
  messageKey?: string
  /** It was brought and not kept: there is no room for it. */
  refused?: true
}

/** A file that comes with its content. `caption` is what the client wrote with it: they may want it given on as it is. */
export type NewFile = { mime: string; name: string; content: Uint8Array; caption?: string }

export type IncomingEvent =
  | { kind: 'text'; text: string }
  /**
   * A pressed button. `messageKey` is the message that carries it; `label` what stood on it, for the history (web); `text` what was
   * written in the form that it opened (`OutButton.form`); `picked` what was picked with the message's `OutPicker`.
   */
  | { kind: 'button'; data: string; messageKey?: string; label?: string; text?: string; picked?: string[] }
  /** `/name argument`; a deep link arrives as `start` with its payload. */
  | { kind: 'command'; name: string; argument: string }
  /** One message or one whole album. */
  | { kind: 'files'; files: IncomingFile[]; text?: string }
  | { kind: 'phone'; phone: string; own: boolean }
  | { kind: 'location'; latitude: number; longitude: number }
  /** An earlier message, named by its `messageKey`, was changed by its writer. */
  | { kind: 'edit'; messageKey: string; text: string }
  /** An earlier message was taken back by its writer. */
  | { kind: 'removed'; messageKey: string }
  /** The person opened our own page in the messenger (Slack's App Home). */
  | { kind: 'home' }
  /** The person blocked us, or let us in again. */
  | { kind: 'blocked' }
  | { kind: 'unblocked' }
  /** The chat has a new id (Telegram: a group became a supergroup). */
  | { kind: 'moved'; to: string }
  /** Something we cannot read (a sticker, a poll, a kind of update newer than we are); answered kindly, never ignored. */
  | { kind: 'unsupported'; what: string }

/** One update of a channel, as `receive` takes it. */
export type Incoming = {
  channel: ChannelName
  /** The channel's own id of the chat. Stored only encrypted, found by its keyed hash. */
  address: string
  /** Unique for each update of this channel; the same update delivered twice has the same key. */
  updateKey: string
  /** The channel's id of the message within the chat; the same message in two updates has the same key. */
  messageKey?: string
  at: Date
  /** What the messenger says of the person's language (an IETF tag), for a first guess only. */
  locale?: string
  /** A group rather than one person's chat. */
  group?: boolean
  /**
   * Who wrote, in a group: the address that this person's own chat with us has, or would have. Absent when the channel does not tell
   * (an anonymous administrator).
   */
  sender?: string
  /** The message in this chat that this one answers. */
  replyTo?: string
  /** Parts of one album that had to be taken one by one carry the same key (Telegram's webhook; see `adapters/telegram/albums.ts`). */
  album?: string
  event: IncomingEvent
}

/** Words that a channel with forms asks for when the button is pressed. All texts are in the reader's language. */
export type OutForm = { title: string; label: string; send: string; max: number; text?: string }

/**
 * `data` comes back when it is pressed; `url` opens a page. With `form`, a channel that has forms asks for words first, and they come
 * back with the data; on others the press comes back without words.
 */
export type OutButton = { label: string; data: string; form?: OutForm } | { label: string; url: string }

/**
 * A way to pick the answer: a day, or several options at once. `data` comes back as that of a button, with the day (YYYY-MM-DD) or the
 * options' values as `picked`. A channel that has no such thing leaves it out; text and buttons ask the same. All texts are in the
 * reader's language.
 */
export type OutPicker =
  | { kind: 'date'; data: string; placeholder: string }
  | {
      kind: 'several'
      data: string
      label: string
      placeholder: string
      /** On the button that sends what was picked. */
      send: string
      options: { label: string; value: string; picked?: boolean }[]
      /** The data of the buttons that do the same one by one: who shows the picker leaves them out. */
      replaces: string[]
    }

export type OutFile = {
  id: string
  kind: 'photo' | 'voice' | 'video' | 'document'
  mime: string
  name: string
  content: Uint8Array
}

/** One message to send, whole: the adapter neither splits nor shortens it (`limits` were kept before). */
export type Outbound = {
  /** Our own id of the message; the same on every attempt. */
  id: string
  address: string
  /** Plain text; the channel must not interpret any of it as markup. */
  text: string
  /** Rows of buttons. */
  buttons?: OutButton[][]
  /** The channel's own button that shares a phone number or a place, with its words. */
  request?: { kind: 'phone' | 'location'; label: string }
  picker?: OutPicker
  file?: OutFile
  replyTo?: string
  /** Change this earlier message instead of sending a new one. */
  edits?: string
  /** An earlier attempt may have arrived although no answer came: a channel that can find out does so before it sends again. */
  again?: boolean
  /** Not to be forwarded or saved by whoever reads it, where the channel can see to that (S23). */
  guarded?: boolean
}

/**
 * The staff's side of a channel: groups in which each case has a place of its own (a topic, a thread). The place's address is used with
 * `send` and `remove` like any other.
 */
export interface Rooms {
  /** What this group still lacks before cases can be shown in it; empty when all is well. Their words are `rooms:lacking.<code>`. */
  check(group: string): Promise<string[]>
  /** Opens a place and puts its first message there. Throws `DeliveryError`, as `send` does; `gone` means the group. */
  open(group: string, title: string, first: Omit<Outbound, 'address' | 'edits'>): Promise<Sent & { address: string }>
  /** Nothing more is to be written there, it can still be read; or the other way round. Resolves also when it is already so, or gone. */
  setOpen(address: string, open: boolean): Promise<void>
  /** Takes the place away, with the messages that have these keys. Resolves also when it is already gone. */
  remove(address: string, messageKeys: readonly string[]): Promise<void>
  /**
   * Puts a person out of the group; `member` is the address of their own chat with us. Resolves also when they are not in it. Throws
   * `DeliveryError`; `refused` when we may not, and somebody has to do it by hand (S24).
   */
  dismiss(group: string, member: string): Promise<void>
}

/** The code of a `refused` from `send`: this place of a case is gone, its group is not. */
export const PLACE_GONE = 'PLACE_GONE'

export type Sent = { messageKey: string }

/** Why a message could not be delivered, and what to do about it. Anything else that `send` throws is retried. */
export class DeliveryError extends Error {
  constructor(
    /** `retry`: again at `retryAt`; `refused`: never, staff see it; `gone`: the address is no more; `moved`: the chat is now `to`. */
    readonly policy: 'retry' | 'refused' | 'gone' | 'moved',
    /** A stable name without content, e.g. `TELEGRAM_429`; the only part that is logged. */
    readonly code: string,
    readonly detail: { retryAfterMs?: number; to?: string } = {},
  ) {
    super(code)
  }
}

export type Limits = {
  /** Longest text of one message, in UTF-16 code units. */
  text: number
  /** Longest text beside a file. */
  caption: number
  /** Longest label of a button. */
  label: number
  buttonDataBytes: number
  buttons: number
  fileBytesIn: number
  fileBytesOut: number
  /** How long after it was said a message can be taken away; absent: as long as it stands there. */
  removableMs?: number
}

/** How fast a channel lets us speak. */
export type Budget = { perSecond: number; perChatPerSecond: number; perGroupPerMinute: number }

export type ChannelHealth = {
  state: 'up' | 'starting' | 'down' | 'off'
  /** One sentence for whoever looks after the installation. */
  sentence: string
  /** Nothing comes in, but what we send arrives (another program reads our updates, say). */
  sends?: boolean
}

export type HistoryItem = {
  id: number
  /** The channel's key of the message: how a page knows its own message again, and which message a pressed button names. */
  messageKey?: string
  /** `in` is the person's own message. */
  direction: 'in' | 'out'
  author: 'client' | 'bot' | 'staff'
  text: string
  buttons?: OutButton[][]
  request?: { kind: 'phone' | 'location'; label: string }
  file?: { id: string; kind: OutFile['kind']; mime: string; name: string; bytes: number }
  at: Date
}

/** The doors through which an adapter reaches the house. */
export type Ports = {
  /** Resolves when the update is committed: only then may the channel be told that we have it. Rejects when it is not. */
  receive(incoming: Incoming): Promise<void>
  /** The messages of one address after `after` (an item's id), oldest first; for channels that draw the conversation themselves. */
  history(channel: ChannelName, address: string, after: number): Promise<HistoryItem[]>
  /** Keeps an uploaded file (encrypted) for this address; returns its id. Throws `UserError` when it is too large or not allowed. */
  keepFile(channel: ChannelName, address: string, file: NewFile): Promise<string>
  /** A file that belongs to this address's own conversation; `undefined` for any other. */
  readFile(channel: ChannelName, address: string, id: string): Promise<OutFile | undefined>
}

export interface Channel {
  readonly name: ChannelName
  readonly limits: Limits
  readonly budget: Budget
  /** Adds the channel's pages or webhook to the server, before it listens. */
  routes?(app: FastifyInstance, ports: Ports): void
  /** Begins to take updates. Never throws because the other side is away: that is a matter of `health`. */
  start(ports: Ports): Promise<void>
  send(message: Outbound): Promise<Sent>
  /** The message just sent now stands in the history; for channels whose reader looks there. */
  settled?(address: string): void
  /** Takes a message away on both sides; resolves also when it is already gone. */
  remove?(address: string, messageKey: string): Promise<void>
  /**
   * Takes several messages of one address away at once, any number of them; resolves also for those already gone. When one may not be
   * taken away any more, the others may be left too: then each is to be tried by itself.
   *
   * @throws {DeliveryError}
   */
  removeMany?(address: string, messageKeys: readonly string[]): Promise<void>
  /** The content of a file announced with `ref`. Throws `DeliveryError`. */
  fetchFile?(ref: string): Promise<Uint8Array>
  /** Present where staff can work together in groups. */
  readonly rooms?: Rooms
  /** Draws our own page for this person in the messenger, where there is one. Throws `DeliveryError`. */
  showHome?(address: string, page: Pick<Outbound, 'text' | 'buttons'>): Promise<void>
  /** Opens our own chat and begins there with these words; `undefined` while nobody knows what we are called. */
  linkTo?(words: string): string | undefined
  health(): ChannelHealth
  stop(): Promise<void>
}
