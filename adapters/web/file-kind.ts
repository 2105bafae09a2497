/** What a file is, by its content. Whether it may be kept is the house's matter (`keepFile`). */
import { fileTypeFromBuffer } from 'file-type'
import type { IncomingFile } from '../adapter.js'
import { kindOf } from '../file-kind.js'

/** Containers that phones put a voice recording into; only the sender knows that there is no picture in it. */
const SOUND_OR_PICTURE = new Set(['video/webm', 'video/mp4', 'video/3gpp', 'video/quicktime'])

export async function lookAt(
  content: Uint8Array,
  declared: string,
): Promise<{ kind: IncomingFile['kind']; mime: string }> {
  const found = (await fileTypeFromBuffer(content))?.mime ?? declared
  const mime = declared.startsWith('audio/') && SOUND_OR_PICTURE.has(found) ? found.replace('video/', 'audio/') : found
  return { kind: kindOf(mime), mime }
}
