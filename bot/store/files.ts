/** The content of files: each lies encrypted with its person's key under DATA_DIR/files, so that it dies with the key. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Drawer } from './vault.js'
import { writeWhole } from './write-whole.js'

export type FileStore = {
  write(id: string, drawer: Drawer, content: Uint8Array): Promise<void>
  /** `undefined` when there is no such file. Throws SealError when it is not this person's. */
  read(id: string, drawer: Drawer): Promise<Uint8Array | undefined>
  remove(id: string): Promise<void>
  /** Every file of the folder, also what a cut-off write left behind: `id` is undefined there. */
  list(): Promise<StoredFile[]>
  /** Takes away one of the list. */
  discard(file: StoredFile): Promise<void>
}

export type StoredFile = { path: string; id: string | undefined; at: Date }
/** A file in the folder has the name of its row. */
export const isFileId = (name: string) => UUID.test(name)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const filesFolder = (dataDir: string) => join(dataDir, 'files')

/** Where the content of a file lies, sealed. */
export const pathOfFile = (dataDir: string, id: string) => {
  if (!UUID.test(id)) throw new Error('A file id is a uuid.')
  return join(filesFolder(dataDir), id.slice(0, 2), id)
}

export function createFileStore(dataDir: string): FileStore {
  const folder = filesFolder(dataDir)
  const pathOf = (id: string) => pathOfFile(dataDir, id)
  return {
    async write(id, drawer, content) {
      const path = pathOf(id)
      await mkdir(join(folder, id.slice(0, 2)), { recursive: true, mode: 0o700 })
      await writeWhole(path, (handle) => handle.writeFile(drawer.seal(`file/${id}`, content)))
    },
    async read(id, drawer) {
      try {
        return drawer.open(`file/${id}`, await readFile(pathOf(id)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    discard: ({ path }) => rm(path, { force: true }),
    async list() {
      const found: StoredFile[] = []
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      for (const entry of entries) {
        if (!entry.isFile()) continue
        const path = join(entry.parentPath, entry.name)
        const at = await stat(path).catch(() => undefined) // gone meanwhile
        if (at) found.push({ path, id: UUID.test(entry.name) ? entry.name : undefined, at: at.mtime })
      }
      return found
    },
  }
}
