/** Words of danger come before everything: numbers at once, an urgent case, and whatever was open waits (S38). */
import { CASE_BUTTON, HUMAN_BUTTON } from '../conversation/buttons.js'
import type { IncomingEvent } from '../conversation/channel.js'
import type { Guard } from '../conversation/house.js'
import { remember } from '../conversation/memory.js'
import type { Turn } from '../conversation/turn.js'
import { isWayOut } from '../conversation/ways-out.js'
import type { Words } from '../conversation/words.js'
import { type DangerKind, detectDanger } from '../danger/detect.js'
import { dangerMessage } from '../danger/message.js'
import { count } from '../store/counters.js'
import type { Tx } from '../store/store.js'
import { isCountry } from '../text/countries.js'
import { openCase } from './cases.js'

type Help = { kind: DangerKind | 'sos'; question: string }

/**
 * Says whom to call, and calls a human. A person who refused to be kept gets the numbers and the way to a human, no case (S02).
 * Before anybody was asked for consent a case is opened all the same: it is about their life, and they have just told us.
 */
export async function help(turn: Turn, tx: Tx, words: Words, { kind, question }: Help): Promise<void> {
  const refused = turn.view().consent === 'refused'
  const withHuman = turn.owner === 'human'
  const country = isCountry(turn.person.country) ? turn.person.country : undefined
  turn.sayText(
    dangerMessage({
      kind,
      country,
      language: turn.language,
      say: (key, values) => words.say(turn.language, key, values),
    }),
  )
  turn.state.helpedAt = turn.now.getTime()
  turn.state.helpedWith = kind
  // We asked them to write: their next words are answered, even if somebody was told a minute ago that words arrive.
  turn.state.passedOn = 0
  await count(tx, turn.now, `danger-${kind}`, country ?? null)
  if (refused) {
    remember(turn, { danger: kind, question })
    turn.say({ text: { key: 'desk:urgentRefused' }, buttons: [HUMAN_BUTTON] })
    return
  }
  await openCase(turn, tx, { urgency: 'urgent', danger: kind, question, shown: [] })
  // The human who is there reads it; the numbers are all that the bot has to add.
  if (!withHuman) turn.say({ text: { key: 'desk:urgentOpened' }, buttons: [CASE_BUTTON] })
}

/** In fear people write line after line; the same help is said again only after a while, and other help at once. */
const AGAIN_AFTER_MS = 10 * 60_000

const toldJustNow = ({ caseId, state, now }: Turn, kind: DangerKind): boolean =>
  caseId !== null && state.helpedWith === kind && now.getTime() - (state.helpedAt ?? 0) < AGAIN_AFTER_MS

/** For limits: cries for help, and the ways out, pass every one of them (S33). */
export const isUrgentEvent = (event: IncomingEvent): boolean =>
  isWayOut(event) || ('text' in event && detectDanger(event.text ?? '') !== null)

export function dangerGuard(words: Words): Guard {
  return {
    suspects: (text, { loaded }) => loaded.role === 'client' && detectDanger(text) !== null,
    async handle(text, turn, tx) {
      const danger = detectDanger(text)
      if (!danger || toldJustNow(turn, danger.kind)) return false
      await help(turn, tx, words, { kind: danger.kind, question: text })
      return true
    },
  }
}
