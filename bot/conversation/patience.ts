/** How much one person may write before the bot asks them to slow down; nothing is dropped in silence (S33). */

import { putNewest } from '../newest.js'

/** A person in a hurry sends a few lines at once; forty within a minute is a machine, or a stuck key. */
const BURST = 30
const PER_SECOND = 0.5
/** The note itself must not become a flood. */
const NOTE_EVERY_MS = 30_000
/** More who write at once are not remembered: the oldest of them begin anew. */
export const KEPT_MAX = 20_000

type Level = { left: number; at: number; notedAt: number }

/** `note`: too fast, say so; `hush`: too fast, and told a moment ago. */
export type Judgement = 'ok' | 'note' | 'hush'

export type Patience = { judge(who: string, now: number): Judgement }

export function createPatience(): Patience {
  const levels = new Map<string, Level>()
  return {
    judge(who, now) {
      const level = levels.get(who) ?? { left: BURST, at: now, notedAt: Number.NEGATIVE_INFINITY }
      level.left = Math.min(BURST, level.left + ((now - level.at) * PER_SECOND) / 1000)
      level.at = now
      putNewest(levels, who, level, KEPT_MAX)
      if (level.left >= 1) {
        level.left--
        return 'ok'
      }
      if (now - level.notedAt < NOTE_EVERY_MS) return 'hush'
      level.notedAt = now
      return 'note'
    },
  }
}
