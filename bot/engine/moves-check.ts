/** Whether every conversation on an older version has a place in the newest, where the flow says that it takes them over. */
import type { Library } from './library.js'
import { type Flow, isStop } from './model.js'

export type Gap = { flow: string; version: string; step: string; sentence: string }

/** Looks at every older version that the library holds and the newest names under `moves:`. */
export function gapsInMoves(library: Library): Gap[] {
  return library.flows.flatMap((newest) =>
    [...newest.moves].flatMap(([version, map]) => {
      const older = library.version(newest.name, version)
      const gap = (step: string, sentence: string): Gap => ({ flow: newest.name, version, step, sentence })
      const strange = Object.entries(map).flatMap(([from, to]) => [
        ...(older && !older.byId.has(from) ? [gap(from, `Version ${version} has no step "${from}".`)] : []),
        ...(to !== null && !newest.byId.has(to) ? [gap(from, `There is no step "${to}" to move to.`)] : []),
      ])
      return older ? [...strange, ...homeless(older, newest, map).map((step) => gap(step.id, step.sentence))] : strange
    }),
  )
}

/** Steps where somebody may be waiting, that are neither in the newest version nor mentioned. */
function homeless(older: Flow, newest: Flow, map: Readonly<Record<string, string | null>>) {
  return older.steps
    .filter((step) => isStop(step) || step.form === 'run')
    .filter(({ id }) => !Object.hasOwn(map, id) && !newest.byId.has(id))
    .map(({ id }) => ({
      id,
      sentence: `"${id}" is gone. Say where whoever is there goes on, or null to drop its answer.`,
    }))
}
