/** The files of the page: read once at start from `adapters/web/page/`, compressed once, named by content so that a phone keeps them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { ROOT } from '../../bot/config.js'

/** One transfer each; every file is one concern. They count in this order. */
const SCRIPTS = ['base.js', 'outbox.js', 'view.js', 'feed.js', 'main.js']
const STYLES = ['frame.css', 'talk.css', 'press.css', 'write.css', 'narrow.css', 'dark.css']

export type PageFile = { type: string; content: Buffer; packed: Buffer; version: string }

/** The page is not compiled: it lies with the sources, whether we run from there or from `dist/`. */
const PAGE_FOLDER = join(ROOT, 'adapters/web/page')

export function createPageFiles(folder = PAGE_FOLDER): ReadonlyMap<string, PageFile> {
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
