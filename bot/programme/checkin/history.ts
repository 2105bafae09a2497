/** What trainers changed on a day, of each person: who, when, from what to what, and why. */
import type { Tx } from '../../store/store.js'
import { isMark, type Mark, TRAINER_KINDS } from './attendance.js'
import type { Row } from './roster.js'
import { isPoint, type PointId } from './windows.js'

export type Past = {
  at: Date
  /** The colleague's alias; undefined when they are not there any more. */
  by: string | undefined
  point: PointId
  was: Mark | null
  becomes: Mark
  /** Empty when no reason was given. */
  why: string
}

/** By enrolment, in the order in which it was written. Who was only noted as there, without a word, is no change. */
export async function historyOf(tx: Tx, rows: readonly Row[]): Promise<Map<string, Past[]>> {
  const ids = rows.flatMap(({ events }) => events.flatMap(({ byId }) => byId ?? []))
  const staff = await tx.staff.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, alias: true } })
  const aliases = new Map(staff.map(({ id, alias }) => [id, alias]))
  const pastOf = ({ events, drawer }: Row): Past[] =>
    events.flatMap(({ kind, at, byId, point, was, becomes, why }) => {
      const isTheirs = TRAINER_KINDS.some((each) => each === kind)
      if (!isTheirs || !isPoint(point) || !isMark(becomes) || (was === null && !why)) return []
      return [
        {
          ...{ at, point, becomes },
          by: byId ? aliases.get(byId) : undefined,
          was: isMark(was) ? was : null,
          why: why ? drawer.openText('attendance_event.why', why) : '',
        },
      ]
    })
  return new Map(rows.map((row) => [row.enrolmentId, pastOf(row)]))
}
