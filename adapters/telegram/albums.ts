/**
 * An album reaches us as one update for each of its pictures, with nothing that says how many there are.
 *
 * With long polling they are gathered into one `Incoming`: until something else comes from that chat, the album is full, or
 * nothing came for a short while. Nothing is confirmed meanwhile, so a crash loses no part.
 *
 * A webhook cannot wait: Telegram sends the second update of a chat only after the first one was answered, and to answer
 * is to say "we have it". So there each part is committed by itself, and they share `Incoming.album`; so does a part
 * that comes after its album was closed.
 */
import type { Clock, Incoming } from '../adapter.js'
import { TELEGRAM_ALBUM_MAX } from './limits.js'

/** Parts of one album arrive within tenths of a second, also over a slow line: they were all sent before the first arrives. */
export const ALBUM_PAUSE_MS = 1000

/** One `Incoming` of the parts of an album, in their order; the words under any of them are the album's. */
export function joinAlbum(parts: Incoming[]): Incoming {
  // An edit of the words names the message that carries them.
  const first = parts.find(({ event }) => event.kind === 'files' && event.text) ?? parts[0]
  if (!first || !parts[0]) throw new Error('an album without parts')
  const files = parts.flatMap(({ event }) => (event.kind === 'files' ? event.files : []))
  const words = parts.flatMap(({ event }) => (event.kind === 'files' && event.text ? [event.text] : []))
  return {
    ...first,
    updateKey: parts[0].updateKey,
    event: { kind: 'files', files, ...(words.length > 0 && { text: words.join('\n') }) },
  }
}

type Part = { chat: string; album?: string }

/** Calls `emit` with groups of items: one for anything that is no album, and the parts of each album together. */
export function gatherAlbums<Item extends Part>(emit: (items: Item[]) => void, clock: Clock, signal: AbortSignal) {
  const open = new Map<string, { album: string; items: Item[] }>()

  const close = (chat: string) => {
    const group = open.get(chat)
    open.delete(chat)
    if (group && !signal.aborted) emit(group.items)
  }

  /** Closes the group if it has not grown since. */
  const closeWhenQuiet = async (chat: string, group: { items: Item[] }) => {
    const size = group.items.length
    await clock.wait(ALBUM_PAUSE_MS, signal)
    if (open.get(chat) === group && group.items.length === size) close(chat)
  }

  return function add(item: Item) {
    const { chat, album } = item
    const current = open.get(chat)
    if (current && current.album !== album) close(chat)
    if (!album) return emit([item])
    const group = open.get(chat) ?? { album, items: [] }
    open.set(chat, group)
    group.items.push(item)
    if (group.items.length >= TELEGRAM_ALBUM_MAX) close(chat)
    else void closeWhenQuiet(chat, group)
  }
}
