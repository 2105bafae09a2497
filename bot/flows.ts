/** The flows of this installation, compiled against its actions; and the older versions that conversations still stand on. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from './conversation/house.js'
import { check } from './engine/check.js'
import { compile } from './engine/compile.js'
import type { Library } from './engine/library.js'
import type { ActionSpec } from './engine/shapes.js'
import { FlowError } from './errors.js'
import type { Store } from './store/store.js'

/** @throws FlowError that names file, step and remedy */
export function readFlows(folder: string, actions: readonly ActionSpec[]): Library {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ file: `flows/${name}`, text: readFileSync(join(folder, name), 'utf8') }))
  return compile(files, { actions })
}

/**
 * The same, for whoever will talk with people: a flow that goes round in a circle, or from which no way leads out, is refused too.
 * What is wrong with its texts is left to `npm run check`: another language stands in for a missing one.
 * @throws FlowError, the first of them
 */
export function readSoundFlows(folder: string, actions: readonly ActionSpec[]): Library {
  const library = readFlows(folder, actions)
  const [problem] = check(library)
  if (problem) throw new FlowError(problem.code, problem.where, problem.sentence)
  return library
}

/** Keeps today's versions, and adds every older one: somebody may still stand on it. One that no longer fits is told, not fatal. */
export async function keepVersions(store: Store, library: Library, log: Log): Promise<void> {
  await store.db.flowVersion.createMany({
    data: library.flows.map(({ name, version, source }) => ({ flow: name, version, source: source.text })),
    skipDuplicates: true,
  })
  const current = new Set(library.flows.map(({ name, version }) => `${name} ${version}`))
  for (const row of await store.db.flowVersion.findMany()) {
    if (current.has(`${row.flow} ${row.version}`)) continue
    try {
      library.addVersion(`flows/${row.flow}.yaml (${row.version})`, row.source)
    } catch (error) {
      if (!(error instanceof FlowError)) throw error
      log.warn(
        { code: error.code, what: row.flow },
        'An older flow no longer fits; whoever stands on it gets the menu.',
      )
    }
  }
}
