/** What a page offers to send, what a browser can draw, and how the name of a saved file ends. */

/** For the `accept` of a file field; what may really be kept, its content decides (`judgeFile`). */
export const ACCEPTED_FILES = 'image/*,video/*,audio/*,.pdf,.doc,.docx,.odt,.rtf,.txt,.xlsx'

const DRAWN = /^image\/(jpeg|png|gif|webp)$/

/** Pictures that every browser draws; a HEIC, say, is offered as a file. */
export const drawn = (mime: string): boolean => DRAWN.test(mime)

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/webm': 'webm',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'application/pdf': 'pdf',
  'application/msword': 'doc',
  'application/rtf': 'rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'text/plain': 'txt',
  'text/html': 'html',
  'application/json': 'json',
}

/** Names that people chose go into no header: one may be a trap, or tell who they are. This is how ours end. */
export const endingOf = (mime: string): string => ENDINGS[mime] ?? 'bin'
