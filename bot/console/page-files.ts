/** The page's style and scripts: read once at start from `bot/console/page/`, named by content so that a browser may keep them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../config.js'

const TYPES = {
  'desk.css': 'text/css; charset=utf-8',
  'desk.js': 'text/javascript; charset=utf-8',
  'house.css': 'text/css; charset=utf-8',
  'house.js': 'text/javascript; charset=utf-8',
  'screen.css': 'text/css; charset=utf-8',
  'screen.js': 'text/javascript; charset=utf-8',
  'sign-in.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const
export type PageFileName = keyof typeof TYPES

export type PageFile = { type: string; content: Buffer; version: string }

/** The page is not compiled: it lies with the sources, whether we run from there or from `dist/`. */
const PAGE_FOLDER = join(ROOT, 'bot/console/page')

export function readPageFiles(folder = PAGE_FOLDER) {
  const files = new Map<string, PageFile>(
    Object.entries(TYPES).map(([name, type]) => {
      const content = readFileSync(join(folder, name))
      return [name, { type, content, version: createHash('sha256').update(content).digest('hex').slice(0, 12) }]
    }),
  )
  return {
    get: (name: string) => files.get(name),
    /** The address of a file as the page names it. */
    url: (base: string, name: PageFileName) => `${base}/page/${name}?v=${files.get(name)?.version}`,
  }
}
