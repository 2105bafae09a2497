/** Begins a turn from what was loaded, and gathers what is to be written of it. */
import { randomUUID } from 'node:crypto'
import { BUTTONS_MAX, CAPTION_MAX, LABEL_MAX, MESSAGE_MAX } from '../limits.js'
import { COUNTRY_TIME_ZONES, isCountry } from '../text/countries.js'
import { isLanguage, type Language } from '../text/languages.js'
import { standingButtons } from './buttons.js'
import type { Incoming } from './channel.js'
import type { InsideHouse } from './inside.js'
import { consentWord } from './notice.js'
import type { FileRow, Loaded, MessageRow } from './records.js'
import { type Body, type Measure, renderSay, split } from './render.js'
import { emptyState, type State, withoutWords } from './state.js'
import type { Turn } from './turn.js'

/** Until somebody has chosen a language: that of their phone or page, else the one that most of them read. */
const firstLanguage = (locale = ''): Language => {
  const [language] = locale.toLowerCase().split(/[-_]/)
  return isLanguage(language) ? language : 'ru'
}

/** What somebody's phone says a file is may be anything; it is looked at once we have it. */
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/

/** Of a message, or of each message of an album. */
const keysOf = ({ messageKey, event }: Incoming): string[] => {
  const files = event.kind === 'files' ? event.files.flatMap((file) => file.messageKey ?? []) : []
  return [...new Set([...(messageKey ? [messageKey] : []), ...files])]
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** Of a channel that does not run just now. */
const NARROWEST: Measure = { text: MESSAGE_MAX, caption: CAPTION_MAX, label: LABEL_MAX, buttons: BUTTONS_MAX }

export function beginTurn(loaded: Loaded, house: InsideHouse): Turn {
  if (!loaded.wrappedKey) throw new Error('This person was erased.')
  const { vault } = house.store
  const { words } = house.mind
  const measure = house.channel(loaded.channel)?.limits ?? NARROWEST
  const now = house.clock()
  const first = vault.drawer(loaded.personId, loaded.wrappedKey)
  const state: State = loaded.state ? first.openJson('conversation.state', loaded.state) : emptyState()
  const messages: MessageRow[] = []
  const files: FileRow[] = []
  const came: { id: string; messageKey: string | undefined }[] = []
  const timers = new Map<string, { key: string; turn: number; due: string }>()
  const cancelled = new Set<string>()
  let forgotten = false
  let heard = false

  /** Who refused, or took it back, is informed and not kept: what they write is gone when the turn is over (S02). */
  const keepsNothing = () =>
    // What colleagues tell the bot is theirs (an unload at the end of a shift, say).
    loaded.role === 'staff' || (['refused', 'withdrawn'].includes(consentWord(turn.consents.case)) && !turn.caseId)

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

  /** `last` is what hangs on the last part only. */
  const addParts = (
    parts: Body[],
    row: Pick<MessageRow, 'author' | 'staff_id' | 'answers'>,
    last: Pick<MessageRow, 'file_id' | 'timer'>,
  ) =>
    parts.forEach((body, index) => {
      addMessage({ direction: 'out', state: 'due', ...row, ...(index === parts.length - 1 ? last : {}) }, body)
    })

  const turn: Turn = {
    loaded,
    drawer: first,
    now,
    owner: loaded.owner,
    caseId: loaded.caseId,
    state,
    person: { language: loaded.language, country: loaded.country, city: loaded.city },
    get language() {
      return isLanguage(turn.person.language) ? turn.person.language : firstLanguage(turn.locale)
    },
    get timeZone() {
      return isCountry(turn.person.country) ? COUNTRY_TIME_ZONES[turn.person.country] : (loaded.groupZone ?? 'UTC')
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
      const standing = say.asks && loaded.role === 'client' ? standingButtons(words, turn.language) : []
      addParts(
        renderSay(say, words, turn.language, measure, standing),
        { author: 'bot' },
        timers ? { timer: timers } : {},
      )
    },
    sayText(text, { buttons = [], author = 'bot', staffId, fileId, answers } = {}) {
      if (turn.quiet && author === 'bot') return
      const parts: Body[] = split(text, measure.text).map((part) => ({ text: part }))
      // Words too long to stand beside a file go before it, as messages of their own.
      if (fileId && text.length > measure.caption) parts.push({ text: '' })
      const last = parts.at(-1)
      if (last && buttons.length > 0) last.buttons = buttons.map((button) => [button])
      addParts(parts, { author, staff_id: staffId ?? null, answers: answers ?? null }, { file_id: fileId ?? null })
    },
    sayAgain(text, edits, staffId) {
      const row = { direction: 'out', author: 'staff', staff_id: staffId, state: 'due' } as const
      addMessage(row, { text: text.slice(0, measure.text), edits })
    },
    hear(incoming, body) {
      const { messageKey: key, event } = incoming
      // A correction belongs to what it corrects, as an answer to what it answers
      const replyTo = event.kind === 'edit' ? event.messageKey : incoming.replyTo
      turn.heardKeys = keysOf(incoming)
      heard = true
      turn.quiet = false
      // Each message on the phone has a row, so that it can be taken away: of an album also what was too large to be taken
      const carried: { id: string | null; messageKey: string | undefined }[] = [...came]
      for (const each of turn.heardKeys)
        if (!carried.some(({ messageKey = key }) => messageKey === each)) carried.push({ id: null, messageKey: each })
      if (carried.length === 0) carried.push({ id: null, messageKey: key })
      carried.forEach(({ id, messageKey = key }, index) => {
        addMessage(
          {
            direction: 'in',
            author: 'client',
            state: 'received',
            file_id: id,
            sent_at: new Date(Math.min(incoming.at.getTime(), now.getTime())).toISOString(),
            channel_key: messageKey ? base64(turn.drawer.seal('message.channel_key', messageKey)) : null,
            // What names an album names its first message
            channel_hash: key ? base64(vault.hash('message', loaded.channel, incoming.address, key)) : null,
            answers_hash: replyTo ? base64(vault.hash('message', loaded.channel, incoming.address, replyTo)) : null,
          },
          index === 0 ? body : { text: '' },
        )
      })
    },
    unhear() {
      for (const row of messages) if (row.direction === 'in') Object.assign(row, { body: null, file_id: null })
      files.splice(0, files.length, ...files.filter(({ state }) => state === 'kept'))
    },
    takeFiles(incoming) {
      return incoming.map((file) => {
        const id = file.stored ?? randomUUID()
        came.push({ id, messageKey: file.messageKey })
        if (!file.stored)
          files.push({
            id,
            kind: file.kind,
            mime: MEDIA_TYPE.test(file.mime) ? file.mime : 'application/octet-stream',
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
    heardKeys: [],
    waiting: null,
    quiet: loaded.addressState === 'quiet' || loaded.addressState === 'cleaned',
    apart: false,
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
      turn.state = emptyState()
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
        now,
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
          case_id: turn.apart ? null : (row.case_id ?? turn.caseId),
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
