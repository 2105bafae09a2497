/** What a browser does with a file, and the fixed names under which files leave the desk (S34). */

import type { Say } from '../desk/labels.js'
import { drawn, endingOf } from '../http/file-types.js'

export const played = (mime: string): 'audio' | 'video' | undefined => {
  if (mime.startsWith('audio/')) return 'audio'
  return mime.startsWith('video/') ? 'video' : undefined
}

/** Whether it opens on the page; everything else is only ever saved. */
export const opensInline = (mime: string): boolean =>
  drawn(mime) || played(mime) !== undefined || mime === 'application/pdf'

/** Never the name that the client gave it. */
export const fixedName = (kind: string, id: string, mime: string): string =>
  `${kind}-${id.slice(0, 8)}.${endingOf(mime)}`

const KILOBYTE = 1024
const MEGABYTE = KILOBYTE * KILOBYTE

export const sizeOf = (say: Say, bytes: number): string =>
  bytes < MEGABYTE
    ? say('file.kilobytes', { n: Math.max(1, Math.round(bytes / KILOBYTE)) })
    : say('file.megabytes', { n: (bytes / MEGABYTE).toFixed(1) })
