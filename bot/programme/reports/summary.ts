/** One month of a group for the signatures: who was expected, what became of the reports, and what the approved ones add up to. No name. */
import type { InsideHouse } from '../../conversation/inside.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { audit } from '../../desk/audit.js'
import { mustNotBeFrozen } from '../../desk/two-people/frozen.js'
import { UserError } from '../../errors.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { grouped } from '../duties/grouped.js'
import { isId } from '../people/sight.js'
import { type Question, questionsOf } from './form.js'
import { dayIn, isExpected, isPeriod, periodIn } from './periods.js'
import type { State } from './states.js'
import { groupOf, IN_ORDER, stayOf } from './stays.js'
import { within, zoneOf } from './whose.js'
import { stateOf } from './write.js'

export type MonthCounts = {
  expected: number
  /** Sent and standing: also what is approved, and the months in which there was nothing. */
  sent: number
  nothing: number
  approved: number
  returned: number
  missing: number
}

export type MonthSummary = {
  group: string
  programme: string
  city: string | null
  period: string
  /** The day on which it is made, where the group meets. */
  today: string
  counts: MonthCounts
  /** Those of every form of the programme, for the names of what follows. */
  questions: readonly Question[]
  /** In the order in which the form asks. */
  sums: { question: string; value: number }[]
  topics: { option: string; reports: number }[]
}

/** Each expected report is sent, given back or missing. Pure. */
export function countStates(states: readonly State[]): MonthCounts {
  const count = (...of: State[]) => states.filter((state) => of.includes(state)).length
  return {
    expected: states.length,
    sent: count('submitted', 'resubmitted', 'nothing', 'approved'),
    nothing: count('nothing'),
    approved: count('approved'),
    returned: count('returned'),
    missing: count('due', 'draft'),
  }
}

/** Who took it is recorded. @throws UserError notAllowed, badMonth, noPage, frozen */
export async function monthSummary(
  house: InsideHouse,
  staff: StaffMember,
  groupId: string,
  period: string,
): Promise<MonthSummary> {
  permit(staff, 'report.decide')
  const now = house.clock()
  const group = isId(groupId)
    ? await house.store.db.programmeGroup.findUnique({ where: { id: groupId }, include: { programme: true } })
    : null
  if (!group) throw new UserError('noPage')
  if (!isPeriod(period) || period > periodIn(group.timeZone, now)) throw new UserError('badMonth')
  return house.store.transaction(async (tx) => {
    await mustNotBeFrozen(sqlOf(tx))
    const object = `${groupId}/${period}/summary`
    const summary = {
      ...{ group: group.name, programme: group.programme.name, city: group.city, period },
      today: dayIn(group.timeZone, now),
      counts: countStates(await statesOf(tx, group, period, now)),
      ...(await sumsOf(tx, group, period)),
    }
    await audit(tx, house.store.vault, { staffId: staff.id, action: 'report.export', object, at: now })
    return summary
  })
}

type Group = { id: string; programmeId: string; timeZone: string; programme: { startsOn: Date; endsOn: Date } }

/** Of each person of the group from whom that month is expected. */
async function statesOf(tx: Tx, group: Group, period: string, now: Date): Promise<State[]> {
  const enrolments = await tx.enrolment.findMany({
    where: { group: { programmeId: group.programmeId }, person: { enrolments: { some: { groupId: group.id } } } },
    include: { person: true },
    orderBy: [...IN_ORDER],
  })
  const reports = await tx.report.findMany({ where: { programmeId: group.programmeId, period } })
  return [...grouped(enrolments, ({ personId }) => personId)].flatMap(([id, own]): State[] => {
    const stays = own.map(stayOf)
    const stretches = stays.map(({ from, to }) => within(from, to, group.programme))
    const zone = zoneOf(own[0]?.person.country ?? null, group.timeZone)
    if (groupOf(period, stays) !== group.id || !isExpected(period, stretches) || period > periodIn(zone, now)) return []
    const report = reports.find(({ personId }) => personId === id)
    return [report ? stateOf(report) : 'due']
  })
}

async function sumsOf(
  tx: Tx,
  { id, programmeId }: Group,
  period: string,
): Promise<Pick<MonthSummary, 'questions' | 'sums' | 'topics'>> {
  const figures = await tx.reportFigure.groupBy({
    by: ['question', 'option'],
    where: { groupId: id, period, reports: { gt: 0 } },
    _sum: { value: true },
  })
  const questions = await questionsOf(tx, programmeId)
  const sumOf = (question: string) =>
    figures.find((each) => each.question === question && each.option === '')?._sum.value
  return {
    questions,
    sums: questions.flatMap(({ id: question }) => {
      const value = sumOf(question)
      return value === undefined || value === null ? [] : [{ question, value }]
    }),
    topics: figures
      .filter(({ question }) => question === 'topics')
      .map(({ option, _sum }) => ({ option, reports: _sum.value ?? 0 }))
      .filter(({ reports }) => reports > 0)
      .sort((one, other) => other.reports - one.reports || one.option.localeCompare(other.option)),
  }
}
