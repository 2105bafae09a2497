/** The only door to what was seen of people: rows are added and read, and the database refuses to change one. */
import type { AttendanceEvent } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Drawer } from '../../store/vault.js'
import type { Kind, Mark } from './attendance.js'
import type { PointId } from './windows.js'

export type NewEvent = {
  sessionId: string
  enrolmentId: string
  kind: Kind
  at: Date
  point?: PointId | null
  was?: Mark | null
  becomes?: Mark | null
  minutes?: number
  byId?: string
  /** Of many who add the same at once, one does. */
  once?: string
  why?: { words: string; drawer: Drawer }
}

/** False when it was there already. */
export async function addEvent(tx: Tx, event: NewEvent): Promise<boolean> {
  const { why } = event
  const rows = await sqlOf(tx)<{ id: bigint }>(
    `insert into attendance_event (session_id, enrolment_id, kind, at, point, was, becomes, minutes, by_id, once, why)
     values ($1::uuid, $2::uuid, $3, $4::timestamptz, $5, $6, $7, $8::int, $9::uuid, $10, $11)
     on conflict (session_id, enrolment_id, once) do nothing returning id`,
    [
      event.sessionId,
      event.enrolmentId,
      event.kind,
      event.at,
      event.point ?? null,
      event.was ?? null,
      event.becomes ?? null,
      event.minutes ?? null,
      event.byId ?? null,
      event.once ?? null,
      why ? why.drawer.seal('attendance_event.why', why.words) : null,
    ],
  )
  return rows.length > 0
}

/** Words about somebody whose enrolment becomes another person's (their own, under another key): the same words, sealed anew. */
export async function resealWords(tx: Tx, enrolmentId: string, from: Drawer, to: Drawer): Promise<void> {
  const sql = sqlOf(tx)
  await sql(`select set_config('rahnamo.reseal', 'on', true)`)
  for (const { id, why } of await eventsOf(tx, { enrolmentId })) {
    if (!why) continue
    const sealed = to.seal('attendance_event.why', from.openText('attendance_event.why', why))
    await sql('update attendance_event set why = $2 where id = $1::bigint', [id, sealed])
  }
  await sql(`select set_config('rahnamo.reseal', '', true)`)
}

type Whose = { sessionId?: string; enrolmentId?: string | { in: string[] } }

/** In the order in which they happened. */
export const eventsOf = (tx: Tx, whose: Whose): Promise<AttendanceEvent[]> =>
  tx.attendanceEvent.findMany({ where: whose, orderBy: { id: 'asc' } })
