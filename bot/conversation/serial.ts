/**
 * One thing at a time for each key, many keys at once; keeps nothing of keys that are idle. Between two things of one key everybody else
 * gets a turn: with the embedded database a long line would otherwise run to its end before anything else is even looked at.
 */
import { setImmediate } from 'node:timers/promises'

export function createSerial(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>()
  const othersFirst = () => setImmediate()
  return async (key, work) => {
    const before = tails.get(key)
    const mine = before ? before.then(othersFirst, othersFirst).then(work) : Promise.resolve().then(work)
    tails.set(key, mine)
    try {
      return await mine
    } finally {
      if (tails.get(key) === mine) tails.delete(key)
    }
  }
}
