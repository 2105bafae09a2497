import { createCopy } from './copy.js'
import { EXIF_NAME, onlyOrientation } from './exif.js'

const MARK = 0xff
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
const COM = 0xfe

/** The colours of the picture; other things that call themselves APP2 point to more pictures behind this one. */
const ICC = Buffer.from('ICC_PROFILE\0')

/** Stuffed bytes, restart marks and filling belong to the picture's own data; 0 for a mark that begins a segment. */
const dataBytes = (mark: number) => (mark === MARK ? 1 : mark < 2 || (mark >= 0xd0 && mark <= 0xd7) ? 2 : 0)

const isKept = (mark: number, segment: Buffer): boolean => {
  if (mark === APP2) return segment.subarray(4, 4 + ICC.length).equals(ICC)
  return mark === APP0 || mark === APP14 || !((mark >= APP0 && mark <= APP15) || mark === COM)
}

/** A segment that tells only which way up the picture is, in the place of the one that told more. */
const turned = (segment: Buffer): Buffer | undefined => {
  if (!segment.subarray(4, 4 + EXIF_NAME.length).equals(EXIF_NAME)) return undefined
  const exif = onlyOrientation(segment.subarray(4))
  if (!exif) return undefined
  const head = Buffer.from([MARK, APP1, 0, 2 + EXIF_NAME.length + exif.length])
  return Buffer.concat([head, EXIF_NAME, exif])
}

/**
 * Without Exif, XMP, IPTC, comments and makers' own segments; colours (JFIF, ICC, Adobe) and orientation stay. What stands behind the
 * picture goes too: phones put a film there (a "motion photo"), or a second picture with an Exif of its own.
 */
export function withoutJpegTraces(bytes: Buffer): Uint8Array {
  if (bytes[0] !== MARK || bytes[1] !== SOI) return bytes
  const copy = createCopy(bytes)
  copy.keep(0, 2)
  let toldTurn = false
  let inData = false
  let at = 2
  while (at < bytes.length) {
    const next = bytes.indexOf(MARK, at)
    const mark = next < 0 ? undefined : bytes[next + 1]
    // No further mark, or something between two segments that is none: as it came.
    if (mark === undefined || (!inData && next > at)) break
    const upTo = next + dataBytes(mark)
    copy.keep(at, upTo)
    at = upTo
    if (upTo > next) continue
    if (mark === EOI) {
      copy.keep(at, at + 2)
      return copy.whole()
    }
    if (at + 4 > bytes.length) break
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length) break
    const segment = bytes.subarray(at, end)
    const turn: Buffer | undefined = mark === APP1 && !toldTurn ? turned(segment) : undefined
    if (turn) copy.add(turn)
    else if (isKept(mark, segment)) copy.keep(at, end)
    toldTurn ||= turn !== undefined
    inData ||= mark === SOS
    at = end
  }
  copy.keep(at, bytes.length)
  return copy.whole()
}
