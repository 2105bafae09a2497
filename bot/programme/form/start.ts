/** Which version of the report somebody begins: that of their programme's newest form. Several processes may publish; each looks it up. */
import type { Library } from '../../engine/library.js'
import type { Flow } from '../../engine/model.js'
import { remember } from '../../engine/remember.js'
import { FlowError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { REPORT } from '../reports/form.js'
import { FormDocument } from './document.js'
import { flowOf, reportFlow } from './flow.js'

/** Programme, version of its form and of the default one → the version of the flow. A form that was published does not change. */
const versions = new WeakMap<Library, Map<string, string>>()

/** Kept for whoever stands on it, in this process and in the others. */
export async function keepFlow(
  tx: Pick<Tx, 'flowVersion'>,
  library: Library,
  { version, source }: Flow,
): Promise<void> {
  await tx.flowVersion.createMany({ data: [{ flow: REPORT, version, source: source.text }], skipDuplicates: true })
  if (!library.version(REPORT, version)) library.addVersion(source.file, source.text)
}

/** The default one where a programme has none of its own, or one that no longer loads. */
export async function versionFor(
  tx: Pick<Tx, 'programmeVersion' | 'flowVersion'>,
  library: Library,
  programmeId: string,
): Promise<string> {
  const base = reportFlow(library)
  const newest = await tx.programmeVersion.findFirst({
    where: { programmeId, of: 'form' },
    orderBy: { number: 'desc' },
    select: { number: true },
  })
  if (!newest) return base.version
  const known = remember(versions, library, () => new Map<string, string>())
  const id = `${programmeId} ${newest.number} ${base.version}`
  const found = known.get(id)
  if (found) return found
  const key = { programmeId, of: 'form', number: newest.number }
  const { document } = await tx.programmeVersion.findUniqueOrThrow({ where: { programmeId_of_number: key } })
  const flow = loaded(library, document) ?? base
  const { version } = flow
  // Remembered only once it is kept for good: what this transaction writes may still be rolled back
  if (flow === base || (await tx.flowVersion.count({ where: { flow: REPORT, version } })) > 0) known.set(id, version)
  if (flow !== base) await keepFlow(tx, library, flow)
  return version
}

/** A new program may ask otherwise than the one on which the form was published. */
function loaded(library: Library, document: unknown): Flow | undefined {
  const read = FormDocument.safeParse(document)
  if (!read.success) return undefined
  try {
    return flowOf(library, read.data)
  } catch (error) {
    if (error instanceof FlowError) return undefined
    throw error
  }
}
