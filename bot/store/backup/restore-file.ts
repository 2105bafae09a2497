/** Puts a file of a backup back into the folder, sealed as it was, if somebody still has it. */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pathOfFile } from '../files.js'
import type { Sql } from '../store.js'
import { writeWhole } from '../write-whole.js'

type Piece = { letter: string; body: Buffer }

/** Takes the file's bytes from `parts` in any case; `written` learns of what was not there before. */
export async function restoreFile(
  dataDir: string,
  sql: Sql,
  { id, bytes }: { id: string; bytes: number },
  parts: AsyncIterator<Piece>,
  written: string[],
): Promise<void> {
  const path = pathOfFile(dataDir, id)
  const [row] = await sql('select id from file where id = $1::uuid', [id])
  // A folder that outlived its database: a file with this name is this file, because none is ever changed.
  const there = (await stat(path).catch(() => undefined))?.size === bytes
  if (!row || there) {
    for await (const _ of pieces(parts, bytes));
    return
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeWhole(path, async (handle) => {
    for await (const piece of pieces(parts, bytes)) await handle.writeFile(piece)
  })
  written.push(path)
}

async function* pieces(parts: AsyncIterator<Piece>, bytes: number): AsyncGenerator<Buffer> {
  for (let left = bytes; left > 0; ) {
    const { value, done } = await parts.next()
    if (done) return // cannot be: the whole backup was checked
    left -= value.body.length
    yield value.body
  }
}
