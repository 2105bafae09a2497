/** The log of the house while it is thrown at: nothing of anybody may stand in it, and what it warns of has to be foreseen. */
import type { Log } from '../../bot/conversation/house.js'
import { CANARIES } from './words.js'

/** Warnings that are no fault of ours: the other side refused, or somebody did what nobody should. */
const FORESEEN = [
  'A message was not delivered.',
  'A message could not be taken away on the channel’s side.',
  'A file could not be fetched.',
  'A form did not open.',
  // What is refused for ever shows by itself: it is never taken
  'Messages wait; they are offered again.',
  'A group could not be answered.',
  'Somebody who is not on the staff list wrote in a staff group.',
  'A case could not be shown in a staff group.',
  'Something could not be shown in a staff group.',
]

export function createWatchedLog() {
  const seen = new Map<string, number>()
  const faults: string[] = []
  const take = (level: 'info' | 'warn') => (fields: Record<string, unknown>, message: string) => {
    const line = `${level} ${message} ${JSON.stringify(fields)}`
    const kind = `${message} ${fields.code ?? ''} ${fields.policy ?? ''}`.trim()
    seen.set(kind, (seen.get(kind) ?? 0) + 1)
    if (CANARIES.some((word) => line.includes(word))) faults.push(`The log holds words of somebody: ${line}`)
    if (level === 'warn' && !FORESEEN.includes(message)) faults.push(`The house warns of a fault of its own: ${line}`)
  }
  const log: Log = { info: take('info'), warn: take('warn') }
  return {
    log,
    /** How often each kind of line came. */
    seen,
    /** What came since the last look that must not come. */
    faults: () => faults.splice(0),
  }
}
