/** How large a zip says that its content is, without unpacking any of it. */

/** PKWARE's APPNOTE, 4.3.12 and 4.3.16. */
const FILE_HEADER = 0x02014b50
const END_OF_DIRECTORY = 0x06054b50
const END_BYTES = 22
const HEADER_BYTES = 46

/** Undefined when it does not say: then it is no zip that anybody could open. */
export function unpackedBytes(zip: Uint8Array): number | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.length - END_BYTES
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end--
  if (end < 0) return undefined
  let at = view.getUint32(end + 16, true)
  let total = 0
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + HEADER_BYTES > zip.length || view.getUint32(at, true) !== FILE_HEADER) return undefined
    total += view.getUint32(at + 24, true)
    at += HEADER_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}
