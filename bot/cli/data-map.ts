/** `npm run data-map`: writes docs/data-map.md from the schema's comments; and says for `npm run check` what is wrong with it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from '../config.js'
import { readDataMap } from '../store/data-map.js'
import { dataMapPage } from '../store/data-map-page.js'

const PAGE = 'docs/data-map.md'

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** What is wrong with the schema's comments; when nothing is, whether the page says what they say. */
export function dataMapProblems(root = ROOT): string[] {
  const map = readDataMap(readFileSync(join(root, 'prisma/schema.prisma'), 'utf8'))
  if (map.problems.length > 0) return map.problems
  const fresh = read(join(root, PAGE))?.replaceAll('\r\n', '\n') === dataMapPage(map)
  return fresh ? [] : [`${PAGE} is not what prisma/schema.prisma says. Run: npm run data-map`]
}

function main(): void {
  const map = readDataMap(readFileSync(join(ROOT, 'prisma/schema.prisma'), 'utf8'))
  for (const problem of map.problems) console.error(problem)
  if (map.problems.length > 0) {
    process.exitCode = 1
    return
  }
  const path = join(ROOT, PAGE)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, dataMapPage(map))
  console.log(`Written: ${PAGE}.`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
