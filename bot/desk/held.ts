/**
 * Pictures and films in the case of a child may show what must not be passed on (S42). They are shown in no group and on no page by
 * themselves: only whoever has the case sees one, by an act of theirs that is recorded.
 */
import { loadFile } from '../conversation/files.js'
import type { InsideHouse } from '../conversation/inside.js'
import { UserError } from '../errors.js'
import type { FileStore } from '../store/files.js'
import type { StaffMember } from './access.js'
import { act } from './act.js'
import { mustOwn } from './case-lock.js'

/** Of a client's file `f`, sent in the message `m` of the case `k`: whether it is held back. */
export const HELD = `(m.author = 'client' and (k.minor or coalesce(k.danger, '') = 'child')
  and (f.kind in ('photo', 'video') or f.mime ~* '^(image|video)/'))`

export type HeldFile = NonNullable<Awaited<ReturnType<typeof loadFile>>>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws UserError noFile, notClaimed, caseTaken, noCase */
export async function showHeld(
  house: InsideHouse & { files: FileStore },
  code: string,
  staff: StaffMember,
  fileId: string,
): Promise<HeldFile> {
  let personId = ''
  await act(house, { code, staff, action: 'case.read', recordedAs: 'file.shown' }, async (found, tx) => {
    await mustOwn(tx, found, staff)
    const sent = UUID.test(fileId) ? await tx.message.findFirst({ where: { caseId: found.id, fileId } }) : null
    if (!sent) throw new UserError('noFile')
    personId = found.personId
    return true
  })
  const file = await loadFile(house.store, house.files, fileId, personId)
  if (!file) throw new UserError('noFile')
  return file
}
