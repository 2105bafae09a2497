/** Files that are there whole or not at all, also after a power cut or on a full disk. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'

/** Writes beside and renames: what stood there before stays until the new one is whole. Two who write the same file do not meet. */
export async function writeWhole(path: string, fill: (handle: FileHandle) => Promise<unknown>): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    const handle = await open(part, 'wx', 0o600)
    try {
      await fill(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true }) // a full disk: what was written of it would only fill it more
    throw error
  }
}
