/** Lets the engine think about one event and carries out what it wants: words, timers, actions. */
import { advance } from '../engine/advance.js'
import { entranceOf } from '../engine/entrance.js'
import type { Library } from '../engine/library.js'
import type { Context, Effect, Event, Json } from '../engine/types.js'
import type { Tx } from '../store/store.js'
import type { Language } from '../text/languages.js'
import { type Action, Refusal } from './action.js'
import { type Begun, type DraftKeeper, draftsOf } from './drafts.js'
import { planRemovalOfHeard } from './removals.js'
import type { Turn } from './turn.js'
import { fetchVersion, unknownIn } from './versions.js'
import type { Words } from './words.js'

/** A turn that calls more actions than this is going in a circle. */
const MAX_ACTIONS = 20

export type Mind = {
  library: Library
  actions: ReadonlyMap<string, Action>
  words: Words
  drafts?: readonly DraftKeeper[]
}

/** What a question leaves with its message: the clock starts when it was really sent. */
export type SentTimer = { key: string; turn: number; afterMs: number }

/** Which of the two talks of a conversation thinks: the main one, or the one beside a human's. */
export type Talk = 'position' | 'aside'

/** Thrown when a turn needs an open transaction; the caller begins again inside one. Nothing was done yet. */
export class NeedsTransaction extends Error {}

/** One function for each language, always the same: the engine keeps what it has read by it. */
const lookups = new WeakMap<Words, Map<Language, Context['words']>>()

function wordsIn(words: Words, language: Language): Context['words'] {
  const known = lookups.get(words) ?? new Map<Language, Context['words']>()
  lookups.set(words, known)
  const lookup = known.get(language) ?? ((key, values) => words.find(language, key, values))
  known.set(language, lookup)
  return lookup
}

/** What the flow that is entered begins with. */
type Beginning = Pick<Context, 'draft' | 'begins'>

export const contextOf = (turn: Turn, words: Words, beginning: Beginning = {}): Context => ({
  language: turn.language,
  now: turn.now.getTime(),
  timeZone: turn.timeZone,
  words: wordsIn(words, turn.language),
  person: turn.view(),
  ...beginning,
})

/**
 * Runs the event to its end. Pure without `tx`, so that it may be run again.
 * @throws NeedsTransaction when an action or a draft is involved and `tx` is missing
 */
export async function think(
  turn: Turn,
  mind: Mind,
  event: Event,
  tx: Tx | undefined,
  talk: Talk = 'position',
): Promise<void> {
  await leaveNoTrace(turn, mind, event, tx, talk)
  let next: Event | undefined = event
  await standOn(turn, mind, tx, talk)
  let beginning = await beginningOf(turn, mind, event, tx)
  for (let actions = 0; next; ) {
    const { position, effects, fault } = advance(
      mind.library,
      turn.state[talk],
      next,
      contextOf(turn, mind.words, beginning),
    )
    turn.state[talk] = position
    if (fault) turn.faults.push(fault)
    // A talk beside a human's ends in silence; it does not begin to guide anew.
    if (talk === 'aside' && position.flow === mind.library.defaultOf('client')?.name) {
      turn.state.aside = null
      return
    }
    next = undefined
    beginning = {}
    for (const effect of inOrder(effects)) {
      if (effect.kind !== 'do') {
        // As soon as a human has the conversation, the bot's own talk goes on in silence: it asks again when it is given back.
        if (talk === 'position' && turn.owner !== 'bot' && effect.kind !== 'draft') continue
        await carryOut(effect, turn, mind, tx)
        continue
      }
      if (!tx) throw new NeedsTransaction()
      if (++actions > MAX_ACTIONS) throw new Error(`More than ${MAX_ACTIONS} actions in one turn: ${effect.action}`)
      next = await act(effect, turn, mind, tx)
    }
  }
}

/** What is said in a traceless flow is gone with the turn: nothing is kept of it, and it is taken out of the chat where the channel lets us. */
async function leaveNoTrace(turn: Turn, mind: Mind, event: Event, tx: Tx | undefined, talk: Talk): Promise<void> {
  if (event.kind !== 'input' && event.kind !== 'edit') return
  if (!turn.state[talk]?.frames.some(({ flow }) => mind.library.newest(flow)?.traceless)) return
  turn.unhear()
  // A press leaves no words in the chat
  if (event.input.kind === 'button') return
  if (!tx) throw new NeedsTransaction()
  await planRemovalOfHeard(tx, turn)
}

/** Timers belong to the message they follow: a question may remind after an hour and give up after three. */
type Spoken =
  | Exclude<Effect, { kind: 'say' }>
  | { kind: 'say'; say: Extract<Effect, { kind: 'say' }>['say']; timers?: SentTimer[] }

function inOrder(effects: Effect[]): Spoken[] {
  const spoken: Spoken[] = effects.filter(({ kind }) => kind !== 'timer') as Spoken[]
  const last = spoken.findLast((effect) => effect.kind === 'say')
  for (const effect of effects) {
    if (effect.kind !== 'timer') continue
    const { key, turn, afterMs } = effect
    if (last?.kind === 'say') last.timers = [...(last.timers ?? []), { key, turn, afterMs }]
    else spoken.push(effect)
  }
  return spoken
}

async function carryOut(
  effect: Exclude<Spoken, { kind: 'do' }>,
  turn: Turn,
  mind: Mind,
  tx: Tx | undefined,
): Promise<void> {
  switch (effect.kind) {
    case 'say':
      return turn.say(effect.say, effect.timers)
    case 'timer':
      return turn.setTimer(effect.key, effect.turn, new Date(turn.now.getTime() + effect.afterMs))
    case 'cancel-timer':
      return turn.cancelTimer(effect.key)
    case 'draft': {
      if (!tx) throw new NeedsTransaction()
      const key = { personId: turn.loaded.personId, flow: effect.flow }
      const answers = turn.drawer.sealJson('draft.answers', effect.answers)
      const until = new Date(turn.now.getTime() + effect.keepMs)
      await tx.draft.upsert({
        where: { personId_flow: key },
        create: { ...key, version: effect.version, answers, until },
        update: { version: effect.version, answers, until },
      })
      return
    }
    case 'end': {
      if (!mind.library.newest(effect.flow)?.draftMs) return
      if (!tx) throw new NeedsTransaction()
      await tx.draft.deleteMany({ where: { personId: turn.loaded.personId, flow: effect.flow } })
      return
    }
  }
}

async function act(effect: Extract<Effect, { kind: 'do' }>, turn: Turn, mind: Mind, tx: Tx): Promise<Event> {
  const action = mind.actions.get(effect.action)
  if (!action) return { kind: 'failed', code: 'unknown' }
  try {
    const output = (await action.run(effect.input, { tx, turn, now: turn.now })) as Json
    return { kind: 'done', output: output ?? null }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'failed', code: error.code }
    throw error
  }
}

/** The versions on which this talk stands are known here. @throws NeedsTransaction */
async function standOn(turn: Turn, { library }: Mind, tx: Tx | undefined, talk: Talk): Promise<void> {
  for (const { flow, version } of unknownIn(library, turn.state[talk])) {
    if (!tx) throw new NeedsTransaction()
    await fetchVersion(tx, library, flow, version)
  }
}

async function beginningOf(turn: Turn, mind: Mind, event: Event, tx: Tx | undefined): Promise<Beginning> {
  const { library } = mind
  const flow = entranceOf(library, turn.state.position, event, contextOf(turn, mind.words))
  if (!flow || !library.newest(flow)?.draftMs) return {}
  if (!tx) throw new NeedsTransaction()
  const drafts = await draftsOf(turn, library, flow, tx)
  const keeper = mind.drafts?.find((each) => each.flow === flow)
  const { answers = {}, versions }: Begun = keeper
    ? await keeper.choose(turn, tx, drafts)
    : { answers: drafts[0]?.answers, versions: [] }
  for (const version of versions)
    if (await fetchVersion(tx, library, flow, version)) return { draft: answers, begins: { flow, version } }
  return { draft: answers }
}
