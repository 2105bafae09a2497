/** A zip archive written as it comes: nothing of it is held but the part that is being packed. */
import { crc32, createDeflateRaw } from 'node:zlib'

export type Entry = { name: string; content: Iterable<string> | AsyncIterable<string> }

/** The sizes come after the content (bit 3), the names are UTF-8 (bit 11). PKWARE APPNOTE 4.3–4.4. */
const FLAGS = 0x0808
const VERSION = 20
const DEFLATE = 8
/** 1980-01-01, the first day that a zip knows: when it was packed is nobody's business. */
const DAY = 0x0021

type Packed = { name: Buffer; crc: number; size: number; packed: number; offset: number }

const words = (...fields: [bytes: 2 | 4, value: number][]): Buffer => {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields)
    at = bytes === 2 ? buffer.writeUInt16LE(value, at) : buffer.writeUInt32LE(value >>> 0, at)
  return buffer
}

const shared = (crc: number, packed: number, size: number, name: Buffer): [2 | 4, number][] => [
  ...([
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATE],
    [2, 0],
    [2, DAY],
  ] as [2 | 4, number][]),
  ...([
    [4, crc],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, 0],
  ] as [2 | 4, number][]),
]

export async function* zip(entries: Iterable<Entry>): AsyncGenerator<Buffer> {
  const done: Packed[] = []
  let offset = 0
  for (const { name: text, content } of entries) {
    const entry: Packed = { name: Buffer.from(text), crc: 0, size: 0, packed: 0, offset }
    const head = Buffer.concat([words([4, 0x04034b50], ...shared(0, 0, 0, entry.name)), entry.name])
    yield head
    for await (const part of deflated(content, entry)) yield part
    const tail = words([4, 0x08074b50], [4, entry.crc], [4, entry.packed], [4, entry.size])
    yield tail
    offset += head.length + entry.packed + tail.length
    done.push(entry)
  }
  const start = offset
  for (const { name, crc, size, packed, offset: at } of done) {
    const row = Buffer.concat([
      words([4, 0x02014b50], [2, VERSION], ...shared(crc, packed, size, name), [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      name,
    ])
    offset += row.length
    yield row
  }
  yield words(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, done.length],
    [2, done.length],
    [4, offset - start],
    [4, start],
    [2, 0],
  )
}

async function* deflated(content: Entry['content'], entry: Packed): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw()
  const feed = (async () => {
    for await (const text of content) {
      const bytes = Buffer.from(text)
      entry.crc = crc32(bytes, entry.crc)
      entry.size += bytes.length
      if (!deflate.write(bytes)) await new Promise((resolve) => deflate.once('drain', resolve))
    }
    deflate.end()
  })().catch((error: unknown) => void deflate.destroy(error as Error))
  for await (const part of deflate as AsyncIterable<Buffer>) {
    entry.packed += part.length
    yield part
  }
  await feed
}
