/** The soft signals of a day, by name, for its trainer. */
import type { Tx } from '../../store/store.js'
import type { TrainingDay } from './days.js'
import type { Row } from './roster.js'
import { inTwoPlaces, pairsTogether } from './signals.js'

const OWN = ['code', 'qr']

export async function signalsOf(
  tx: Tx,
  day: TrainingDay,
  rows: readonly Row[],
): Promise<{ pairs: [string, string][]; twice: string[] }> {
  const names = new Map(rows.map(({ enrolmentId, name }) => [enrolmentId, name]))
  const nameOf = (id: string) => names.get(id) ?? ''
  const own = rows.flatMap(({ events }) => events.filter(({ kind }) => OWN.includes(kind)))
  // One person may be in several groups
  const persons = new Map(rows.map(({ personId, enrolmentId }) => [personId, enrolmentId]))
  const came = new Set(own.map(({ enrolmentId }) => enrolmentId))
  const others = await tx.attendanceEvent.findMany({
    where: {
      kind: { in: OWN },
      enrolment: { personId: { in: [...persons.keys()] } },
      sessionId: { not: day.id },
      session: { startsAt: { lt: day.endsAt }, endsAt: { gt: day.startsAt } },
    },
    select: { enrolment: { select: { personId: true } }, session: { select: { startsAt: true, endsAt: true } } },
  })
  const elsewhere = others.flatMap(({ enrolment, session }) => {
    const enrolmentId = persons.get(enrolment.personId)
    return enrolmentId && came.has(enrolmentId) ? [{ enrolmentId, ...session }] : []
  })
  return {
    pairs: pairsTogether(own).map(([one, other]) => [nameOf(one), nameOf(other)]),
    twice: inTwoPlaces(day, elsewhere).map(nameOf),
  }
}
