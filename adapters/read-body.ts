/** Reads no further than the limit, whatever the other side says of the length; throws what `tooBig` makes. */
export async function readBody(response: Response, limit: number, tooBig: () => Error): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > limit) throw tooBig()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
