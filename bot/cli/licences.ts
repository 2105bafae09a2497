/** `npm run licences`: writes `docs/licences.md`, what Rahnamo is delivered with and under which terms. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ROOT } from '../config.js'

export const LICENCES_FILE = join(ROOT, 'docs/licences.md')

const Entry = z.looseObject({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  optional: z.boolean().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
})
const Lock = z.looseObject({ packages: z.record(z.string(), Entry) })
const Manifest = z.looseObject({
  license: z.union([z.string(), z.looseObject({ type: z.string() })]).optional(),
})

/** Everything in the lock file by the folder it is put into, without ourselves. */
export const lockedPackages = () =>
  Object.entries(Lock.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))).packages)
    .filter(([folder]) => folder !== '')
    .map(([folder, entry]) => ({ folder, ...entry }))

export type Licence = { name: string; version: string; licence: string }

/** What is delivered (not what only builds and tests), by name. A package that says nothing in the lock file says it in its own. */
export function licences(): Licence[] {
  const delivered = lockedPackages().filter(({ dev, devOptional, optional }) => !dev && !devOptional && !optional)
  return delivered
    .map(({ folder, version = '', license }) => ({
      name: folder.replace(/^.*node_modules\//, ''),
      version,
      licence: license ?? ownLicence(join(ROOT, folder)),
    }))
    .sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1))
}

function ownLicence(folder: string): string {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return 'not said'
  const { license } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')))
  return typeof license === 'string' ? license : (license?.type ?? 'not said')
}

export function licenceTable(list: readonly Licence[]): string {
  const unique = [...new Map(list.map((each) => [`${each.name} ${each.version}`, each])).values()]
  const rows = unique.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  return [
    '# Licences',
    '',
    'Rahnamo is under Apache-2.0. It is delivered with these packages; `npm run licences` writes the list, `npm run sbom` the bill of',
    'materials (CycloneDX) that goes with a release.',
    '',
    '| Package | Version | Licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(LICENCES_FILE, licenceTable(licences()))
