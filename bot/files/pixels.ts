/**
 * How many points a picture has, as its head says. Nothing is decoded here, but whoever looks at it decodes it: a picture of a few
 * kilobytes may unfold to gigabytes in a browser or a phone.
 */
import { boxesIn } from './boxes.js'

const READERS: [RegExp, (bytes: Buffer) => number][] = [
  [/^image\/png$/, (bytes) => bytes.readUInt32BE(16) * bytes.readUInt32BE(20)],
  [/^image\/gif$/, (bytes) => bytes.readUInt16LE(6) * bytes.readUInt16LE(8)],
  [/^image\/jpeg$/, jpegPixels],
  [/^image\/webp$/, webpPixels],
  [/^image\/hei[cf]/, heifPixels],
]

/** 0 for what is no picture, or tells nothing of its size. */
export function pixelsOf(content: Uint8Array, mime: string): number {
  const reader = READERS.find(([pattern]) => pattern.test(mime))?.[1]
  if (!reader) return 0
  try {
    return reader(Buffer.from(content.buffer, content.byteOffset, content.byteLength))
  } catch (error) {
    // Node throws this when a number is read beyond the end: the file was cut short.
    if (error instanceof RangeError) return 0
    throw error
  }
}

/** The marks that begin a frame; three in their row mean something else. */
const isFrame = (mark: number) => mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc
const SCAN = 0xda

function jpegPixels(bytes: Buffer): number {
  let most = 0
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return most
    const mark = bytes.readUInt8(at + 1)
    if (mark === 0xff) at++
    else if (mark === SCAN) return most
    else {
      if (isFrame(mark)) most = Math.max(most, bytes.readUInt16BE(at + 5) * bytes.readUInt16BE(at + 7))
      at += 2 + Math.max(2, bytes.readUInt16BE(at + 2))
    }
  }
  return most
}

const FOURTEEN_BITS = 0x3fff

function webpPixels(bytes: Buffer): number {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return (bytes.readUIntLE(24, 3) + 1) * (bytes.readUIntLE(27, 3) + 1)
    case 'VP8L': {
      const sizes = bytes.readUInt32LE(21)
      return ((sizes & FOURTEEN_BITS) + 1) * (((sizes >>> 14) & FOURTEEN_BITS) + 1)
    }
    default:
      return (bytes.readUInt16LE(26) & FOURTEEN_BITS) * (bytes.readUInt16LE(28) & FOURTEEN_BITS)
  }
}

/** Every picture inside tells its size; a large one may be put together of many. */
function heifPixels(bytes: Buffer): number {
  let most = 0
  const look = (from: number, to: number, path: readonly string[]): void => {
    const [wanted, ...deeper] = path
    for (const { name, start, end } of boxesIn(bytes, from, to)) {
      if (name !== wanted) continue
      if (deeper.length > 0) look(name === 'meta' ? start + 4 : start, end, deeper)
      else most = Math.max(most, bytes.readUInt32BE(start + 4) * bytes.readUInt32BE(start + 8))
    }
  }
  look(0, bytes.length, ['meta', 'iprp', 'ipco', 'ispe'])
  return most
}
