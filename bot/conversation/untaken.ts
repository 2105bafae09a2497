/** What is said to whoever sent a file that is not kept: never nothing, and not once for each picture of an album. */
import type { Turn } from './turn.js'

const SAID_EVERY_MS = 30_000

/** `key` is the text `errors:<key>`. */
export function sayUntaken(turn: Turn, key: string, values?: Record<string, string | number>): void {
  const { untaken } = turn.state
  const now = turn.now.getTime()
  if (untaken?.key === key && now - untaken.at < SAID_EVERY_MS) return
  turn.state.untaken = { key, at: now }
  turn.say({ text: values ? { key: `errors:${key}`, values } : { key: `errors:${key}` } })
}
