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

/** For a file whose reply was refused, or had been sent before. One that a message carries stays, whatever the caller believes. */
export async function discardReplyFile(store: Store, files: FileStore, id: string): Promise<void> {
  const gone = await store.sql<{ id: string }>(
    'delete from file where id = $1::uuid and not exists (select 1 from message where file_id = $1::uuid) returning id',
    [id],
  )
  if (gone.length > 0) await files.remove(id)
}
