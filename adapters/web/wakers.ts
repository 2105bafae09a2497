/** Who waits for news of an address: open streams, waiting requests, forms that wait for their answer. */

/** `new`: the person wrote something; `sent`: we did; `changed`: something that was said is another now, or gone. */
export type News = 'new' | 'sent' | 'changed'

export function createWakers() {
  const waiting = new Map<string, Set<(news: News) => void>>()
  return {
    wake(address: string, news: News): void {
      for (const listener of waiting.get(address) ?? []) listener(news)
    },
    /** Returns the way to stop listening. */
    listen(address: string, listener: (news: News) => void): () => void {
      const listeners = waiting.get(address) ?? new Set()
      waiting.set(address, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) waiting.delete(address)
      }
    },
    count: (address: string): number => waiting.get(address)?.size ?? 0,
  }
}
