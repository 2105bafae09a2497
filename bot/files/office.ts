import { crc32 } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const COMMENT_MAX = 0xffff
const ENCRYPTED = 1
const STORED = 0

const SCHEMA = 'http://schemas.openxmlformats.org'

/** The parts that tell of the author, the firm and the program, and what stands there when they tell nothing. */
const EMPTY: Record<string, string> = {
  'docProps/core.xml': `<coreProperties xmlns="${SCHEMA}/package/2006/metadata/core-properties"/>`,
  'docProps/app.xml': `<Properties xmlns="${SCHEMA}/officeDocument/2006/extended-properties"/>`,
  'docProps/custom.xml': `<Properties xmlns="${SCHEMA}/officeDocument/2006/custom-properties"/>`,
  'meta.xml':
    '<o:document-meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" o:version="1.2"><o:meta/></o:document-meta>',
}

/**
 * DOCX, XLSX, PPTX, ODT: a zip in which those parts are overwritten where they lie, filled up with spaces to the length that they had when
 * compressed, so nothing else moves and nothing is unpacked. NOT stripped: names beside comments and tracked changes, the Exif of photos
 * inside, a thumbnail, and papers sealed with a password.
 */
export function withoutOfficeTraces(bytes: Buffer): Uint8Array {
  const end = endOf(bytes)
  if (end === undefined) return bytes
  // Each once: a list that names one part a thousand times is a trap.
  const left = new Map(Object.entries(EMPTY))
  let at = bytes.readUInt32LE(end + 16)
  for (let entries = bytes.readUInt16LE(end + 10); entries > 0 && at + ENTRY_BYTES <= end; entries--) {
    if (bytes.readUInt32LE(at) !== ENTRY) break
    const nameEnd = at + ENTRY_BYTES + bytes.readUInt16LE(at + 28)
    const name = bytes.toString('latin1', at + ENTRY_BYTES, nameEnd)
    const empty = left.get(name)
    if (empty) overwrite(bytes, at, empty)
    left.delete(name)
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return bytes
}

/** Where the list of the parts is described: at the end, but for a comment. */
function endOf(bytes: Buffer): number | undefined {
  const earliest = Math.max(0, bytes.length - END_BYTES - COMMENT_MAX)
  for (let at = bytes.length - END_BYTES; at >= earliest; at--) if (bytes.readUInt32LE(at) === END) return at
  return undefined
}

function overwrite(bytes: Buffer, entry: number, empty: string): void {
  const [size, local] = [bytes.readUInt32LE(entry + 20), bytes.readUInt32LE(entry + 42)]
  if (local + LOCAL_BYTES > entry || bytes.readUInt32LE(local) !== LOCAL) return
  if (bytes.readUInt16LE(entry + 8) & ENCRYPTED) return
  const start = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  // Too short to hold even the empty form: there was hardly a name in it.
  if (start + size > entry || size < empty.length) return
  bytes.fill(' ', start, start + size)
  bytes.write(empty, start, 'latin1')
  const sum = crc32(bytes.subarray(start, start + size))
  for (const header of [entry + 10, local + 8]) bytes.writeUInt16LE(STORED, header)
  for (const header of [entry + 16, local + 14]) {
    bytes.writeUInt32LE(sum, header)
    bytes.writeUInt32LE(size, header + 4)
    bytes.writeUInt32LE(size, header + 8)
  }
  // The lengths stand in the header now, not behind the part.
  for (const header of [entry + 8, local + 6]) bytes.writeUInt16LE(bytes.readUInt16LE(header) & ~8, header)
}
