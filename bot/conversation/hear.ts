/** Who answers: the danger guard first, then whoever owns the conversation. */

import { advance } from '../engine/advance.js'
import { audienceOf, isFor } from '../engine/library.js'
import type { Position } from '../engine/position.js'
import { isIdle } from '../engine/position.js'
import type { Event } from '../engine/types.js'
import { meaningOf } from '../engine/vocabulary.js'
import { FILE_MAX_BYTES, FILE_MAX_MEGABYTES } from '../limits.js'
import type { Tx } from '../store/store.js'
import { isCry } from '../text/cries.js'
import { guessLanguage } from '../text/guess-language.js'
import { CASE_BUTTON, labelled, WAITING_BUTTONS } from './buttons.js'
import type { Incoming, IncomingEvent } from './channel.js'
import { ALL, type Left, within } from './file-space.js'
import type { House } from './house.js'
import { isNeutralWord } from './neutral-word.js'
import type { Judgement } from './patience.js'
import { bodyOf, eventOf } from './read-event.js'
import { contextOf, NeedsTransaction, think } from './think.js'
import type { Turn } from './turn.js'
import { sayUntaken } from './untaken.js'
import { isWayOut } from './ways-out.js'

/** The command that clears the chat. */
const CLEARS = 'panic'

/** What the person may still do now. */
export type Allowance = { pace: Judgement; left: Left }

/** Lets the right one answer. @throws NeedsTransaction when that takes one and `tx` is missing */
export async function hearIncoming(
  turn: Turn,
  house: House,
  incoming: Incoming,
  { pace, left }: Allowance,
  tx: Tx | undefined,
): Promise<void> {
  const { event } = incoming
  // What a person takes back has been read; nobody answers that.
  if (event.kind === 'removed') return
  turn.locale = incoming.locale
  const written = 'text' in event && event.text ? event.text : undefined
  // Before everything else, and without a trace of the word
  if (written && isNeutralWord(turn, house.store.vault, written)) {
    turn.hear(incoming, null)
    return command(turn, house, CLEARS, '', tx)
  }
  const sent = event.kind === 'files' ? event.files : []
  // Slack keeps everything that begins with a slash to itself, so there a code is written without it. Its random letters are no words.
  const [, way, code] = event.kind === 'text' ? (TYPED_CODE.exec(event.text) ?? []) : []
  const cries = written !== undefined && !code && house.guard.suspects(written, turn)
  const small = sent.filter(({ bytes }) => bytes <= FILE_MAX_BYTES)
  // The file of somebody in danger is taken, however many there were
  const files = turn.takeFiles(within(cries ? ALL : left, small))
  turn.hear(incoming, bodyOf(event))

  // The later parts of an album belong to the first: kept, but not answered again.
  const repeated = incoming.album !== undefined && turn.state.album === incoming.album
  if (incoming.album) turn.state.album = incoming.album

  // Until a language is chosen, the one that they write speaks louder than that of their phone
  if (written && !turn.person.language) {
    const [guess] = guessLanguage(written)
    if (guess?.sure) turn.locale = guess.language
  }
  if (cries) {
    if (!tx) throw new NeedsTransaction()
    if (await house.guard.handle(written, turn, tx)) return
  }
  // Too fast for the bot; a human reads everything all the same, and words of danger have passed already.
  if (pace !== 'ok' && turn.owner === 'bot' && !isWayOut(event)) {
    if (pace === 'note') turn.say({ text: { key: 'common:slowDown' } })
    return
  }
  if (event.kind === 'location') turn.say({ text: { key: 'common:roughPlace' } })
  if (event.kind === 'unsupported') return turn.say({ text: { key: 'common:unsupported' } })
  if (event.kind === 'command') return command(turn, house, event.name, event.argument, tx)
  if (way && code) return command(turn, house, way.toLowerCase(), code, tx)

  if (files.length < small.length) sayUntaken(turn, left.why)
  if (repeated) {
    if (turn.owner !== 'bot') turn.waiting = turn.caseId
    return
  }
  if (small.length < sent.length) sayUntaken(turn, 'fileTooBig', { megabytes: FILE_MAX_MEGABYTES })
  // Nothing else came with it: the question that is open stays as it is.
  if (files.length < sent.length && files.length === 0 && !written) return
  const said = eventOf(incoming, files, house)
  if (!isBots(turn)) return withHuman(turn, house, event, said, tx)
  // The stars under a closed case say thanks, and leave the open question as it is.
  return said.kind === 'interrupt' ? beside(turn, house, said, tx) : think(turn, house.mind, said, tx)
}

const isBots = ({ owner }: Turn): boolean => owner === 'bot' || owner === 'nobody'

/**
 * Whoever waits for a human, or has one, may still use the bot's buttons; their words are for the human. Until one is there, the bot may
 * have something to say beside.
 */
async function withHuman(turn: Turn, house: House, event: IncomingEvent, said: Event, tx: Tx | undefined) {
  if (event.kind === 'button') {
    if (turn.state.aside || leadsIntoFlow(event.data)) return beside(turn, house, said, tx)
    return turn.say({ text: { key: 'common:withHuman' }, buttons: [CASE_BUTTON] })
  }
  // Who only waits may still use the menu by its words; once a human is there, every word is theirs.
  if (turn.owner === 'queue' && event.kind === 'text') {
    const meaning = meaningOf(house.mind.library, contextOf(turn, house.mind.words), 'client', event.text)
    if (meaning?.kind === 'flow') return beside(turn, house, { kind: 'interrupt', flow: meaning.flow }, tx)
  }
  if (turn.state.aside && (keepsToItself(turn.state.aside, house) || answersAside(turn, house, said)))
    return beside(turn, house, said, tx)
  // Words are for the human, even when a menu is open beside: the bot does not answer over them.
  const asked = turn.state.aside === null && event.kind === 'text' ? event.text : undefined
  turn.state.aside = null
  // Nobody who cries for help is met with silence.
  if (asked && isCry(asked)) turn.state.passedOn = 0
  const wanted = turn.owner === 'queue' && asked && !house.guard.suspects(asked, turn)
  relay(turn, house, wanted ? house.helper.beside(asked, turn) : undefined)
}

/** Buttons that lead into a flow whatever is open, as the engine knows them. */
const leadsIntoFlow = (data: string): boolean => data.startsWith('go:')

/** Who waits is told that the words arrived, but not after every line. */
const PASSED_ON_EVERY_MS = 10 * 60_000

/** To a human: the words are kept with the case, and whoever watches it is woken after the commit. `beside` may help meanwhile. */
function relay(turn: Turn, house: House, beside: string | undefined): void {
  turn.waiting = turn.caseId
  if (turn.owner !== 'queue') return
  if (turn.now.getTime() - (turn.state.passedOn ?? 0) >= PASSED_ON_EVERY_MS) {
    turn.state.passedOn = turn.now.getTime()
    turn.say({ text: { key: 'common:passedOn' }, ...(beside ? {} : { buttons: [...WAITING_BUTTONS] }) })
  }
  if (beside) turn.sayText(beside, { buttons: labelled(WAITING_BUTTONS, house.mind.words, turn.language) })
}

/** `connect ABCD-1234`, or `join`, as the desk says to write it. */
const TYPED_CODE = /^\/?(connect|join)\s+([A-Z0-9]{4}-?[A-Z0-9]{4})\s*$/i

/** A link into a flow: `connect_ABCD1234` begins `connect` with those words. */
const DEEP_LINK = /^([a-z]{1,20})_([\w-]{1,60})$/

/** What the screen in a room of training leads to: the whole token is for the check-in of whoever is a worker (`c1_…`). */
const CHECK_IN = { link: /^c1_[\w-]{1,61}$/, command: 'checkin' }

/** The flow that a command begins for this person; one that is not theirs leads to the beginning, or to the menu. */
function flowOf(turn: Turn, { mind: { library }, defaultFlow }: House, name: string): string {
  const audience = audienceOf(turn.loaded.role)
  const named = library.commands.get(name)
  if (named !== undefined && isFor(library.newest(named), audience)) return named
  if (audience === 'client') return name === 'start' ? defaultFlow : 'menu'
  return library.defaultOf(audience)?.name ?? defaultFlow
}

/** A command works always; while a human owns the conversation it opens a talk beside, and the human's stays as it is. */
async function command(turn: Turn, house: House, name: string, argument: string, tx: Tx | undefined): Promise<void> {
  const { library } = house.mind
  if (name === 'start' && CHECK_IN.link.test(argument) && audienceOf(turn.loaded.role) === 'worker')
    return command(turn, house, CHECK_IN.command, argument, tx)
  const [, linked = '', said = ''] = name === 'start' ? (DEEP_LINK.exec(argument) ?? []) : []
  if (library.commands.has(linked)) return command(turn, house, linked, said, tx)
  const flow = flowOf(turn, house, name)
  const input = argument ? { said: argument } : {}
  if (!isBots(turn)) return beside(turn, house, { kind: 'start', flow: name === 'start' ? 'menu' : flow, input }, tx)
  // Asked for again, a flow takes the place of itself: it does not come back to its own old question
  const again = turn.state.position?.frames[0]?.flow === flow
  const fresh = name === 'start' || again || !turn.state.position || !library.newest(flow)?.interrupt
  // Without consent nothing but the beginning may ask anything; what only informs may be read by everybody.
  return think(turn, house.mind, { kind: fresh ? 'start' : 'interrupt', flow, input }, tx)
}

/** Whether the question beside can read this as its answer. Thinking is pure: nothing has happened by asking. */
function answersAside(turn: Turn, house: House, event: Event): boolean {
  const { position } = advance(house.mind.library, turn.state.aside, event, contextOf(turn, house.mind.words))
  return !position.frames.at(-1)?.open?.wrong
}

/** Whether the question beside takes whatever is written, in a talk of which nothing is kept: then it goes to nobody else. */
function keepsToItself({ frames }: Position, { mind: { library } }: House): boolean {
  const frame = frames.at(-1)
  const flow = frame && library.version(frame.flow, frame.version)
  const step = flow?.byId.get(frame?.at ?? '')
  return flow?.traceless === true && step?.form === 'ask' && step.kind.kind === 'text'
}

/** In a talk of its own, beside the one that is open. */
async function beside(turn: Turn, house: House, event: Event, tx: Tx | undefined): Promise<void> {
  const kept = turn.state.position
  const wasApart = isApart(turn.state.aside, house)
  await think(turn, house.mind, event, tx, 'aside')
  turn.apart = wasApart || isApart(turn.state.aside, house)
  if (turn.state.aside && isIdle(turn.state.aside)) turn.state.aside = null
  // A talk beside may give the conversation back to the bot; then the bot goes on where it was, in its own talk.
  if (turn.forgotten) return
  if (turn.owner === 'bot' && turn.loaded.owner !== 'bot') {
    turn.state.aside = null
    turn.state.position = kept
    if (kept) await think(turn, house.mind, { kind: 'resume' }, tx)
  }
}

const isApart = (position: Position | null, house: House): boolean =>
  position?.frames.some(({ flow }) => house.mind.library.newest(flow)?.apart) ?? false
