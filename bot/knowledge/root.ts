import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the seed content, found from the sources and from `dist/` alike. */
export const SEED_FOLDER = join(projectRoot(dirname(fileURLToPath(import.meta.url))), 'prisma', 'seed')

function projectRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  return parent === folder ? process.cwd() : projectRoot(parent)
}
