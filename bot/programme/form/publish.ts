/** A form is changed in a draft that all coordinators share, and published as a whole: nothing is published that does not load. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { change } from '../../desk/house/change.js'
import { UserError } from '../../errors.js'
import { Prisma, type Programme } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { isId } from '../people/sight.js'
import { addVersion, lockProgramme, newestNumber, versionOf } from '../versions.js'
import { checkedFlow } from './check.js'
import { defaultForm } from './default-form.js'
import { FormDocument, NOTHING_CHANGED } from './document.js'
import { edited, type FormEdit } from './edits.js'
import { reportFlow } from './flow.js'
import { keepFlow } from './start.js'

export type FormState = {
  /** What is asked today, and what would be asked with the changes that are not published. */
  published: FormDocument
  draft: FormDocument
  isChanged: boolean
  number: number
  edition: number
}

/** The draft is thrown away rather than read by halves, when it is of another time. */
function readDraft(draft: unknown, published: FormDocument): FormDocument {
  const read = FormDocument.safeParse(draft)
  return draft !== null && read.success ? read.data : published
}

export async function formState(
  tx: Pick<Tx, 'programmeVersion'>,
  { id, formDraft, formEdition }: Pick<Programme, 'id' | 'formDraft' | 'formEdition'>,
): Promise<FormState> {
  const number = await newestNumber(tx, id, 'form')
  const key = { programmeId_of_number: { programmeId: id, of: 'form', number } }
  const row = await tx.programmeVersion.findUnique({ where: key })
  const published = row ? FormDocument.parse(row.document) : NOTHING_CHANGED
  const draft = readDraft(formDraft, published)
  return { published, draft, isChanged: !same(draft, published), number, edition: formEdition }
}

const same = (one: FormDocument, other: FormDocument): boolean => JSON.stringify(one) === JSON.stringify(other)

type Work = (tx: Tx, state: FormState) => Promise<FormDocument | null>

/** `edition` is that of the draft that was looked at. What `work` gives is the draft from now on; null: there is none. */
function onDraft(house: InsideHouse, staff: StaffMember, programmeId: string, edition: number, work: Work) {
  const recorded = { action: 'programme.change', recordedAs: 'programme.form', object: programmeId } as const
  return change(house, staff, recorded, async (tx) => {
    if (!isId(programmeId)) throw new UserError('noProgramme')
    await lockProgramme(tx, programmeId)
    const programme = await tx.programme.findUnique({ where: { id: programmeId } })
    if (!programme) throw new UserError('noProgramme')
    const state = await formState(tx, programme)
    if (state.edition !== edition) throw new UserError('changedMeanwhile')
    const draft = await work(tx, state)
    const formDraft = draft && !same(draft, state.published) ? draft : Prisma.DbNull
    await tx.programme.update({ where: { id: programmeId }, data: { formDraft, formEdition: edition + 1 } })
    return true
  })
}

/** @throws UserError notAllowed, noProgramme, changedMeanwhile, and as `edited` */
export const editForm = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { edition, edit }: { edition: number; edit: FormEdit },
) =>
  onDraft(house, staff, programmeId, edition, async (tx, { draft }) => {
    const published = await everPublished(tx, programmeId)
    const ground = { base: defaultForm(reportFlow(house.mind.library)), isPublished: (id: string) => published.has(id) }
    return edited(draft, edit, ground)
  })

async function everPublished(tx: Tx, programmeId: string): Promise<Set<string>> {
  const versions = await tx.programmeVersion.findMany({ where: { programmeId, of: 'form' } })
  return new Set(
    versions.flatMap(({ document }) => {
      const { questions, options } = FormDocument.parse(document)
      return [...questions, ...options].map(({ id }) => id)
    }),
  )
}

/** What is not published is as if it had never been written. @throws UserError notAllowed, noProgramme, changedMeanwhile */
export const discardForm = (house: InsideHouse, staff: StaffMember, programmeId: string, edition: number) =>
  onDraft(house, staff, programmeId, edition, async () => null)

/**
 * From now on every report that is begun is asked this way; those that were begun go on as they are.
 * @throws UserError notAllowed, noProgramme, changedMeanwhile, nothingToPublish, formBroken
 */
export const publishForm = (house: InsideHouse, staff: StaffMember, programmeId: string, edition: number) =>
  onDraft(house, staff, programmeId, edition, async (tx, { draft, isChanged, number }) => {
    if (!isChanged) throw new UserError('nothingToPublish')
    await publish(house, tx, staff, { programmeId, document: draft, number })
    return null
  })

/** An older form is asked again, as a version of its own. @throws UserError as `publishForm`, noVersion, formDraftOpen */
export const formBack = (
  house: InsideHouse,
  staff: StaffMember,
  programmeId: string,
  { edition, number }: { edition: number; number: number },
) =>
  onDraft(house, staff, programmeId, edition, async (tx, state) => {
    // What a colleague has begun to change must not come back with the next press
    if (state.isChanged) throw new UserError('formDraftOpen')
    const document = FormDocument.parse(await versionOf(tx, programmeId, 'form', number))
    if (same(document, state.published)) throw new UserError('nothingToPublish')
    await publish(house, tx, staff, { programmeId, document, number: state.number })
    return null
  })

type Publishing = { programmeId: string; document: FormDocument; number: number }

async function publish(house: InsideHouse, tx: Tx, staff: StaffMember, { programmeId, document, number }: Publishing) {
  const { library, words } = house.mind
  const { flow, problems } = checkedFlow(library, words, document)
  if (!flow || problems.length > 0) throw new UserError('formBroken')
  const kept = { programmeId, of: 'form', before: NOTHING_CHANGED, staffId: staff.id, at: house.clock() } as const
  await addVersion(tx, { ...kept, seen: number, document })
  await keepFlow(tx, library, flow)
}
