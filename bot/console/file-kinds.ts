/** What a browser does with a file, and the fixed names under which files leave the desk (S34). */
import type { Say } from './labels.js'

const DRAWN = /^image\/(jpeg|png|gif|webp)$/

/** Pictures that every browser draws; a HEIC, say, is offered as a file. */
export const drawn = (mime: string): boolean => DRAWN.test(mime)

export const played = (mime: string): 'audio' | 'video' | undefined => {
  if (mime.startsWith('audio/')) return 'audio'
  return mime.startsWith('video/') ? 'video' : undefined
}

/** Whether it opens on the page; everything else is only ever saved. */
export const opensInline = (mime: string): boolean =>
  drawn(mime) || played(mime) !== undefined || mime === 'application/pdf'

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
}

/** Never the name that the client gave it: that one may be a trap, or tell who they are. */
export const fixedName = (kind: string, id: string, mime: string): string =>
  `${kind}-${id.slice(0, 8)}.${ENDINGS[mime] ?? 'bin'}`

const KILOBYTE = 1024
const MEGABYTE = KILOBYTE * KILOBYTE

export const sizeOf = (say: Say, bytes: number): string =>
  bytes < MEGABYTE
    ? say('file.kilobytes', { n: Math.max(1, Math.round(bytes / KILOBYTE)) })
    : say('file.megabytes', { n: (bytes / MEGABYTE).toFixed(1) })
