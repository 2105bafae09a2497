/** A client's answer is taken: the code is used, the sums grow, and nothing is written that tells one answer, or who gave it. */
import { type Store, sqlOf, type Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'
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
  await count(tx, MONTH, [personId, groupId, period], vault.drawer(personId, wrappedKey), given)
}

const countForGroup = ({ vault }: Keys, tx: Tx, { groupId, period }: Whose, given: Answers) =>
  count(tx, FIGURE, [groupId, period], vault.house, given)

type Place = { table: 'feedback_month' | 'feedback_figure'; key: string; values: string }
const MONTH: Place = { table: 'feedback_month', key: 'person_id, group_id, period', values: '$1::uuid, $2::uuid, $3' }
const FIGURE: Place = { table: 'feedback_figure', key: 'group_id, period', values: '$1::uuid, $2' }

/** Adds one answer to the sums of one row. */
async function count(tx: Tx, { table, key, values }: Place, ids: string[], drawer: Drawer, given: Answers) {
  const sql = sqlOf(tx)
  const field = `${table}.totals` as const
  const last = `$${ids.length + 1}`
  // Whoever counts locks the row by it: nobody adds to the same sums meanwhile
  const rows = await sql<{ answers: number; totals: Uint8Array }>(
    `insert into ${table} as t (${key}, answers, totals) values (${values}, 1, ${last})
     on conflict (${key}) do update set answers = t.answers + 1 returning answers, totals`,
    [...ids, drawer.sealJson(field, noTotals())],
  )
  for (const { answers, totals } of rows) {
    const next = withAnswer(drawer.openJson<Totals>(field, totals), given, answers)
    await sql(`update ${table} set totals = ${last} where (${key}) = (${values}) returning period`, [
      ...ids,
      drawer.sealJson(field, next),
    ])
  }
}
