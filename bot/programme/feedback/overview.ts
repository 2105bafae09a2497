/** What a coordinator sees: sums of a group's workers in one month, and of the group, and the lines. Everything else stays sealed. */
import type { StaffMember } from '../../desk/access.js'
import { permit } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Store } from '../../store/store.js'
import { openName } from '../people/names.js'
import { groupFor } from '../people/sight.js'
import { isPeriod, newestIn, periodIn } from '../reports/periods.js'
import { linesOf } from './lines.js'
import { ofGroup, type Shown, type Totals } from './totals.js'

export type WorkerLine = { name: string; answers: number; shown: Shown | null }
export type MonthOfGroup = { workers: WorkerLine[]; answers: number; shown: Shown | null }

const ERASED = '–'

/** @throws UserError notAllowed, noTraining */
export async function groupForFeedback(db: Store['db'], staff: StaffMember, groupId: string) {
  permit(staff, 'feedback.read')
  return (await groupFor(db, staff, groupId)).group
}

/** Everybody who was in the group in that month, also those of whom nobody has said anything. */
export async function monthOfGroup(
  { db, vault }: Pick<Store, 'db' | 'vault'>,
  groupId: string,
  period: string,
): Promise<MonthOfGroup> {
  if (!isPeriod(period)) throw new UserError('badPeriod')
  const [enrolments, rows, figure] = await Promise.all([
    db.enrolment.findMany({ where: { groupId }, include: { person: true }, orderBy: { joinedOn: 'asc' } }),
    db.feedbackMonth.findMany({ where: { groupId, period } }),
    db.feedbackFigure.findUnique({ where: { groupId_period: { groupId, period } } }),
  ])
  // Who came back has two stretches, and one line
  const people = new Map(enrolments.map((each) => [each.personId, each]))
  const workers = [...people.values()].flatMap(({ personId, person, name, joinedOn, leftOn }): WorkerLine[] => {
    const row = rows.find((each) => each.personId === personId)
    const wasThere =
      joinedOn.toISOString().slice(0, 7) <= period && (!leftOn || leftOn.toISOString().slice(0, 7) >= period)
    if (!row && !wasThere) return []
    const shown =
      row && person.wrappedKey
        ? vault.drawer(personId, person.wrappedKey).openJson<Totals>('feedback_month.totals', row.totals).shown
        : null
    return [{ name: openName(vault, person, name) ?? ERASED, answers: row?.answers ?? 0, shown }]
  })
  const answers = figure?.answers ?? 0
  const shown = figure && vault.house.openJson<Totals>('feedback_figure.totals', figure.totals).shown
  return {
    workers: workers.toSorted((one, other) => one.name.localeCompare(other.name, 'cs')),
    answers,
    shown: ofGroup({ answers, shown }, workers),
  }
}

/** By default the newest month. */
type Asked = { period: string | undefined; now: Date }

/** The page of one group and month; `newest` by the group's own clock. @throws UserError notAllowed, noTraining, badPeriod */
export async function feedbackOf(store: Store, staff: StaffMember, groupId: string, asked: Asked) {
  const group = await groupForFeedback(store.db, staff, groupId)
  const newest = periodIn(group.timeZone, asked.now)
  const period = asked.period ?? newest
  const month = await monthOfGroup(store, group.id, period)
  return { group, period, newest, ...month, lines: await linesOf(store, store.db, { groupId: group.id, period }) }
}

export type FeedbackPage = Awaited<ReturnType<typeof feedbackOf>>

/** Groups with how many answers came in that month. */
export async function groupsWithFeedback({ db }: Pick<Store, 'db'>, staff: StaffMember, asked: Asked) {
  permit(staff, 'feedback.read')
  const groups = await db.programmeGroup.findMany({
    include: { programme: true },
    orderBy: [{ programme: { name: 'asc' } }, { name: 'asc' }],
  })
  const zones = groups.map(({ timeZone }) => timeZone)
  const period = asked.period ?? newestIn(zones, asked.now)
  const figures = await db.feedbackFigure.findMany({ where: { period } })
  const rows = groups.map(({ id, name, programme }) => ({
    ...{ id, name },
    programme: programme.name,
    answers: figures.find(({ groupId }) => groupId === id)?.answers ?? 0,
  }))
  return { period, groups: rows }
}
