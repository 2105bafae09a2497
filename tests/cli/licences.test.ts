/** What comes with Rahnamo: locked, under terms that we may deliver, and without scripts of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LICENCES_FILE, licences, licenceTable, lockedPackages } from '../../bot/cli/licences.js'
import { ROOT } from '../../bot/config.js'

/** Terms that let Apache-2.0 software be delivered with it; another one is a decision, not an accident. */
const ALLOWED = /^\(?(MIT|ISC|0BSD|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|Unlicense|CC0-1\.0)\b/

it('the list is that of the lock file: after a change, npm run licences', () => {
  expect(readFileSync(LICENCES_FILE, 'utf8')).toBe(licenceTable(licences()))
})

/** Looked at one by one; the first and the last come with the tool that makes the database client, unchanged. */
const LOOKED_AT = new Set([
  'elkjs', // EPL-2.0: may be delivered as it is
  'dejavu-fonts-ttf', // Bitstream Vera's terms: may be delivered with software, not sold by itself
  'png-js', // says nothing in its manifest; MIT in its LICENSE file
  'seq-queue', // says nothing in its manifest; MIT in its LICENSE file
])

it('every package is under terms that we may deliver', () => {
  const list = licences()
  expect(list.length).toBeGreaterThan(100)
  expect(list.filter(({ name, licence }) => !ALLOWED.test(licence) && !LOOKED_AT.has(name))).toEqual([])
})

it('every package is pinned to its contents', () => {
  expect(lockedPackages().filter(({ integrity, optional }) => !integrity && !optional)).toEqual([])
})

it('what would run at installation is named, and does not run', () => {
  const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    allowScripts: Record<string, boolean>
  }
  const wants = lockedPackages().flatMap(({ folder, hasInstallScript, optional }) =>
    hasInstallScript && !optional ? [folder.replace(/^.*node_modules\//, '')] : [],
  )
  expect([...new Set(wants)].sort()).toEqual(Object.keys(allowScripts).sort())
  expect(Object.values(allowScripts)).not.toContain(true)
})
