/** What one open page has been shown of a conversation, and what it has to be told to show the same as the history. */
import type { HistoryItem } from '../adapter.js'

export type Change =
  /** New, or to be put in the place of the one with the same id. */
  | { kind: 'message'; item: HistoryItem }
  /** All other messages are to be taken off the page. */
  | { kind: 'kept'; ids: number[] }
  /** Nothing is left, nor should anything be: the page empties itself. */
  | { kind: 'cleared' }

/** The house gives history by pages. A shorter answer than this is surely the last. */
const PAGE_AT_LEAST = 100

/** History after 0 is the newest page; this is all of it, from the first message on. */
const BEFORE_THE_FIRST = -1

export type Read = (after: number) => Promise<HistoryItem[]>

/** Every message after `after`, page by page. */
export async function readAll(read: Read, after: number): Promise<HistoryItem[]> {
  const items: HistoryItem[] = []
  let page = await read(after)
  while (page.length > 0) {
    items.push(...page)
    if (page.length < PAGE_AT_LEAST) break
    page = await read(page.at(-1)?.id ?? 0)
  }
  return items
}

/** `from` and `after` are the ids of the first and the last message on the page; 0 when it is empty. */
export function createFeed(read: Read, { from, after }: { from: number; after: number }) {
  const known = new Map<number, string>()
  let last = after
  let compared = false

  const show = (item: HistoryItem): Change => {
    known.set(item.id, JSON.stringify(item))
    last = Math.max(last, item.id)
    return { kind: 'message', item }
  }

  /** Compares everything that the page shows: finds what was changed or taken away, too. */
  async function compare(): Promise<Change[]> {
    const items = await readAll(read, from - 1 || BEFORE_THE_FIRST)
    const ids = new Set(items.map((item) => item.id))
    const gone = compared ? [...known.keys()].some((id) => !ids.has(id)) : after > 0
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
    const changes: Change[] = []
    if (gone) changes.push(items.length > 0 ? { kind: 'kept', ids: [...ids] } : { kind: 'cleared' })
    for (const item of items) {
      // What stood on the page when it was opened is up to date: it was drawn a moment ago
      if (!compared && item.id <= after) known.set(item.id, JSON.stringify(item))
      else if (known.get(item.id) !== JSON.stringify(item)) changes.push(show(item))
    }
    compared = true
    return changes
  }

  return {
    compare,
    /** What is new. Reads the newest known message along: if it is missing or another, everything is compared. */
    async look(): Promise<Change[]> {
      if (!compared) return compare()
      if (known.size === 0) return (await readAll(read, last)).map(show)
      const newest = Math.max(...known.keys())
      const items = await readAll(read, newest - 1)
      const [first, ...rest] = items
      if (!first || first.id !== newest || known.get(newest) !== JSON.stringify(first)) return compare()
      return rest.map(show)
    },
  }
}
