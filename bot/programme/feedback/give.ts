/** A client's answer is taken: the code is used, the sums grow, and nothing is written that tells one answer, or who gave it. */
import { type Store, sqlOf, type Tx } from '../../store/store.js'
import { addLine } from './lines.js'
import type { Answers } from './questions.js'
import { type Refused, use, useForLine, type Whose } from './tokens.js'
import { noTotals, type Totals, withAnswer } from './totals.js'

type Keys = Pick<Store, 'vault'>

/** All in the transaction of whoever calls: an answer counts whole or not at all, and its code is then still good. */
export async function give(store: Keys, tx: Tx, code: string, given: Answers, now: Date): Promise<Refused | 'given'> {
  const found = await use(store, tx, code, now)
  if (typeof found === 'string') return found
  // Always in this order: two who answer at once must not wait for each other
  await countForWorker(store, tx, found, given)
  await countForGroup(store, tx, found, given)
  return 'given'
}

/** False when this code takes no line (any more). */
export async function addWords(store: Keys, tx: Tx, code: string, line: string, now: Date): Promise<boolean> {
  const whose = await useForLine(store, tx, code, now)
  if (!whose) return false
  await addLine(store, tx, whose, line)
  return true
}

async function countForWorker({ vault }: Keys, tx: Tx, { personId, groupId, period }: Whose, given: Answers) {
  const { wrappedKey } = await tx.person.findUniqueOrThrow({ where: { id: personId } })
  // Erased meanwhile: the group's sums are all that it counts for
  if (!wrappedKey) return
  const drawer = vault.drawer(personId, wrappedKey)
  const key = { personId, groupId, period }
  await sqlOf(tx)(
    `insert into feedback_month (person_id, group_id, period, totals) values ($1::uuid, $2::uuid, $3, $4)
     on conflict do nothing returning period`,
    [personId, groupId, period, drawer.sealJson('feedback_month.totals', noTotals())],
  )
  await sqlOf(tx)(
    'select period from feedback_month where person_id = $1::uuid and group_id = $2::uuid and period = $3 for update',
    [personId, groupId, period],
  )
  const where = { personId_groupId_period: key }
  const row = await tx.feedbackMonth.findUniqueOrThrow({ where })
  const answers = row.answers + 1
  const totals = withAnswer(drawer.openJson<Totals>('feedback_month.totals', row.totals), given, answers)
  await tx.feedbackMonth.update({
    where,
    data: { answers, totals: drawer.sealJson('feedback_month.totals', totals) },
  })
}

async function countForGroup({ vault: { house } }: Keys, tx: Tx, { groupId, period }: Whose, given: Answers) {
  await sqlOf(tx)(
    'insert into feedback_figure (group_id, period, totals) values ($1::uuid, $2, $3) on conflict do nothing returning period',
    [groupId, period, house.sealJson('feedback_figure.totals', noTotals())],
  )
  await sqlOf(tx)('select period from feedback_figure where group_id = $1::uuid and period = $2 for update', [
    groupId,
    period,
  ])
  const where = { groupId_period: { groupId, period } }
  const row = await tx.feedbackFigure.findUniqueOrThrow({ where })
  const answers = row.answers + 1
  const totals = withAnswer(house.openJson<Totals>('feedback_figure.totals', row.totals), given, answers)
  await tx.feedbackFigure.update({
    where,
    data: { answers, totals: house.sealJson('feedback_figure.totals', totals) },
  })
}
