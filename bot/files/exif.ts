/** Exif: a TIFF without a picture. Of all that it tells, only which way up the picture is belongs to what is seen. */

const ORIENTATION = 0x0112
const SHORT = 3
const ENTRY_BYTES = 12
const UPRIGHT = 1

export const EXIF_NAME = Buffer.from('Exif\0\0')

/** An Exif that holds nothing but the orientation of this one; `undefined` when the picture is upright, or it does not say. */
export function onlyOrientation(exif: Buffer): Buffer | undefined {
  const tiff = exif.subarray(0, EXIF_NAME.length).equals(EXIF_NAME) ? exif.subarray(EXIF_NAME.length) : exif
  const orientation = orientationOf(tiff)
  if (orientation === undefined || orientation === UPRIGHT) return undefined
  const made = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  made.writeUInt16BE(orientation, 18)
  return made
}

function orientationOf(tiff: Buffer): number | undefined {
  if (tiff.length < 10) return undefined
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return undefined
  const u16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (start + 2 > tiff.length) return undefined
  for (let left = u16(start), at = start + 2; left > 0 && at + ENTRY_BYTES <= tiff.length; left--, at += ENTRY_BYTES) {
    if (u16(at) !== ORIENTATION || u16(at + 2) !== SHORT) continue
    const value = u16(at + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
