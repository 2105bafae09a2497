import { crc32 } from 'node:zlib'
import { createCopy } from './copy.js'
import { onlyOrientation } from './exif.js'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

/** What a picture needs to look as it does (and move, and be printed in its size). Every other chunk that may be left out is. */
const SEEN = new Set(
  'gAMA cHRM sRGB iCCP cICP mDCV mDCv cLLI cLLi sBIT tRNS bKGD pHYs hIST sPLT acTL fcTL fdAT'.split(' '),
)

/** A capital first letter says that nothing can be drawn without this chunk. */
const isNeeded = (name: string) => /^[A-Z]/.test(name)

/** Without texts, times, Exif (but for the orientation) and makers' own chunks; what stands behind the picture goes too. */
export function withoutPngTraces(bytes: Buffer): Uint8Array {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) return bytes
  const copy = createCopy(bytes)
  copy.keep(0, 8)
  let toldTurn = false
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) break
    const name = bytes.toString('latin1', at + 4, at + 8)
    const turn = name === 'eXIf' && !toldTurn ? onlyOrientation(bytes.subarray(at + 8, end - 4)) : undefined
    if (turn) {
      copy.add(chunk('eXIf', turn))
      toldTurn = true
    } else if (isNeeded(name) || SEEN.has(name)) copy.keep(at, end)
    at = end
    if (name === 'IEND') return copy.whole()
  }
  copy.keep(at, bytes.length)
  return copy.whole()
}

function chunk(name: string, content: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content])
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
