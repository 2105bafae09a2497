/** Files of every kind, as announced; their content is fetched later by `ref`. */
import { z } from 'zod'
import type { IncomingFile } from '../../adapter.js'

const FileShape = z.object({
  file_id: z.string().min(1).max(1000),
  file_size: z.number().int().nonnegative().catch(0).default(0),
  mime_type: z.string().min(1).max(200).optional().catch(undefined),
  file_name: z.string().min(1).max(1000).optional().catch(undefined),
})

const PhotoShape = z
  .array(FileShape.extend({ width: z.number(), height: z.number() }))
  .min(1)
  .max(50)

type Kind = IncomingFile['kind']

const announce = (value: unknown, kind: Kind, mime: string): IncomingFile | undefined => {
  const { data: file } = FileShape.safeParse(value)
  if (!file) return undefined
  const name = file.file_name
  return { kind, mime: file.mime_type ?? mime, bytes: file.file_size, ref: file.file_id, ...(name && { name }) }
}

/** The largest of the sizes that Telegram made of one photo. */
function photo(value: unknown): IncomingFile | undefined {
  const { data: sizes } = PhotoShape.safeParse(value)
  const largest = sizes?.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best))
  return largest && { kind: 'photo', mime: 'image/jpeg', bytes: largest.file_size, ref: largest.file_id }
}

/**
 * Keys of a message that hold a file, most telling first: an animation comes with a `document` beside it, a live photo with
 * a `photo`. Music is a document: what we call voice is shown as somebody speaking.
 */
export const FILE_READERS: Record<string, (value: unknown) => IncomingFile | undefined> = {
  animation: (value) => announce(value, 'video', 'video/mp4'),
  photo,
  voice: (value) => announce(value, 'voice', 'audio/ogg'),
  video: (value) => announce(value, 'video', 'video/mp4'),
  video_note: (value) => announce(value, 'video', 'video/mp4'),
  audio: (value) => announce(value, 'document', 'audio/mpeg'),
  document: (value) => announce(value, 'document', 'application/octet-stream'),
}
