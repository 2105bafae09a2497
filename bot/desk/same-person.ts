/** The other cases of whoever wrote from two chats, as far as this reader may see them. */
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

/** A chain of merges is followed no further. */
const MERGES_MAX = 5

/** Who answers the same person in the case that this one was merged into, while they are active. */
export async function answersElsewhere(tx: Tx, mergedIntoId: string | null): Promise<string | undefined> {
  let id = mergedIntoId
  for (let merges = 0; id && merges < MERGES_MAX; merges++) {
    const into = await tx.case.findUnique({ where: { id }, include: { owner: true } })
    if (into?.outcome === 'merged' && into.mergedIntoId) {
      id = into.mergedIntoId
      continue
    }
    return into?.owner && !into.owner.disabledAt ? into.owner.id : undefined
  }
  return undefined
}
