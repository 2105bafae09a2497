/**
 * The lines that clients added, by group and month. All of a month lie in one sealed value and are shuffled whenever one comes: none has a
 * row, a number or a time by which it could be laid beside a chat.
 */
import { randomInt } from 'node:crypto'
import { FEWEST } from '../../desk/house/figures.js'
import { type Store, sqlOf, type Tx } from '../../store/store.js'
import { cleanLine } from './questions.js'

type Keys = Pick<Store, 'vault'>
export type Place = { groupId: string; period: string }

const SEALED = 'feedback_lines.lines'

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    const [one, other] = [mixed[i], mixed[j]]
    if (one !== undefined && other !== undefined) [mixed[i], mixed[j]] = [other, one]
  }
  return mixed
}

export async function addLine({ vault: { house } }: Keys, tx: Tx, place: Place, text: string): Promise<void> {
  const line = cleanLine(text)
  if (!line) return
  const { groupId, period } = place
  await sqlOf(tx)(
    'insert into feedback_lines (group_id, period, lines) values ($1::uuid, $2, $3) on conflict do nothing returning period',
    [groupId, period, house.sealJson(SEALED, [])],
  )
  await sqlOf(tx)('select period from feedback_lines where group_id = $1::uuid and period = $2 for update', [
    groupId,
    period,
  ])
  const where = { groupId_period: { groupId, period } }
  const row = await tx.feedbackLines.findUniqueOrThrow({ where })
  const lines = shuffled([...house.openJson<string[]>(SEALED, row.lines), line])
  await tx.feedbackLines.update({ where, data: { lines: house.sealJson(SEALED, lines) } })
}

/** From five answers of that group and month on: below that somebody who knows whom a worker met could guess whose words they are. */
export async function linesOf(
  { vault: { house } }: Keys,
  tx: Pick<Tx, 'feedbackLines' | 'feedbackFigure'>,
  place: Place,
): Promise<string[]> {
  const { groupId, period } = place
  const where = { groupId_period: { groupId, period } }
  const figure = await tx.feedbackFigure.findUnique({ where })
  if ((figure?.answers ?? 0) < FEWEST) return []
  const row = await tx.feedbackLines.findUnique({ where })
  return row ? house.openJson<string[]>(SEALED, row.lines) : []
}
