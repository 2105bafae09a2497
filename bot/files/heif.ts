import { type Box, boxesIn } from './boxes.js'

/** Of the entries of `infe`: those that hold what is told, not what is seen. XMP is one of the `mime` ones. */
const TELLING = new Set(['Exif', 'mime'])

/**
 * The pictures of newer phones. Exif and XMP are items of their own; they are overwritten with zeros where they lie, since all is found by
 * counting bytes. Which way up the picture is stands elsewhere (`irot`), so Exif can go whole.
 */
export function withoutHeifTraces(bytes: Buffer): Uint8Array {
  // Places that overlap are a trap: nobody needs to overwrite more than there is.
  let left = bytes.length
  for (const meta of boxesIn(bytes, 0, bytes.length)) {
    if (meta.name !== 'meta') continue
    const inside: { [name: string]: Box } = Object.create(null)
    for (const box of boxesIn(bytes, meta.start + 4, meta.end)) inside[box.name] ??= box
    const { iinf: list, iloc: places, idat: data } = inside
    if (!list || !places) continue
    const telling = tellingItems(bytes, list)
    for (const { item, start, end } of placesOf(bytes, places, data)) {
      if (!telling.has(item)) continue
      left -= end - start
      if (left < 0) return bytes
      bytes.fill(0, start, end)
    }
  }
  return bytes
}

function tellingItems(bytes: Buffer, list: Box): Set<number> {
  const found = new Set<number>()
  const wide = bytes.readUInt8(list.start) > 0
  for (const { name, start } of boxesIn(bytes, list.start + (wide ? 8 : 6), list.end)) {
    const version = bytes.readUInt8(start)
    if (name !== 'infe' || version < 2) continue
    const item = version === 2 ? bytes.readUInt16BE(start + 4) : bytes.readUInt32BE(start + 4)
    const type = start + 4 + (version === 2 ? 4 : 6)
    if (TELLING.has(bytes.toString('latin1', type, type + 4))) found.add(item)
  }
  return found
}

/** Where each item lies, as `iloc` tells; only what is inside the file. */
function* placesOf(bytes: Buffer, { start, end }: Box, data: Box | undefined) {
  const version = bytes.readUInt8(start)
  if (version > 2) return
  const [sizes, more] = [bytes.readUInt8(start + 4), bytes.readUInt8(start + 5)]
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [sizes >> 4, sizes & 15, more >> 4, version && more & 15]
  // Without a length nothing would move on below.
  if (lengthBytes === 0) return
  let at = start + 6
  const take = (size: number): number => {
    const value = size === 8 ? Number(bytes.readBigUInt64BE(at)) : size ? bytes.readUIntBE(at, size) : 0
    at += size
    return value
  }
  for (let items = take(version === 2 ? 4 : 2); items > 0 && at < end; items--) {
    const item = take(version === 2 ? 4 : 2)
    const method = version ? take(2) & 15 : 0
    take(2)
    const base = take(baseBytes)
    for (let extents = take(2); extents > 0 && at < end; extents--) {
      take(indexBytes)
      const from = base + take(offsetBytes) + (method === 1 ? (data?.start ?? bytes.length) : 0)
      const to = from + take(lengthBytes)
      if (method < 2 && to > from && to <= bytes.length) yield { item, start: from, end: to }
    }
  }
}
