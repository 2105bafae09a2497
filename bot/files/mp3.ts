const HEAD_BYTES = 10
const OLD_TAG_BYTES = 128

/** Without ID3: the tag before the sound and the old one behind it. */
export function withoutMp3Traces(bytes: Buffer): Uint8Array {
  let [start, end] = [0, bytes.length]
  if (bytes.toString('latin1', 0, 3) === 'ID3' && bytes.length > HEAD_BYTES) {
    // Seven bits to a byte.
    const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (bytes.readUInt8(at) & 0x7f), 0)
    const footer = bytes.readUInt8(5) & 0x10 ? HEAD_BYTES : 0
    if (HEAD_BYTES + size + footer < bytes.length) start = HEAD_BYTES + size + footer
  }
  const old = end - OLD_TAG_BYTES
  if (old > start && bytes.toString('latin1', old, old + 3) === 'TAG') end = old
  return bytes.subarray(start, end)
}
