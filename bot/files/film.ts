import { boxesIn } from './boxes.js'

/** Place, phone, author and the like: what users and makers add, in the old way (`udta`), QuickTime's (`meta`) and Adobe's (`uuid`). */
const TELLING = new Set(['udta', 'meta', 'uuid', 'free', 'skip'])
const OUTER = new Set(['moov', 'trak'])
const DEEPEST = 2

/**
 * Film and sound: boxes that tell of the maker become empty ones of the same length, since others point into the file by counting bytes.
 * The times of the recording stay, and what a camera writes as a track of its own beside the picture.
 */
export function withoutFilmTraces(bytes: Buffer): Uint8Array {
  blank(bytes, 0, bytes.length, 0)
  return bytes
}

function blank(bytes: Buffer, from: number, to: number, depth: number): void {
  for (const { name, named, start, end } of boxesIn(bytes, from, to)) {
    if (OUTER.has(name) && depth < DEEPEST) blank(bytes, start, end, depth + 1)
    if (!TELLING.has(name)) continue
    bytes.write('free', named, 'latin1')
    bytes.fill(0, start, end)
  }
}
