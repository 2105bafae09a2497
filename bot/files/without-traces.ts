/**
 * What a file tells of whoever made it beside what it shows: the place and the phone of a photo, the author of a paper. The readers in
 * this folder take that out without decoding the picture, so nothing of it gets worse. None may be stopped by a broken or hostile file:
 * what is not understood stays as it came, and no length that a file claims is believed beyond its end.
 */
import { withoutFilmTraces } from './film.js'
import { withoutHeifTraces } from './heif.js'
import { withoutJpegTraces } from './jpeg.js'
import { withoutMp3Traces } from './mp3.js'
import { withoutOfficeTraces } from './office.js'
import { withoutPdfTraces } from './pdf.js'
import { withoutPngTraces } from './png.js'
import { withoutWebpTraces } from './webp.js'

const READERS: [RegExp, (bytes: Buffer) => Uint8Array][] = [
  [/^image\/jpeg$/, withoutJpegTraces],
  [/^image\/png$/, withoutPngTraces],
  [/^image\/webp$/, withoutWebpTraces],
  [/^image\/hei[cf]/, withoutHeifTraces],
  [/^(video\/(mp4|quicktime|3gpp2?|x-m4v)|audio\/(mp4|x-m4a|3gpp2?))$/, withoutFilmTraces],
  [/^audio\/mpeg$/, withoutMp3Traces],
  [/^application\/pdf$/, withoutPdfTraces],
  [/^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\./, withoutOfficeTraces],
]

/**
 * The file without what it tells of its maker (S11), never longer than it was but for `ADDED_BYTES_MAX`. `mime` is what its content says.
 * Not taken out: Ogg comments, the old Word format (`.doc`), RTF, GIF and WebM; what PDF and office papers hold deeper inside (see there).
 */
export function withoutTraces(bytes: Uint8Array, mime: string): Uint8Array {
  const reader = READERS.find(([pattern]) => pattern.test(mime))?.[1]
  if (!reader) return bytes
  try {
    // A copy: some readers overwrite in place, and the bytes are the caller's.
    return reader(Buffer.from(bytes))
  } catch (error) {
    // Node throws this when a number is read beyond the end: the file was cut short.
    if (error instanceof RangeError) return bytes
    throw error
  }
}
