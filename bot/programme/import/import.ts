/** A list of people becomes a group: all of them, or, with a single broken row, nobody and the reasons. */
import type { InsideHouse } from '../../conversation/inside.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { City } from '../../text/cities.js'
import { STAFF_LANGUAGES } from '../../text/languages.js'
import { todayIn } from '../people/days.js'
import { enrolWithin, openNames } from '../people/enrolments.js'
import { groupFor } from '../people/sight.js'
import { GROUP_MAX, rulesOf } from '../rules.js'
import { type Known, type Problem, planRows } from './rows.js'
import { readTable } from './table.js'

export type ImportReport = { added: number; problems: Problem[] }

/** Ends the transaction of an import that is not to be. */
class NothingImported extends Error {}

/**
 * @throws UserError notAllowed, noTraining, tableTooBig, notUtf8, notATable, noNameColumn, twoColumns, emptyTable
 */
export async function importWorkers(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  content: Uint8Array,
): Promise<ImportReport> {
  permit(staff, 'programme.change')
  // Before any lock: a large table takes its time
  const rows = await readTable(content)
  let report: ImportReport = { added: 0, problems: [] }
  const work = house.store.transaction(async (tx) => {
    const { group } = await groupFor(tx, staff, groupId)
    const { planned, problems } = planRows(rows, await knownOf(house, tx, group))
    report = { added: problems.length > 0 ? 0 : planned.length, problems: [...problems] }
    for (const { row, groupId, worker } of problems.length > 0 ? [] : planned)
      await enrolWithin(tx, house.store, groupId, worker).catch((error: unknown) => {
        // Somebody else changed the group meanwhile
        if (!(error instanceof UserError)) throw error
        report = { added: 0, problems: [{ row, code: error.code, values: error.values }] }
      })
    if (report.problems.length > 0) throw new NothingImported()
    const entry = { staffId: staff.id, action: 'programme.people', object: groupId, at: house.clock() } as const
    await audit(tx, house.store.vault, entry)
  })
  await work.catch((error: unknown) => {
    if (!(error instanceof NothingImported)) throw error
  })
  return report
}

type Group = Awaited<ReturnType<typeof groupFor>>['group']

async function knownOf(house: InsideHouse, tx: Tx, group: Group): Promise<Known> {
  const { programme } = group
  // The rooms that are counted stay as they are until the end
  await sqlOf(tx)('select id from programme_group where programme_id = $1::uuid order by id for update', [programme.id])
  const groups = await tx.programmeGroup.findMany({
    where: { programmeId: programme.id },
    include: { _count: { select: { enrolments: { where: { leftOn: null } } } } },
  })
  const max = Math.min(rulesOf(programme).group.max, GROUP_MAX)
  const { words } = house.mind
  return {
    programme,
    group,
    groups: groups.map(({ id, name, _count }) => ({ id, name, room: max - _count.enrolments })),
    people: await openNames(tx, house.store, programme.id),
    cityNames: ({ id }: City) =>
      STAFF_LANGUAGES.flatMap((language) => words.find(language, `knowledge:cities.${id}`) ?? []),
    today: todayIn(group.timeZone, house.clock()),
  }
}
