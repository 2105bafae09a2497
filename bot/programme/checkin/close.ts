/** The trainer closes the day: from then on its attendance stands. */
import type { InsideHouse } from '../../conversation/inside.js'
import type { StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import type { TrainingDay } from './days.js'
import { rosterOf } from './roster.js'
import { tellPerson } from './tell.js'
import { permitDay } from './trainer.js'
import { clockIn, dateIn } from './windows.js'

/**
 * Whoever was not marked was absent, whoever apologised is excused; both are told, and may object.
 * @throws UserError notAllowed, noSession, notBegun, closedAlready with its time: of two who close at once one does
 */
export async function closeDay(house: InsideHouse, tx: Tx, staff: StaffMember, day: TrainingDay): Promise<void> {
  permitDay(staff, day)
  const now = house.clock()
  if (now < day.startsAt) throw new UserError('notBegun', { time: clockIn(day.timeZone, day.startsAt) })
  // Waits for whoever is checking in this very moment, and lets nobody in afterwards
  const [closed] = await sqlOf(tx)<{ id: string }>(
    'update training_session set closed_at = $2::timestamptz where id = $1::uuid and closed_at is null returning id',
    [day.id, now],
  )
  if (!closed) {
    const { closedAt } = await tx.trainingSession.findUniqueOrThrow({ where: { id: day.id } })
    throw new UserError('closedAlready', { time: clockIn(day.timeZone, closedAt ?? now) })
  }
  await audit(tx, house.store.vault, { staffId: staff.id, action: 'session.close', object: day.id, at: now })
  const before = new Map((await rosterOf(house.store, tx, day)).map((row) => [row.enrolmentId, row]))
  for (const row of await rosterOf(house.store, tx, { ...day, closedAt: now })) {
    const news = row.standings.filter(({ point, standing }) => {
      const stood = before.get(row.enrolmentId)?.standings.find((each) => each.point === point)?.standing
      return stood?.mark !== standing.mark || stood?.proposed
    })
    if (row.guest || news.length === 0) continue
    await tellPerson(house, tx, row.personId, {
      key: 'told.closed',
      values: (language) => ({
        date: formatDate(language, dateIn(day.timeZone, day.startsAt)),
        what: news
          .map(({ point, standing }) =>
            [`point.${point}`, `mark.${standing.mark}`]
              .map((key) => house.mind.words.say(language, `checkin:${key}`))
              .join(': '),
          )
          .join('; '),
      }),
      into: ['objection'],
    })
  }
}
