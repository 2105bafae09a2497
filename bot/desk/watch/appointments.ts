/** Reminders of meetings: a day and two hours before, each once. */
import { inConversation } from '../../conversation/inside.js'
import type { Sql } from '../../store/store.js'
import { meetingWords, nextReminder } from '../appointments.js'
import { centreOf, type DeskHouse } from '../centres.js'
import { each, underLock } from './under-lock.js'

const BATCH = 50

export async function remind(house: DeskHouse): Promise<number> {
  const now = house.clock()
  const due = await house.store.sql<{ id: string; code: string; meeting: string }>(
    `select k.id, k.code, a.id as meeting from appointment a join case_file k on k.id = a.case_id
      where a.state = 'planned' and a.remind_at <= $1 order by a.remind_at limit $2::int`,
    [now, BATCH],
  )
  return each(due, ({ meeting: id, ...one }) =>
    underLock(house, one, async (found, tx) => {
      const meeting = await tx.appointment.findUnique({ where: { id } })
      if (meeting?.state !== 'planned' || !meeting.remindAt || meeting.remindAt > now) return false
      await tx.appointment.update({ where: { id }, data: { remindAt: nextReminder(meeting.at, now) } })
      // Nothing ran until it was over: a reminder would only confuse.
      if (meeting.at <= now) return true
      const zone = (await centreOf(tx, found.centreId))?.timeZone
      await inConversation(house, tx, found.conversationId, async (turn) => {
        const place = turn.drawer.openText('appointment.place', meeting.place)
        turn.sayText(meetingWords(turn, house.mind.words, 'desk:meeting.reminder', { at: meeting.at, place, zone }))
      })
      return true
    }),
  )
}

export async function nextAppointment(sql: Sql): Promise<Date | undefined> {
  const [row] = await sql<{ at: Date | null }>(`select min(remind_at) as at from appointment where state = 'planned'`)
  return row?.at ?? undefined
}
