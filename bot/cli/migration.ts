/** `node dist/bot/cli/migration.js NAME`: writes the step from the committed schema to the one in the work tree. For developers. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { diffSchemas } from '../store/migrate.js'

const SCHEMA = 'prisma/schema.prisma'

const committed = (): string => {
  const has = execFileSync('git', ['ls-files', 'prisma/migrations'], { encoding: 'utf8' }).trim() !== ''
  return has ? execFileSync('git', ['show', `HEAD:${SCHEMA}`], { encoding: 'utf8' }) : ''
}

const name = process.argv[2]
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Give the migration a name of small letters: node dist/bot/cli/migration.js add-workshops')
  process.exit(1)
}
const db = new PGlite()
const sql = await diffSchemas(committed(), readFileSync(SCHEMA, 'utf8'), new PrismaPGlite(db) as never)
await db.close()
if (!sql.trim() || sql.includes('empty migration')) {
  console.log('The schema has not changed.')
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = `prisma/migrations/${stamp}_${name.replaceAll('-', '_')}`
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/migration.sql`, sql)
  writeFileSync('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n')
  console.log(`Written: ${folder}/migration.sql. Read it, then start.`)
}
