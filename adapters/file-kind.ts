/** What a person would call a file of this type. */
import type { IncomingFile } from './adapter.js'

export function kindOf(mime: string): IncomingFile['kind'] {
  if (mime.startsWith('image/')) return 'photo'
  if (mime.startsWith('audio/')) return 'voice'
  return mime.startsWith('video/') ? 'video' : 'document'
}
