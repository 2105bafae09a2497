/** Slows down whoever guesses sign-in codes: each address by itself, and all of them together (S36). */
import { isIPv6 } from 'node:net'

/** Mistakes that one address may make at once, and how long each takes to be forgiven. */
const OWN = { burst: 6, refillMs: 60_000 }
/** Mistakes of the whole world. When these are used up, only who has made none yet may try: nobody can lock the staff out. */
const ALL = { burst: 60, refillMs: 5_000 }

type Bucket = { left: number; at: number }
type Rate = { burst: number; refillMs: number }

const filled = (bucket: Bucket | undefined, { burst, refillMs }: Rate, now: number): number =>
  bucket ? Math.min(burst, bucket.left + (now - bucket.at) / refillMs) : burst

const until = (left: number, wanted: number, { refillMs }: Rate): number =>
  left >= wanted ? 0 : Math.ceil((wanted - left) * refillMs)

/** Whoever has one IPv6 address has a whole network of them. */
const neighbourhood = (ip: string): string => (isIPv6(ip) ? ip.split(':').slice(0, 4).join(':') : ip)

export function createGuesses(clock: () => Date) {
  const own = new Map<string, Bucket>()
  let all: Bucket | undefined

  const forget = (now: number) => {
    for (const [ip, bucket] of own) if (filled(bucket, OWN, now) >= OWN.burst) own.delete(ip)
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
      own.set(key, { left: Math.max(0, filled(own.get(key), OWN, now) - 1), at: now })
      all = { left: Math.max(0, filled(all, ALL, now) - 1), at: now }
    },
  }
}
