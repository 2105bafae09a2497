/** What the console shows of a programme: its groups, and of a group its people and days. Nobody gets a name who may not read it. */
import type { StaffMember } from '../../desk/access.js'
import type { Store } from '../../store/store.js'
import { GROUP_MAX, rulesOf } from '../rules.js'
import { openName } from './names.js'
import { groupFor, sightOfGroup } from './sight.js'

export type GroupLine = {
  id: string
  name: string
  city: string | null
  timeZone: string
  people: number
  joined: number
  trainer: string | null
}

/** The groups of a programme that this colleague sees. */
export async function groupsOf(
  { db }: Pick<Store, 'db'>,
  staff: StaffMember,
  programmeId: string,
): Promise<GroupLine[]> {
  const groups = await db.programmeGroup.findMany({
    where: { programmeId },
    include: { trainer: true, enrolments: { where: { leftOn: null }, select: { connectedAt: true } } },
    orderBy: { name: 'asc' },
  })
  return groups
    .filter((group) => sightOfGroup(staff, group) !== 'none')
    .map(({ id, name, city, timeZone, trainer, enrolments }) => ({
      ...{ id, name, city, timeZone, trainer: trainer?.alias ?? null },
      people: enrolments.length,
      joined: enrolments.filter(({ connectedAt }) => connectedAt).length,
    }))
}

/** The programmes of which this colleague sees something: a trainer those of their own groups. */
export async function programmesFor({ db }: Pick<Store, 'db'>, staff: StaffMember) {
  const programmes = await db.programme.findMany({
    where: staff.role === 'trainer' ? { groups: { some: { trainerId: staff.id } } } : {},
    include: { groups: { include: { _count: { select: { enrolments: { where: { leftOn: null } } } } } } },
    orderBy: { startsOn: 'desc' },
  })
  return programmes.map(({ groups, ...programme }) => {
    const seen = groups.filter((group) => sightOfGroup(staff, group) !== 'none')
    return { ...programme, groups: seen.length, people: seen.reduce((sum, { _count }) => sum + _count.enrolments, 0) }
  })
}

export type PersonLine = {
  enrolmentId: string
  /** Undefined for whoever may not read it. */
  name: string | undefined
  city: string | null
  organisation: string | null
  joinedOn: Date
  leftOn: Date | null
  connectedAt: Date | null
}

/** @throws UserError noTraining */
export async function groupOverview({ db, vault }: Pick<Store, 'db' | 'vault'>, staff: StaffMember, id: string) {
  const { group, sight } = await groupFor(db, staff, id)
  const [enrolments, days, others] = await Promise.all([
    db.enrolment.findMany({
      where: { groupId: id },
      include: { person: true, organisation: true },
      orderBy: [{ joinedOn: 'asc' }, { id: 'asc' }],
    }),
    db.trainingSession.findMany({ where: { groupId: id }, orderBy: [{ module: 'asc' }, { startsAt: 'asc' }] }),
    db.programmeGroup.findMany({
      where: { programmeId: group.programmeId, id: { not: id } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    }),
  ])
  const lines = enrolments.map(
    ({ id: enrolmentId, person, organisation, name, joinedOn, leftOn, connectedAt }): PersonLine => ({
      ...{ enrolmentId, joinedOn, leftOn, connectedAt },
      name: sight === 'full' ? openName(vault, person, name) : undefined,
      city: person.city,
      organisation: organisation?.name ?? null,
    }),
  )
  const rules = rulesOf(group.programme)
  return {
    ...{ group, sight, days, others, rules },
    max: Math.min(rules.group.max, GROUP_MAX),
    people: sortedByName(lines.filter(({ leftOn }) => leftOn === null)),
    former: sortedByName(lines.filter(({ leftOn }) => leftOn !== null)),
  }
}

export type GroupOverview = Awaited<ReturnType<typeof groupOverview>>

const sortedByName = (lines: PersonLine[]): PersonLine[] =>
  lines.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'cs'))
