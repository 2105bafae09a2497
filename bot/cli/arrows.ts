/**
 * Which room may know which. Data goes through the house one way, so the imports point one way too:
 * adapters → bot, entrances (main, house, cli) → capabilities → conversation → engine → text, with store, text and files at the bottom.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Room → the rooms it may import, beside itself. `*` is everything under bot/. */
const MAY_KNOW: Record<string, readonly string[]> = {
  text: [],
  files: [],
  store: ['text'],
  engine: ['text'],
  conversation: ['engine', 'files', 'store', 'text'],
  danger: ['engine', 'text'],
  people: ['http', 'desk', 'conversation', 'engine', 'store', 'text'],
  knowledge: ['conversation', 'engine', 'store', 'text', 'danger'],
  desk: ['conversation', 'engine', 'store', 'text', 'danger'],
  programme: ['desk', 'conversation', 'engine', 'store', 'text'],
  http: ['text'],
  console: ['http', 'desk', 'programme', 'conversation', 'engine', 'store', 'text'],
  cli: ['*', 'adapters'],
  /** main.ts, house.ts and their neighbours put the rooms together. */
  '': ['*'],
}

/** Files in no room that every room may use. */
const COMMON = ['errors', 'config', 'limits']

export type WrongArrow = { file: string; imports: string; sentence: string }

const roomOf = (path: string): string => {
  const [top = '', second = ''] = path.split('/')
  if (top !== 'bot') return top
  return path.split('/').length > 2 ? second : ''
}

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g

/** Reads every import under bot/ and adapters/ of the folder `root`. */
export function wrongArrows(root: string): WrongArrow[] {
  return ['bot', 'adapters'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
      .flatMap((entry) => {
        const file = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')
        const source = readFileSync(join(root, file), 'utf8')
        return [...source.matchAll(IMPORT)].flatMap(([, target = '']) => {
          const imports = relative(root, join(root, file, '..', target))
            .split(sep)
            .join('/')
          const sentence = whyNot(file, imports)
          return sentence ? [{ file, imports, sentence }] : []
        })
      }),
  )
}

function whyNot(file: string, imports: string): string | undefined {
  const from = roomOf(file)
  const to = roomOf(imports)
  if (from === 'adapters') {
    if (to !== 'adapters') return undefined
    const [, channel] = file.split('/')
    const [, other = ''] = imports.split('/')
    return channel === other || !imports.split('/')[2] ? undefined : `A channel knows nothing of another (${other}).`
  }
  if (to === 'adapters')
    return file === 'bot/main.ts' || from === 'cli' ? undefined : 'Only the entrances know the adapters.'
  if (from === to || COMMON.some((name) => imports === `bot/${name}.js`)) return undefined
  const may = MAY_KNOW[from]
  if (!may) return `The room "${from}" is not on the plan: add it to MAY_KNOW.`
  return may.includes('*') || may.includes(to)
    ? undefined
    : `"${from || 'bot'}" may not know "${to || 'the entrances'}".`
}
