/** What a person gets who asks what we keep (S15): a page to read, the same as data, and the files that no page has room for. */
import type { Turn } from '../../conversation/turn.js'
import type { Words } from '../../conversation/words.js'
import type { FileStore } from '../../store/files.js'
import type { Tx } from '../../store/store.js'
import { gather, type MyData } from './gather.js'
import { pageOf } from './page.js'

/** Files of the person up to this together lie in the page: a third more as text, and every channel still carries it. */
const IN_PAGE_MAX_BYTES = 12 * 1024 * 1024

type Made = { name: string; mime: string; content: Buffer }

export async function writeMyData(
  tx: Tx,
  turn: Turn,
  words: Words,
  files: Pick<FileStore, 'read'>,
): Promise<{ made: Made[]; beside: string[] }> {
  const data = await gather(tx, turn)
  const { contents, beside } = await contentsOf(data, turn, files)
  const name = `rahnamo-${turn.now.toISOString().slice(0, 10)}`
  const page = pageOf(data, turn, words, contents)
  return {
    made: [
      { name: `${name}.html`, mime: 'text/html', content: Buffer.from(page.toString()) },
      { name: `${name}.json`, mime: 'application/json', content: Buffer.from(JSON.stringify(data, null, 2)) },
    ],
    beside,
  }
}

/** Small ones first, so that as many as can be stand in the page; the others are sent after it. */
async function contentsOf(data: MyData, turn: Turn, files: Pick<FileStore, 'read'>) {
  const contents = new Map<string, Uint8Array>()
  const beside: string[] = []
  let room = IN_PAGE_MAX_BYTES
  const theirs = data.files.filter(({ ours, state }) => !ours && state === 'kept')
  for (const { id, bytes } of theirs.toSorted((one, other) => one.bytes - other.bytes)) {
    if (bytes > room) {
      beside.push(id)
      continue
    }
    const content = await files.read(id, turn.drawer)
    if (!content) continue
    room -= content.length
    contents.set(id, content)
  }
  return { contents, beside }
}
