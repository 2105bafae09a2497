/** A day of training with what is known of its group: read the same way wherever it is looked at. */
import { UserError } from '../../errors.js'
import type { Prisma } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Day } from './windows.js'

export type TrainingDay = Day & {
  id: string
  module: number
  place: string
  closedAt: Date | null
  groupId: string
  group: string
  programmeId: string
  trainerId: string | null
}

const WITH_GROUP = { group: { include: { programme: true } } } as const
type Row = Prisma.TrainingSessionGetPayload<{ include: typeof WITH_GROUP }>

const dayOf = ({ group, ...row }: Row): TrainingDay => ({
  id: row.id,
  module: row.module,
  place: row.place,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  closedAt: row.closedAt,
  groupId: group.id,
  group: group.name,
  programmeId: group.programmeId,
  trainerId: group.trainerId,
  timeZone: group.timeZone,
  rules: group.programme.rules,
})

export async function daysWhere(tx: Tx, where: Prisma.TrainingSessionWhereInput): Promise<TrainingDay[]> {
  const rows = await tx.trainingSession.findMany({ where, include: WITH_GROUP, orderBy: { startsAt: 'asc' } })
  return rows.map(dayOf)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws UserError noSession */
export async function findDay(tx: Tx, id: string): Promise<TrainingDay> {
  const [day] = UUID.test(id) ? await daysWhere(tx, { id }) : []
  if (!day) throw new UserError('noSession')
  return day
}

/**
 * Nobody closes the day before this transaction ends; any number of people may check in beside each other. Without it a check-in could
 * be added to a day that was closed a moment ago, and the trainer's count would not be true any more.
 */
export async function holdOpen(tx: Tx, id: string): Promise<boolean> {
  const [row] = await sqlOf(tx)<{ closed: boolean }>(
    'select closed_at is not null as closed from training_session where id = $1::uuid for share',
    [id],
  )
  return row?.closed === false
}
