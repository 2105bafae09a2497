/**
 * An album reaches us as one update for each of its pictures, with nothing that says how many there are.
 *
 * With long polling they are gathered into one `Incoming`: until something else comes from that chat or topic, the album is full, or
 * no more came for a second. Nothing is confirmed meanwhile, so a crash loses no part. (What is left: a part
 * that is seconds late, and a crash in the moment between the commit of the others and their confirmation.)
 *
 * A webhook cannot wait: Telegram sends the second update of a chat only after the first one was answered, and to answer
 * is to say "we have it". So there each part is committed by itself, and they share `Incoming.album`; so does a part
 * that comes after its album was closed.
 */
import type { Incoming } from '../adapter.js'
import { TELEGRAM_ALBUM_MAX } from './limits.js'

/**
 * So many looks at Telegram that bring no further part end an album; polling looks five times a second meanwhile. Looks, not
 * time: while the line is down nothing can come, however long it takes.
 */
const QUIET_LOOKS = 5

/** One `Incoming` of the parts of an album, in their order; the words under any of them are the album's. */
export function joinAlbum(album: string, parts: Incoming[]): Incoming {
  // An edit of the words names the message that carries them.
  const first = parts.find(({ event }) => event.kind === 'files' && event.text) ?? parts[0]
  if (!first || !parts[0]) throw new Error('an album without parts')
  const files = parts.flatMap(({ event, messageKey }) =>
    event.kind === 'files' ? event.files.map((file) => ({ ...file, ...(messageKey && { messageKey }) })) : [],
  )
  const words = parts.flatMap(({ event }) => (event.kind === 'files' && event.text ? [event.text] : []))
  return {
    ...first,
    album,
    updateKey: parts[0].updateKey,
    event: { kind: 'files', files, ...(words.length > 0 && { text: words.join('\n') }) },
  }
}

type Part = { album?: string; incoming: Pick<Incoming, 'address'> }

/**
 * Calls `emit` with groups of items: one for anything that is no album, and the parts of each album together. What comes in one topic of
 * a group does not tear the album of another.
 */
export function gatherAlbums<Item extends Part>(emit: (items: Item[]) => void) {
  const open = new Map<string, { album: string; items: Item[]; quiet: number }>()

  const close = (address: string) => {
    const group = open.get(address)
    open.delete(address)
    if (group) emit(group.items)
  }

  return {
    add(item: Item) {
      const { album } = item
      const { address } = item.incoming
      if (open.has(address) && open.get(address)?.album !== album) close(address)
      if (!album) return emit([item])
      const group = open.get(address) ?? { album, items: [], quiet: 0 }
      open.set(address, group)
      group.items.push(item)
      group.quiet = 0
      if (group.items.length >= TELEGRAM_ALBUM_MAX) close(address)
    },
    /** We have just asked Telegram for all there is. */
    looked() {
      for (const [address, group] of open) if (group.quiet++ >= QUIET_LOOKS) close(address)
    },
    isWaiting: () => open.size > 0,
  }
}
