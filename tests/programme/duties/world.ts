/** A programme of two short modules, and workers who have done some of what it takes. */
import { randomUUID } from 'node:crypto'
import type { TestHouse } from '../../house.js'
import { newGroup, newWorker, sendReport } from '../reports/world.js'

export const RULES = {
  modules: 2,
  hoursPerModule: 8,
  certificate: { hours: 16, everyReport: true, feedbackFrom: 1 },
}

/** Since October; it is November, so that one month is over. */
export const JOINED = '2026-10-01'

export const programmeGroup = (house: TestHouse, about: Parameters<typeof newGroup>[1] = {}) =>
  newGroup(house.store, { rules: RULES, ...about })

export const session = (house: TestHouse, groupId: string, module: number, at: string, closed = true) =>
  house.store.db.trainingSession.create({
    data: {
      ...{ groupId, module, startsAt: new Date(`${at}T08:00:00Z`), endsAt: new Date(`${at}T16:00:00Z`) },
      closedAt: closed ? new Date(`${at}T16:05:00Z`) : null,
    },
  })

export type Somebody = Awaited<ReturnType<typeof newWorker>>

export const enrolmentOf = (house: TestHouse, { personId }: Pick<Somebody, 'personId'>) =>
  house.store.db.enrolment.findFirstOrThrow({ where: { personId }, orderBy: { joinedOn: 'desc' } })

/** The whole day, unless only one point of it. */
export async function was(
  house: TestHouse,
  who: Pick<Somebody, 'personId'>,
  sessionId: string,
  becomes: string,
  point: string | null = null,
) {
  const { id: enrolmentId } = await enrolmentOf(house, who)
  await house.store.db.attendanceEvent.create({
    data: { sessionId, enrolmentId, kind: 'trainer', becomes, point, at: house.fake.now() },
  })
}

export async function report(house: TestHouse, { personId }: Pick<Somebody, 'personId'>, state = 'approved') {
  await sendReport(house, personId)
  await house.store.db.report.updateMany({ where: { personId, period: '2026-10' }, data: { state } })
}

/** Somebody of this group who works for an organisation. */
export async function somebody(
  house: TestHouse,
  groupId: string,
  about: Parameters<typeof newWorker>[2] & { organisation?: string } = {},
): Promise<Somebody> {
  const { organisation, ...more } = about
  const who = await newWorker(house.store, groupId, { joinedOn: JOINED, ...more })
  if (organisation) {
    const { id: organisationId } = await house.store.db.organisation.upsert({
      where: { name: organisation },
      update: {},
      create: { id: randomUUID(), name: organisation },
    })
    await house.store.db.enrolment.updateMany({ where: { personId: who.personId }, data: { organisationId } })
  }
  return who
}

/** The same, with everything done. */
export async function fulfilled(
  house: TestHouse,
  groupId: string,
  sessions: readonly { id: string }[],
  about: Parameters<typeof somebody>[2] = {},
): Promise<Somebody> {
  const who = await somebody(house, groupId, about)
  for (const { id } of sessions) await was(house, who, id, 'present')
  await report(house, who)
  return who
}
