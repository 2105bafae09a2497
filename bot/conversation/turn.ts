/** A turn: one message's worth of change to one conversation, gathered in memory and written at once. */
import { randomUUID } from 'node:crypto'
import type { Position } from '../engine/position.js'
import type { FileRef, Json, Say, Values } from '../engine/types.js'
import type { Drawer, Vault } from '../store/vault.js'
import { COUNTRY_TIME_ZONES, isCountry } from '../text/countries.js'
import { isLanguage, type Language } from '../text/languages.js'
import type { Incoming, IncomingFile, OutButton } from './channel.js'
import { NOTICE_VERSION } from './notice.js'
import type { ConsentState, FileRow, Loaded, MessageRow, Owner, Written } from './records.js'
import { type Body, type Measure, renderSay, split } from './render.js'
import type { SentTimer } from './think.js'
import type { Words } from './words.js'

/** The encrypted part of a conversation. `aside` is a flow that runs while a human owns the conversation (a privacy request, say). */
export type State = {
  position: Position | null
  aside: Position | null
  /** When the person was last told that their words wait for a human (milliseconds since 1970). */
  passedOn?: number
  /** When help in danger was last shown (milliseconds since 1970). */
  helpedAt?: number
  /** The album whose first part was answered. */
  album?: string
  /** What was asked and shown, for the human who takes over. */
  memory?: { question: string; shown: string[]; topic?: string | undefined; danger?: string | undefined }
}

/** Who is spoken to before they have chosen a language. */
export const FIRST_LANGUAGE: Language = 'ru'

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
    options?: { buttons?: OutButton[]; author?: 'bot' | 'staff'; staffId?: string; fileId?: string },
  ): void
  /** Keeps what the person wrote. */
  hear(incoming: Incoming, body: Body | null): void
  /** Files that came with the message become rows; their references can be given to the engine at once. */
  takeFiles(files: IncomingFile[]): FileRef[]
  setTimer(key: string, turn: number, due: Date): void
  cancelTimer(key: string): void
  /** The client's words wait for an answer in this case. */
  waiting: string | null
  /** The person cleared the chat: until they write again the bot says nothing, and staff's words wait (S22). */
  quiet: boolean
  /** The channel's id of the message that began this turn. */
  heardKey?: string | undefined
  /** What went wrong in the engine; the person had the apology, the log gets the name. */
  faults: Error[]
  /** Things to do after the commit, never before. */
  afterwards: (() => void)[]
  /** Tells staff, inside the case, what the client did (the words stand in `console:events.*`). */
  tell(event: 'cleared' | 'left' | 'blocked'): void
  /** A file that we made for the person; its content is written by the caller. Returns its id. */
  keepOwnFile(file: { kind: 'document'; mime: string; name: string; bytes: number }): string
  /** Leaves nothing behind but the address: the person's state is written as empty. */
  forget(): void
  /** Whether `forget` was called: there is nothing to go on with. */
  readonly forgotten: boolean
  /** After the person's key was changed: what is said from now on is sealed with the new one. */
  rekey(drawer: Drawer): void
  written(receipt: Written['receipt']): Written
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export function beginTurn(loaded: Loaded, house: { vault: Vault; words: Words; measure: Measure; now: Date }): Turn {
  if (!loaded.wrappedKey) throw new Error('This person was erased.')
  const first = house.vault.drawer(loaded.personId, loaded.wrappedKey)
  const state: State = loaded.state
    ? first.openJson('conversation.state', loaded.state)
    : { position: null, aside: null }
  const messages: MessageRow[] = []
  const files: FileRow[] = []
  const came: string[] = []
  const timers = new Map<string, { key: string; turn: number; due: string }>()
  const cancelled = new Set<string>()
  let forgotten = false
  let heard = false

  /** Who refused, or took it back, is informed and not kept: what they write is gone when the turn is over (S02). */
  const keepsNothing = () => ['refused', 'withdrawn'].includes(consentWord(turn.consents.case)) && !turn.caseId

  const addMessage = (
    row: Partial<MessageRow> & Pick<MessageRow, 'direction' | 'author' | 'state'>,
    body: Body | null,
  ) => {
    messages.push({
      case_id: turn.caseId,
      body: body ? base64(turn.drawer.sealJson('message.body', body)) : null,
      ...row,
    })
  }

  const turn: Turn = {
    loaded,
    drawer: first,
    now: house.now,
    owner: loaded.owner,
    caseId: loaded.caseId,
    state,
    person: { language: loaded.language, country: loaded.country, city: loaded.city },
    get language() {
      return isLanguage(turn.person.language) ? turn.person.language : FIRST_LANGUAGE
    },
    get timeZone() {
      return isCountry(turn.person.country) ? COUNTRY_TIME_ZONES[turn.person.country] : 'UTC'
    },
    consents: loaded.consents ?? {},
    view: () => ({
      role: loaded.role,
      channel: loaded.channel,
      owner: turn.owner,
      language: turn.person.language ?? '',
      country: turn.person.country ?? '',
      city: turn.person.city ?? '',
      hasCase: turn.caseId !== null,
      consent: consentWord(turn.consents.case),
    }),
    say(say, timers) {
      if (turn.quiet) return
      const standing = say.asks && loaded.role === 'client' ? standingButtons(house.words, turn.language) : []
      const parts = renderSay(say, house.words, turn.language, house.measure, standing)
      parts.forEach((body, index) => {
        const last = index === parts.length - 1
        addMessage(
          { direction: 'out', author: 'bot', state: 'due', ...(last && timers ? { timer: timers } : {}) },
          body,
        )
      })
    },
    sayText(text, { buttons = [], author = 'bot', staffId, fileId } = {}) {
      if (turn.quiet && author === 'bot') return
      const parts = split(text, house.measure.text)
      parts.forEach((part, index) => {
        const last = index === parts.length - 1
        const body = {
          text: part,
          ...(last && buttons.length > 0 ? { buttons: buttons.map((button) => [button]) } : {}),
        }
        addMessage(
          {
            direction: 'out',
            author,
            state: 'due',
            staff_id: staffId ?? null,
            file_id: last ? (fileId ?? null) : null,
          },
          body,
        )
      })
    },
    hear(incoming, body) {
      const key = incoming.messageKey
      turn.heardKey = key
      heard = true
      turn.quiet = false
      const carried = came.length > 0 ? came : [null]
      carried.forEach((file_id, index) => {
        addMessage(
          {
            direction: 'in',
            author: 'client',
            state: 'received',
            file_id,
            channel_key: key ? base64(turn.drawer.seal('message.channel_key', key)) : null,
            channel_hash: key ? base64(house.vault.hash('message', loaded.channel, incoming.address, key)) : null,
          },
          index === 0 ? body : { text: '' },
        )
      })
    },
    takeFiles(incoming) {
      return incoming.map((file) => {
        const id = file.stored ?? randomUUID()
        came.push(id)
        if (!file.stored)
          files.push({
            id,
            kind: file.kind,
            mime: file.mime,
            bytes: file.bytes,
            name: file.name ? base64(turn.drawer.seal('file.name', file.name)) : null,
            ref: file.ref ? base64(turn.drawer.seal('file.ref', file.ref)) : null,
            state: 'wanted',
          })
        return { id, kind: file.kind, mime: file.mime, bytes: file.bytes, ...(file.name ? { name: file.name } : {}) }
      })
    },
    setTimer(key, turnNumber, due) {
      cancelled.delete(key)
      timers.set(key, { key, turn: turnNumber, due: due.toISOString() })
    },
    cancelTimer(key) {
      timers.delete(key)
      cancelled.add(key)
    },
    waiting: null,
    quiet: loaded.addressState === 'quiet',
    faults: [],
    afterwards: [],
    tell(event) {
      addMessage({ direction: 'in', author: 'bot', state: 'received' }, { text: '', event })
    },
    keepOwnFile({ kind, mime, name, bytes }) {
      const id = randomUUID()
      const sealed = base64(turn.drawer.seal('file.name', name))
      files.push({ id, kind, mime, bytes, name: sealed, ref: null, state: 'kept' })
      return id
    },
    get forgotten() {
      return forgotten
    },
    forget() {
      forgotten = true
      messages.length = 0
      files.length = 0
      came.length = 0
      turn.state = { position: null, aside: null }
      turn.person = { language: null, country: null, city: null }
      turn.owner = 'bot'
      turn.caseId = null
    },
    rekey(drawer) {
      turn.drawer = drawer
    },
    written(receipt) {
      const { position } = turn.state
      return {
        loaded,
        now: house.now,
        receipt,
        owner: turn.owner,
        caseId: turn.caseId,
        state: forgotten
          ? null
          : turn.drawer.sealJson('conversation.state', keepsNothing() ? withoutWords(turn.state) : turn.state),
        flow: position?.flow ?? null,
        version: position?.version ?? null,
        person: turn.person,
        // What was said before the case was opened in this turn belongs to it too.
        messages: messages.map((row) => ({
          ...row,
          case_id: row.case_id ?? turn.caseId,
          ...(row.direction === 'in' && keepsNothing() ? { body: null, file_id: null } : {}),
        })),
        // A page that we made for the person themselves is theirs all the same.
        files: keepsNothing() ? files.filter(({ state }) => state === 'kept') : files,
        timers: [...timers.values()],
        cancelled: [...cancelled],
        waiting: turn.waiting,
        addressState: heard ? (turn.quiet ? 'quiet' : 'open') : null,
      }
    },
  }
  return turn
}

/** The same place in the talk, without what was said there. */
function withoutWords(state: State): State {
  const { memory, ...rest } = state
  const silent = <P extends Position | null>(position: P): P =>
    position && {
      ...position,
      frames: position.frames.map(({ said: _said, input: _input, ...frame }) => ({
        ...frame,
        answers: Object.fromEntries(
          Object.entries(frame.answers).map(([step, answer]) => [step, hasText(answer) ? { text: '' } : answer]),
        ),
      })),
    }
  return {
    ...rest,
    // That there was danger must not be forgotten before a human could be called.
    ...(memory?.danger ? { memory: { question: '', shown: [], danger: memory.danger } } : {}),
    position: silent(state.position),
    aside: silent(state.aside),
  }
}

const hasText = (answer: Json): boolean =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer) && typeof answer.text === 'string'

/** Empty: not asked yet, or asked with an older text. */
const consentWord = (consent: ConsentState | undefined): string => {
  if (consent?.version !== NOTICE_VERSION) return ''
  if (consent.withdrawn) return 'withdrawn'
  return consent.given ? 'given' : 'refused'
}

/** Under every question: the way out and the way to help (S38). */
const standingButtons = (words: Words, language: Language): OutButton[] => [
  { label: words.say(language, 'common:menuButton'), data: 'go:menu' },
  { label: words.say(language, 'danger:sosButton'), data: 'go:sos' },
]
