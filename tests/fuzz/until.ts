/** Waits for what comes by itself; on a machine that others use as well. */
import type { FuzzClock } from './ground.js'

const MOVED_AFTER_MS = 500
const MOVED_BY_MS = 10_000

/** @param clock is moved on meanwhile: what waits for its time has it */
export async function until(
  what: string | (() => string),
  look: () => unknown,
  clock?: FuzzClock,
  withinMs = 30_000,
): Promise<void> {
  const end = Date.now() + withinMs
  let moved = Date.now()
  while (!look()) {
    if (Date.now() > end) throw new Error(`It never came: ${typeof what === 'string' ? what : what()}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
    if (Date.now() > moved + MOVED_AFTER_MS) {
      clock?.forward(MOVED_BY_MS)
      moved = Date.now()
    }
  }
}
