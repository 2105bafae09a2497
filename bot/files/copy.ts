/** A picture that must be turned gets a note of that, which may be a little longer than what was taken out. */
export const ADDED_BYTES_MAX = 64

/** The file, copied piece by piece into one place that is as long as the file: thousands of tiny pieces cost no more than one. */
export function createCopy(bytes: Buffer) {
  const out = Buffer.alloc(bytes.length + ADDED_BYTES_MAX)
  let length = 0
  return {
    keep(from: number, to: number): void {
      length += bytes.copy(out, length, from, to)
    },
    /** Once at most, and no more than `ADDED_BYTES_MAX`. */
    add(extra: Buffer): void {
      length += extra.copy(out, length)
    },
    whole: (): Buffer => out.subarray(0, length),
  }
}
