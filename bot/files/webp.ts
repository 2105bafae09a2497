import { createCopy } from './copy.js'
import { onlyOrientation } from './exif.js'

/** In the first byte of VP8X: what else the file says it holds. */
const EXIF_FLAG = 0x08
const XMP_FLAG = 0x04

const HEAD_BYTES = 8

/** Without XMP and Exif (but for the orientation); the header no longer promises them. What stands behind the picture goes too. */
export function withoutWebpTraces(bytes: Buffer): Uint8Array {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return bytes
  const whole = HEAD_BYTES + bytes.readUInt32LE(4)
  // Cut short: a new length in its head would hide that something is missing.
  if (whole > bytes.length) return bytes
  const copy = createCopy(bytes)
  copy.keep(0, 12)
  let extended: number | undefined
  let toldTurn = false
  let at = 12
  while (at + HEAD_BYTES <= whole) {
    const size = bytes.readUInt32LE(at + 4)
    const end = at + HEAD_BYTES + size + (size % 2)
    if (end > whole) break
    const name = bytes.toString('latin1', at, at + 4)
    const turn: Buffer | undefined =
      name === 'EXIF' && !toldTurn ? onlyOrientation(bytes.subarray(at + HEAD_BYTES, end)) : undefined
    if (turn) copy.add(chunk('EXIF', turn))
    toldTurn ||= turn !== undefined
    if (name === 'VP8X' && size > 0) extended ??= copy.whole().length + HEAD_BYTES
    if (name !== 'EXIF' && name !== 'XMP ') copy.keep(at, end)
    at = end
  }
  copy.keep(at, whole)
  const made = copy.whole()
  made.writeUInt32LE(made.length - HEAD_BYTES, 4)
  if (extended) made[extended] = ((made[extended] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (toldTurn ? EXIF_FLAG : 0)
  return made
}

function chunk(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(name, 'latin1'), size, content])
}
