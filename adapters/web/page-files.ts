/** The files of the page: read once at start from `adapters/web/page/`, compressed once, named by content so that a phone keeps them. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constants, gzipSync } from 'node:zlib'

/** One transfer each; every file is one concern. They count in this order. */
const SCRIPTS = ['base.js', 'outbox.js', 'view.js', 'feed.js', 'main.js']
const STYLES = ['frame.css', 'talk.css', 'press.css', 'write.css', 'narrow.css', 'dark.css']

export type PageFile = { type: string; content: Buffer; packed: Buffer; version: string }

/** The page is not compiled, so it lies with the sources whether we run from there or from `dist/`. */
function pageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return join(folder, 'adapters/web/page')
}

export function createPageFiles(folder = pageFolder()): ReadonlyMap<string, PageFile> {
  const read = (name: string) => readFileSync(join(folder, name))
  const file = (type: string, content: Buffer): PageFile => ({
    type,
    content,
    packed: gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
    version: createHash('sha256').update(content).digest('hex').slice(0, 12),
  })
  return new Map([
    ['chat.css', file('text/css; charset=utf-8', Buffer.concat(STYLES.map(read)))],
    ['chat.js', file('text/javascript; charset=utf-8', Buffer.concat(SCRIPTS.map(read)))],
    ['icon.svg', file('image/svg+xml', read('icon.svg'))],
  ])
}
