/** The other cases of whoever wrote from two chats, as far as this reader may see them. */
import type { Case } from '../store/generated/client.js'
import type { Sql, Tx } from '../store/store.js'
import type { StaffMember } from './access.js'
import { SIGHT } from './visible.js'

/** `here`: it was merged into the one that is looked at; otherwise the one that is looked at was merged into it. */
export type SameCase = { id: string; code: string; language: string; open: boolean; here: boolean }

/** Nobody looks through more. */
const SHOWN = 10

export const sameCases = (sql: Sql, { id }: Pick<StaffMember, 'id'>, code: string): Promise<SameCase[]> =>
  sql<SameCase>(
    `select k.id, k.code, k.language, k.state <> 'closed' as open, coalesce(k.merged_into_id = this.id, false) as here
       from case_file this join case_file k on k.id <> this.id and (k.merged_into_id = this.id or k.id = this.merged_into_id)
       join staff me on me.id = $1::uuid
      where this.code = $2 and ${SIGHT} = 'full' order by k.opened_at desc limit ${SHOWN}`,
    [id, code],
  )

/** What was merged into a case that is opened again belongs to the new one from now on. */
export const keepTogether = (tx: Tx, old: string, fresh: string) =>
  tx.case.updateMany({ where: { mergedIntoId: old }, data: { mergedIntoId: fresh } })

/** A chain of merges is followed no further. */
const MERGES_MAX = 5

/** The case in which the same person is answered now. */
async function answeredIn(tx: Tx, mergedIntoId: string | null): Promise<Case | null> {
  let into: Case | null = null
  for (let id = mergedIntoId, merges = 0; id && merges < MERGES_MAX; merges++) {
    into = await tx.case.findUnique({ where: { id } })
    id = into?.outcome === 'merged' ? into.mergedIntoId : null
  }
  return into
}

/** Who is asked first when this client comes back: after a merge whoever answers their other chat, if they are active and wanted. */
export async function knowsThem(tx: Tx, before: Case | null): Promise<string | null> {
  if (!before) return null
  const into = await answeredIn(tx, before.mergedIntoId)
  const id = into?.ownerId ?? into?.preferredId
  const staff = id && !before.avoid.includes(id) ? await tx.staff.findUnique({ where: { id } }) : null
  return staff && !staff.disabledAt ? staff.id : before.ownerId
}
