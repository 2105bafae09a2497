// Makes a fresh copy ready to run: packages, the database client, the build. Each is done only when what it is made from has changed.
// Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const stamps = join(root, 'node_modules/.rahnamo')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Rahnamo needs Node.js 20.19 or newer; this is ${process.versions.node}. Get it from nodejs.org.`)
  process.exit(1)
}

const filesUnder = (path, ending) =>
  readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const hashOf = (files) => {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

const run = (what, command, args, env = {}) => {
  // Beside the output, which may be read by a program (`--json`)
  console.error(`${what} …`)
  const done = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (done.status !== 0) {
    console.error(`${done.stdout ?? ''}${done.stderr ?? ''}\n${what} failed; the lines above say why.`)
    process.exit(1)
  }
}

const once = (name, files, made, work) => {
  const stamp = join(stamps, name)
  const hash = hashOf(files)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && existsSync(join(root, made))) return
  work()
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stamp, hash)
}

const at = (path) => join(root, path)
const bin = (name) => at(`node_modules/.bin/${name}`)

once('packages', [at('package.json'), at('package-lock.json')], 'node_modules/typescript', () =>
  run('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
)
once('client', [at('prisma/schema.prisma'), at('package-lock.json')], 'bot/store/generated/client.ts', () =>
  // Prisma's native engine is not needed, and cannot be fetched everywhere: any file that exists keeps it from trying.
  run('Making the database client', bin('prisma'), ['generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
)
const sources = ['bot', 'adapters', 'tests'].flatMap((folder) => filesUnder(folder, '.ts'))
once('build', [...sources, at('tsconfig.json')], 'dist/bot/main.js', () => {
  rmSync(at('dist'), { recursive: true, force: true })
  run('Building', bin('tsc'), [])
})
