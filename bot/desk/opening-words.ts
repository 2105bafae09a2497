/** After hours: when somebody is there again, in the client's own time and language. */
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import type { Tx } from '../store/store.js'
import { centreOf, timedOf } from './centres.js'
import { filterOf } from './goals-of-case.js'
import { isOpen, nextOpening, openingIn } from './hours/opening.js'

/** `undefined` while the centre of this turn's case is open, and when nobody knows when it opens. */
export async function openingWords(turn: Turn, tx: Tx, words: Words): Promise<string | undefined> {
  const found = turn.caseId ? await tx.case.findUnique({ where: { id: turn.caseId } }) : null
  const centre = await centreOf(tx, found?.centreId ?? null)
  if (!found || !centre) return undefined
  const { hours, zone } = timedOf(centre)
  const now = turn.now.getTime()
  const filter = filterOf(found)
  if (isOpen(hours, zone, now, filter)) return undefined
  const at = nextOpening(hours, zone, now, filter)
  if (at === undefined) return undefined
  const { day, date, time } = openingIn(at, now, turn.timeZone)
  const key = day === 'today' || day === 'tomorrow' ? day : 'date'
  return words.say(turn.language, `desk:when.${key}`, { date: words.date(turn.language, date), time })
}
