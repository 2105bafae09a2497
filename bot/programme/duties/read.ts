/** What everybody of a programme, of one group, or one person has done: the same few questions to the database, however many they are. */
import { UserError } from '../../errors.js'
import type { Prisma } from '../../store/generated/client.js'
import type { Tx } from '../../store/store.js'
import type { Vault } from '../../store/vault.js'
import { daysWhere, type TrainingDay } from '../checkin/days.js'
import { eventsOf } from '../checkin/events.js'
import { seenDays } from '../checkin/mine.js'
import { expectedPeriods, periodIn } from '../reports/periods.js'
import { within, zoneOf } from '../reports/whose.js'
import { stateOf } from '../reports/write.js'
import { type ProgrammeRules, rulesOf } from '../rules.js'
import { collectedFeedback } from './feedback.js'
import { grouped } from './grouped.js'
import { moduleDuties } from './modules.js'
import { type Facts, hoursOf, type Missing, type MonthDuty, missingOf } from './rule.js'

const WITH = {
  person: { select: { id: true, wrappedKey: true, country: true, language: true } },
  group: true,
  organisation: true,
} as const
type Enrolled = Prisma.EnrolmentGetPayload<{ include: typeof WITH }>

export type Duties = Facts & {
  personId: string
  /** The newest enrolment: the group they are in, their organisation, their name as it is sealed. */
  enrolment: Enrolled
  hours: number
  missing: Missing[]
  /** Of each module that is missing, the next day that is planned: their own group's, else another's of the programme. */
  coming: ReadonlyMap<number, TrainingDay>
  certificate: { id: string; issuedOn: Date; language: string } | null
}

export type ProgrammeDuties = {
  programme: { id: string; name: string }
  rules: ProgrammeRules
  /** In the order in which they joined. */
  people: Duties[]
}

export type Whose = { programmeId: string; groupId?: string; personId?: string }

const dateOf = (date: Date): string => date.toISOString().slice(0, 10)

/** @throws UserError noProgramme */
export async function dutiesOf(
  tx: Tx,
  vault: Vault,
  { programmeId, groupId, personId }: Whose,
  now: Date,
): Promise<ProgrammeDuties> {
  const programme = await tx.programme.findUnique({ where: { id: programmeId } })
  if (!programme) throw new UserError('noProgramme')
  const rules = rulesOf(programme)
  const enrolments = await tx.enrolment.findMany({
    where: {
      group: { programmeId },
      ...(personId ? { personId } : {}),
      ...(groupId ? { person: { enrolments: { some: { groupId } } } } : {}),
    },
    include: WITH,
    orderBy: [{ joinedOn: 'asc' }, { id: 'asc' }],
  })
  const people = grouped(enrolments, (each) => each.personId)
  const ids = [...people.keys()]
  const days = await daysWhere(tx, { group: { programmeId } })
  const events = grouped(
    await eventsOf(tx, { enrolmentId: { in: enrolments.map(({ id }) => id) } }),
    ({ enrolmentId, sessionId }) => `${enrolmentId} ${sessionId}`,
  )
  const reports = grouped(
    await tx.report.findMany({ where: { programmeId, personId: { in: ids } } }),
    (each) => `${each.personId} ${each.period}`,
  )
  const feedback = await collectedFeedback(tx, vault, programmeId, ids)
  const certificates = await tx.certificate.findMany({ where: { programmeId, personId: { in: ids } } })

  const said = (enrolmentId: string, sessionId: string) => events.get(`${enrolmentId} ${sessionId}`) ?? []

  const months = (id: string, own: readonly Enrolled[], { country }: Enrolled['person']): MonthDuty[] => {
    const current = periodIn(zoneOf(country, own.at(-1)?.group.timeZone ?? 'UTC'), now)
    const stretches = own.map(({ joinedOn, leftOn }) => within(dateOf(joinedOn), leftOn && dateOf(leftOn), programme))
    return expectedPeriods(stretches, current).map((period) => {
      const [report] = reports.get(`${id} ${period}`) ?? []
      return { period, over: period < current, state: report ? stateOf(report) : 'due' }
    })
  }

  const planned = days.filter(({ closedAt, endsAt }) => closedAt === null && endsAt > now)
  const comingFor = (groupId: string, missing: readonly Missing[]) =>
    new Map(
      missing.flatMap((each) => {
        if (each.kind !== 'module') return []
        const next = planned.filter(({ module }) => module === each.module)
        const day = next.find((one) => one.groupId === groupId) ?? next[0]
        return day ? [[each.module, day] as const] : []
      }),
    )

  return {
    programme: { id: programme.id, name: programme.name },
    rules,
    people: ids.flatMap((id): Duties[] => {
      const own = people.get(id) ?? []
      const enrolment = own.at(-1)
      // Whoever moved on is looked at in the group that they are in now
      if (!enrolment || (groupId && enrolment.groupId !== groupId)) return []
      const facts: Facts = {
        modules: moduleDuties(rules.modules, seenDays(own, days, said)),
        months: months(id, own, enrolment.person),
        feedback: feedback.get(id) ?? 0,
      }
      const missing = missingOf(rules, facts)
      return [
        {
          ...facts,
          personId: id,
          enrolment,
          hours: hoursOf(rules, facts.modules),
          missing,
          coming: enrolment.leftOn ? new Map() : comingFor(enrolment.groupId, missing),
          certificate: certificates.find((each) => each.personId === id) ?? null,
        },
      ]
    }),
  }
}
