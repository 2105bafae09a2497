/** What a coordinator does with a report: approve, give back, give more time, hold as it is. Each act is committed whole and recorded. */
import type { InsideHouse } from '../../conversation/inside.js'
import { permit, type StaffMember } from '../../desk/access.js'
import { type Audited, audit } from '../../desk/audit.js'
import type { Json } from '../../engine/types.js'
import { UserError } from '../../errors.js'
import { Prisma, type Report } from '../../store/generated/client.js'
import { sqlOf, type Tx } from '../../store/store.js'
import { formatMonth } from '../../text/formats.js'
import { count } from '../figures/keep.js'
import { isId } from '../people/sight.js'
import { countedIn, drawerOf, lastOf } from './counted.js'
import { questionName } from './form.js'
import { isPeriod } from './periods.js'
import { leadsTo, type ReportEventName } from './states.js'
import { groupOf, staysIn } from './stays.js'
import { tellWorker } from './tell.js'
import { type Key, lockReport, stateOf } from './write.js'

/** One person's month in the group from which it is looked at. */
export type Place = { groupId: string; personId: string; period: string }

export const REASON_MAX = 1000

/** @throws UserError badRequest: nobody of this group, or a month that belongs to another group of theirs */
async function keyOf(tx: Tx, { groupId, personId, period }: Place): Promise<Key> {
  if (!isPeriod(period) || !isId(groupId) || !isId(personId)) throw new UserError('badRequest')
  // Nobody is moved meanwhile: the month would be counted in the group that they have just left
  await sqlOf(tx)('select id from enrolment where person_id = $1::uuid for share', [personId])
  const group = await tx.programmeGroup.findUnique({ where: { id: groupId } })
  const key = group && { personId, programmeId: group.programmeId, period }
  if (!key || groupOf(period, await staysIn(tx, key)) !== groupId) throw new UserError('badRequest')
  return key
}

/** `told` is false when whoever reports should hear of it and can be reached nowhere. */
type Done = { kind: string; reason?: string; about?: Json; told?: boolean }
type Act = { recordedAs: Audited; work(tx: Tx, report: Report): Promise<Done> }

/** False when it is done, but whoever reports could not be told. */
async function act(house: InsideHouse, staff: StaffMember, place: Place, { recordedAs, work }: Act): Promise<boolean> {
  permit(staff, 'report.decide')
  const told = await house.store.transaction(async (tx) => {
    const report = await lockReport(tx, await keyOf(tx, place))
    const { kind, reason, about, told = true } = await work(tx, report)
    const at = house.clock()
    const drawer = await drawerOf(house, tx, report.personId)
    await tx.reportEvent.create({
      data: {
        reportId: report.id,
        kind,
        at,
        staffId: staff.id,
        about: about ?? Prisma.DbNull,
        reason: reason === undefined ? null : drawer.seal('report.reason', reason),
      },
    })
    await audit(tx, house.store.vault, { staffId: staff.id, action: recordedAs, object: report.id, at })
    return told
  })
  house.store.signals.emit('outbox')
  return told
}

/** @throws UserError reportLocked, reportState */
function moved(report: Report, event: ReportEventName) {
  const state = leadsTo({ state: stateOf(report), locked: report.locked }, event)
  if (state === 'locked') throw new UserError('reportLocked')
  if (state === 'refused') throw new UserError('reportState')
  return state
}

/** Its numbers are counted from now on. @throws UserError notAllowed, reportLocked, reportState */
export const approve = (house: InsideHouse, staff: StaffMember, place: Place) =>
  act(house, staff, place, {
    recordedAs: 'report.approve',
    async work(tx, report) {
      const last = await lastOf(house, tx, report)
      await tx.report.update({
        where: { id: report.id },
        data: { state: moved(report, 'approve'), reopened: Prisma.DbNull },
      })
      if (last) await count(tx, { groupId: place.groupId, period: place.period, ...last }, 1)
      return { kind: 'approved', about: { groupId: place.groupId } }
    },
  })

/** To whoever wrote it, at once, with the reason; these answers are asked again. @throws UserError noReason, noAnswers, too */
export const giveBack = (
  house: InsideHouse,
  staff: StaffMember,
  place: Place,
  why: { reason: string; answers: string[] },
) =>
  act(house, staff, place, {
    recordedAs: 'report.return',
    async work(tx, report) {
      const reason = why.reason.trim()
      if (!reason || reason.length > REASON_MAX) throw new UserError('noReason')
      const last = await lastOf(house, tx, report)
      const named = (last?.form.questions ?? []).filter(({ id }) => why.answers.includes(id))
      const asked = named.map(({ id }) => id)
      // A month in which there was nothing is asked as a whole
      if (last && asked.length === 0) throw new UserError('noAnswers')
      const state = moved(report, 'return')
      if (report.state === 'approved' && last) {
        const groupId = await countedIn(tx, report)
        await count(tx, { groupId: groupId ?? place.groupId, period: place.period, ...last }, -1)
      }
      await tx.report.update({ where: { id: report.id }, data: { state, reopened: asked } })
      const { words } = house.mind
      const told = await tellWorker(house, tx, report.personId, 'returned', (language) => ({
        month: formatMonth(language, report.period),
        reason,
        answers: named.map((question) => questionName(words, language, question)).join(', ') || '–',
      }))
      return { kind: 'returned', reason, about: asked, told }
    },
  })

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** @throws UserError badUntil: no day, or one within the month itself */
export const extend = (house: InsideHouse, staff: StaffMember, place: Place, day: string) =>
  act(house, staff, place, {
    recordedAs: 'report.extend',
    async work(tx, report) {
      const extendedTo = DAY.test(day) ? new Date(`${day}T00:00:00Z`) : new Date(Number.NaN)
      if (Number.isNaN(extendedTo.getTime()) || day.slice(0, 7) < place.period) throw new UserError('badUntil')
      await tx.report.update({ where: { id: report.id }, data: { extendedTo } })
      const told = await tellWorker(house, tx, report.personId, 'extended', (language) => ({
        month: formatMonth(language, report.period),
        day,
      }))
      return { kind: 'extended', about: day, told }
    },
  })

/** Held as it is; or let go again, which is what it was. */
export const setLock = (house: InsideHouse, staff: StaffMember, place: Place, locked: boolean) =>
  act(house, staff, place, {
    recordedAs: locked ? 'report.lock' : 'report.unlock',
    async work(tx, report) {
      await tx.report.update({ where: { id: report.id }, data: { locked } })
      return { kind: locked ? 'locked' : 'unlocked' }
    },
  })
