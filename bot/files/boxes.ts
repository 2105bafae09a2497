/** The boxes of MP4, MOV, 3GP and HEIF: a length, a name, and what is inside, often boxes again. */

export type Box = { name: string /** Where its name stands. */; named: number; start: number; end: number }

/** The boxes between two places. Ends at the first whose length cannot be true, so that nothing goes round in circles. */
export function* boxesIn(bytes: Buffer, from: number, to: number): Generator<Box> {
  let at = from
  while (at + 8 <= to) {
    const short = bytes.readUInt32BE(at)
    // 1: the length stands behind the name; 0: all that is left.
    if (short === 1 && at + 16 > to) return
    const long = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short
    const head = short === 1 ? 16 : 8
    const end = long === 0 ? to : at + long
    if (end < at + head || end > to) return
    yield { name: bytes.toString('latin1', at + 4, at + 8), named: at + 4, start: at + head, end }
    at = end
  }
}
