/** The file of a reply: kept (encrypted, with the client's key) before the reply is sent, taken away when it was not. */
import { keepFile } from '../conversation/files.js'
import { UserError } from '../errors.js'
import type { FileStore } from '../store/files.js'
import type { Store } from '../store/store.js'

export type ReplyFile = { mime: string; name: string; content: Uint8Array }

/** Returns the file's id. Throws UserError noCase, fileTooBig, fileKind. */
export async function keepReplyFile(store: Store, files: FileStore, code: string, file: ReplyFile): Promise<string> {
  const found = await store.db.case.findUnique({
    where: { code },
    include: { person: { include: { addresses: { take: 1 } } } },
  })
  const person = found?.person
  if (!person?.wrappedKey) throw new UserError('noCase')
  const channel = person.addresses[0]?.channel ?? 'web'
  return keepFile(store, files, { id: person.id, wrappedKey: person.wrappedKey }, channel, file)
}

/** For a file whose reply was refused, or had been sent before. */
export async function discardReplyFile(store: Store, files: FileStore, id: string): Promise<void> {
  await store.db.file.deleteMany({ where: { id } })
  await files.remove(id)
}
