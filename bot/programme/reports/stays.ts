/** In which groups of a programme somebody was, and to which of them a month of theirs belongs, however often they moved. */
import type { Tx } from '../../store/store.js'
import { wordOf } from '../people/days.js'
import { isExpected, type Stretch } from './periods.js'

export type Stay = Stretch & { groupId: string }

/**
 * A month belongs to one group alone: that of the last stay that touches it, and of the last stay of all where none does. It is seen,
 * decided, counted and exported there and nowhere else. `stays` are in the order of joining.
 */
export const groupOf = (period: string, stays: readonly Stay[]): string | undefined =>
  (stays.findLast((stay) => isExpected(period, [stay])) ?? stays.at(-1))?.groupId

export const stayOf = (enrolment: { groupId: string; joinedOn: Date; leftOn: Date | null }): Stay => ({
  groupId: enrolment.groupId,
  from: wordOf(enrolment.joinedOn),
  to: enrolment.leftOn && wordOf(enrolment.leftOn),
})

export const IN_ORDER = [{ joinedOn: 'asc' }, { id: 'asc' }] as const satisfies object[]

/** Everywhere that this person was in this programme, in the order of joining. */
export async function staysIn(
  { enrolment }: Pick<Tx, 'enrolment'>,
  { personId, programmeId }: { personId: string; programmeId: string },
): Promise<Stay[]> {
  const found = await enrolment.findMany({ where: { personId, group: { programmeId } }, orderBy: [...IN_ORDER] })
  return found.map(stayOf)
}

/** The same as a piece of SQL: one JSON value for the person and the programme that these two expressions name. */
export const staysSql = (person: string, programme: string): string =>
  `(select jsonb_agg(jsonb_build_object('groupId', s.group_id, 'from', s.joined_on, 'to', s.left_on) order by s.joined_on, s.id)
      from enrolment s join programme_group sg on sg.id = s.group_id where s.person_id = ${person} and sg.programme_id = ${programme})`
