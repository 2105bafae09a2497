/** Slows down whoever guesses sign-in codes: each address by itself, and all of them together (S36). */
import { neighbourhood } from '../http/neighbourhood.js'
import { putNewest } from '../newest.js'

/** Mistakes that one address may make at once, and how long each takes to be forgiven. */
const OWN = { burst: 6, refillMs: 60_000 }
/** Mistakes of the whole world. When these are used up, only who has made none yet may try: nobody can lock the staff out. */
const ALL = { burst: 60, refillMs: 5_000 }

/** So many who were wrong are remembered. */
export const GUESSERS_MAX = 10_000

type Bucket = { left: number; at: number }
type Rate = { burst: number; refillMs: number }

const filled = (bucket: Bucket | undefined, { burst, refillMs }: Rate, now: number): number =>
  bucket ? Math.min(burst, bucket.left + (now - bucket.at) / refillMs) : burst

const until = (left: number, wanted: number, { refillMs }: Rate): number =>
  left >= wanted ? 0 : Math.ceil((wanted - left) * refillMs)

export function createGuesses(clock: () => Date) {
  const own = new Map<string, Bucket>()
  let all: Bucket | undefined

  /** The oldest are forgiven first; from as many addresses as there may be, looking through all of them each time would be the flood. */
  const forget = (now: number) => {
    for (const [ip, bucket] of own) {
      if (filled(bucket, OWN, now) < OWN.burst) return
      own.delete(ip)
    }
  }

  return {
    /** Milliseconds to wait before the next try; 0 when it may be made now. */
    wait(ip: string): number {
      const now = clock().getTime()
      const mine = filled(own.get(neighbourhood(ip)), OWN, now)
      if (mine < 1) return until(mine, 1, OWN)
      return filled(all, ALL, now) < 1 ? until(mine, OWN.burst, OWN) : 0
    },
    failed(ip: string): void {
      const now = clock().getTime()
      forget(now)
      const key = neighbourhood(ip)
      putNewest(own, key, { left: Math.max(0, filled(own.get(key), OWN, now) - 1), at: now }, GUESSERS_MAX)
      all = { left: Math.max(0, filled(all, ALL, now) - 1), at: now }
    },
  }
}
