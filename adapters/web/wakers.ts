/** Who waits for news of an address: open streams, waiting requests, forms that wait for their answer. */

import { STREAMS_IN_ALL, STREAMS_PER_VISITOR } from './options.js'

/** `new`: the person wrote something; `sent`: we did; `changed`: something that was said is another now, or gone. */
export type News = 'new' | 'sent' | 'changed'

export function createWakers() {
  let all = 0
  const waiting = new Map<string, Set<(news: News) => void>>()
  return {
    wake(address: string, news: News): void {
      for (const listener of waiting.get(address) ?? []) listener(news)
    },
    /** Returns the way to stop listening. */
    listen(address: string, listener: (news: News) => void): () => void {
      const listeners = waiting.get(address) ?? new Set()
      waiting.set(address, listeners.add(listener))
      all++
      return () => {
        if (listeners.delete(listener)) all--
        if (listeners.size === 0) waiting.delete(address)
      }
    },
    /** Whether one more page of this visitor may wait. */
    hasRoom: (address: string): boolean =>
      (waiting.get(address)?.size ?? 0) < STREAMS_PER_VISITOR && all < STREAMS_IN_ALL,
  }
}
