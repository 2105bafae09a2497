/** Versions of flows that another process has added: fetched when somebody stands on one, or begins one, that this process does not know. */
import type { Library } from '../engine/library.js'
import type { Flow } from '../engine/model.js'
import { isPosition, type Position } from '../engine/position.js'
import { remember } from '../engine/remember.js'
import { FlowError } from '../errors.js'
import type { Tx } from '../store/store.js'

/** What was looked for and is not there, or fits this program no more: asked for once, not with every message. */
const gone = new WeakMap<Library, Set<string>>()

const goneIn = (library: Library): Set<string> => remember(gone, library, () => new Set<string>())

/** Undefined when it is nowhere, or no longer fits. */
export async function fetchVersion(
  tx: Pick<Tx, 'flowVersion'>,
  library: Library,
  flow: string,
  version: string,
): Promise<Flow | undefined> {
  const known = library.version(flow, version)
  const id = `${flow} ${version}`
  if (known || goneIn(library).has(id)) return known
  const row = await tx.flowVersion.findUnique({ where: { flow_version: { flow, version } } })
  try {
    if (row) return library.addVersion(`flows/${flow}.yaml (${version})`, row.source)
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
  }
  goneIn(library).add(id)
  return undefined
}

/** The versions that a conversation stands on and that are not known here yet. */
export function unknownIn(library: Library, position: Position | null): { flow: string; version: string }[] {
  // Whatever was stored is read here before the engine looks at it
  if (position === null || !isPosition(position)) return []
  return position.frames.filter(
    ({ flow, version }) => !library.version(flow, version) && !goneIn(library).has(`${flow} ${version}`),
  )
}
