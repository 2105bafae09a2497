/** In which group's sums an approved report is counted, and what becomes of that when its month belongs to another group. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { Values } from '../../engine/types.js'
import { UserError } from '../../errors.js'
import type { Report } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import { count } from '../figures/keep.js'
import { Form } from './form.js'
import { groupOf, staysIn } from './stays.js'

type Keys = Pick<InsideHouse, 'store'>

/** @throws UserError noReport: the person was erased */
export async function drawerOf({ store }: Keys, tx: Tx, personId: string) {
  const { wrappedKey } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  if (!wrappedKey) throw new UserError('noReport')
  return store.vault.drawer(personId, wrappedKey)
}

/** The last version by its form; undefined where there was nothing to report. */
export async function lastOf(
  house: Keys,
  tx: Tx,
  report: Report,
): Promise<{ form: Form; answers: Values } | undefined> {
  const last = await tx.reportVersion.findFirst({
    where: { reportId: report.id },
    include: { form: true },
    orderBy: { number: 'desc' },
  })
  if (!last?.answers) return undefined
  const drawer = await drawerOf(house, tx, report.personId)
  return { form: Form.parse(last.form.form), answers: drawer.openJson<Values>('report.answers', last.answers) }
}

/** Where it was counted when it was approved, or since they moved. */
export async function countedIn(tx: Tx, report: Report): Promise<string | undefined> {
  const event = await tx.reportEvent.findFirst({
    where: { reportId: report.id, kind: { in: ['approved', 'moved'] } },
    orderBy: { id: 'desc' },
  })
  const about = event?.about
  return about && typeof about === 'object' && !Array.isArray(about) ? String(about.groupId) : undefined
}

type Whose = { personId: string; programmeId: string; staffId: string | null }

/**
 * After somebody's enrolments changed: each approved month is counted in the group to which it belongs now. Whoever decides on a report
 * waits until that is done (`keyOf` in `decide.ts`), so that no month is counted twice or in neither.
 */
export async function recount(house: Keys & Pick<InsideHouse, 'clock'>, tx: Tx, whose: Whose): Promise<void> {
  const { personId, programmeId, staffId } = whose
  const stays = await staysIn(tx, whose)
  const approved = await tx.report.findMany({ where: { personId, programmeId, state: 'approved' } })
  for (const report of approved) {
    const { id: reportId, period } = report
    const [from, to] = [await countedIn(tx, report), groupOf(period, stays)]
    const last = from && to && from !== to ? await lastOf(house, tx, report) : undefined
    if (!from || !to || !last) continue
    await count(tx, { groupId: from, period, ...last }, -1)
    await count(tx, { groupId: to, period, ...last }, 1)
    await tx.reportEvent.create({
      data: { reportId, kind: 'moved', at: house.clock(), staffId, about: { groupId: to } },
    })
  }
}
