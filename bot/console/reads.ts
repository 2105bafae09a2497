/** Who has which case open on a page that refreshes itself: an open counts once, not with every refresh. */

/** A page asks at least this often while it is open. */
const OPEN_MS = 10 * 60_000

export function createReads(clock: () => Date) {
  const last = new Map<string, number>()
  return {
    /** Whether this reader was here a moment ago; remembers that they are here now. */
    remember(reader: string): boolean {
      const now = clock().getTime()
      for (const [each, at] of last) if (now - at > OPEN_MS) last.delete(each)
      const known = last.has(reader)
      last.set(reader, now)
      return known
    },
  }
}
