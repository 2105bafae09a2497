/** A file that the house makes for a person: a certificate, a calendar entry, a copy of what is stored about them. */
import type { FileStore } from '../store/files.js'
import type { Turn } from './turn.js'

export type OwnFile = { kind?: 'document' | 'photo'; mime: string; name: string; content: Uint8Array }

/** Writes it under the person's key. Returns its id, to be said with words. */
export async function writeOwnFile(
  files: Pick<FileStore, 'write'>,
  turn: Turn,
  { kind = 'document', mime, name, content }: OwnFile,
): Promise<string> {
  const fileId = turn.keepOwnFile({ kind, mime, name, bytes: content.length })
  await files.write(fileId, turn.drawer, content)
  return fileId
}
