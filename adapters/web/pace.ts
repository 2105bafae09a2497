/** How fast one visitor, and one address of the internet, may write: enough for anybody in a hurry, too slow for a machine (S33). */
import { isHere, neighbourhood } from '../../bot/http/neighbourhood.js'
import { putNewest } from '../../bot/newest.js'

export type Rate = { burst: number; refillMs: number }

/** One visitor's messages. */
export const VISITOR: Rate = { burst: 20, refillMs: 2_000 }
/** New visitors from one address: a hostel, or a whole mobile network, may stand behind it. */
export const NEWCOMERS: Rate = { burst: 120, refillMs: 3_000 }
/** All messages from one address. */
export const NEIGHBOURHOOD: Rate = { burst: 300, refillMs: 100 }

/** More who write at once are not remembered: the oldest of them begin anew. */
export const REMEMBERED_MAX = 20_000

export function createPace(now: () => number, { burst, refillMs }: Rate = VISITOR) {
  /** Who has been quiet this long has a full allowance anyway. */
  const forgetMs = burst * refillMs
  const allowances = new Map<string, { left: number; at: number }>()
  let swept = now()

  const sweep = (at: number) => {
    if (at - swept < forgetMs) return
    swept = at
    for (const [who, allowance] of allowances) if (at - allowance.at >= forgetMs) allowances.delete(who)
  }

  return {
    /** Milliseconds to wait before writing again; 0 when the message may pass. */
    take(who: string): number {
      const at = now()
      sweep(at)
      const before = allowances.get(who) ?? { left: burst, at }
      const left = Math.min(burst, before.left + (at - before.at) / refillMs)
      const passes = left >= 1
      putNewest(allowances, who, { left: passes ? left - 1 : left, at }, REMEMBERED_MAX)
      return passes ? 0 : Math.ceil((1 - left) * refillMs)
    },
  }
}

/** The same for an address of the internet. */
export function createAddressPace(now: () => number, rate: Rate) {
  const pace = createPace(now, rate)
  return { take: (ip: string): number => (isHere(ip) ? 0 : pace.take(neighbourhood(ip))) }
}
