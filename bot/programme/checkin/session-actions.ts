/** What the trainer's own flow may call: who was there, and that the day is over. */
import { z } from 'zod'
import { type Action, defineAction } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import type { StaffMember } from '../../desk/access.js'
import { UserError } from '../../errors.js'
import type { Tx } from '../../store/store.js'
import { formatDate } from '../../text/formats.js'
import { closeDay } from './close.js'
import { type Change, markEverybody, markPeople } from './correct.js'
import { daysWhere, findDay, type TrainingDay } from './days.js'
import { countAt, isHere, type Row, rosterOf } from './roster.js'
import { daysFor, permitDay, speaksFor } from './trainer.js'
import { dateIn, type PointId, pointsOf, verdictAt } from './windows.js'

const DAY_MS = 86_400_000
const Session = z.object({ session: z.string() })
const List = z.array(z.object({ id: z.string(), label: z.string() }))
const nothing = z.object({})

export function sessionActions(house: InsideHouse): Action[] {
  const { store } = house
  const words = (turn: Turn, key: string, values: Record<string, string | number> = {}) =>
    house.mind.words.say(turn.language, key, values)

  const me = async (tx: Tx, turn: Turn): Promise<StaffMember> => {
    const staff = await tx.staff.findFirst({ where: { personId: turn.loaded.personId, disabledAt: null } })
    if (!staff) throw new UserError('notAllowed')
    return staff
  }

  /** The point that is open now is the one that people are counted at. */
  const pointNow = (day: TrainingDay, now: Date): PointId => verdictAt(pointsOf(day), now).point.id

  /** What was refused is said in the chat; the flow goes on. */
  const act = <Input extends z.ZodType<{ session: string }>>(
    name: string,
    input: Input,
    work: (given: z.output<Input>, at: { tx: Tx; turn: Turn; staff: StaffMember; day: TrainingDay }) => Promise<void>,
  ) =>
    defineAction({
      name,
      input,
      output: nothing,
      async run(given, { tx, turn }) {
        try {
          const [staff, day] = [await me(tx, turn), await findDay(tx, given.session)]
          await work(given, { tx, turn, staff, day })
          turn.afterwards.push(() => store.signals.emit('outbox'))
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          turn.sayText(words(turn, `session:error.${error.code}`, error.values))
        }
        return {}
      },
    })

  const choices = (name: string, which: (row: Row, point: PointId) => boolean) =>
    defineAction({
      name,
      input: Session,
      output: List,
      async run({ session }, { tx, turn, now }) {
        const [staff, day] = [await me(tx, turn), await findDay(tx, session)]
        if (!speaksFor(staff, day)) return []
        const point = pointNow(day, now)
        const rows = await rosterOf(store, tx, day)
        return rows
          .filter((row) => which(row, point))
          .map(({ enrolmentId, name }) => ({ id: enrolmentId, label: name }))
      },
    })

  const open = defineAction({
    name: 'session.open',
    input: nothing,
    output: List,
    async run(_, { tx, turn, now }) {
      const staff = await me(tx, turn)
      const days = await daysWhere(tx, {
        ...daysFor(staff),
        closedAt: null,
        startsAt: { gt: new Date(now.getTime() - 14 * DAY_MS), lt: new Date(now.getTime() + DAY_MS / 2) },
      })
      return days.map(({ id, group, module, timeZone, startsAt }) => ({
        id,
        label: `${group} · ${words(turn, 'checkin:day', { date: formatDate(turn.language, dateIn(timeZone, startsAt)), module })}`,
      }))
    },
  })

  const look = act('session.look', Session, async (_, { tx, turn, staff, day }) => {
    permitDay(staff, day)
    const rows = await rosterOf(store, tx, day)
    const lines = pointsOf(day)
      .filter(({ opensAt }) => opensAt <= turn.now)
      .map(({ id }) =>
        words(turn, 'session:count', { point: words(turn, `checkin:point.${id}`), ...countAt(rows, id) }),
      )
    const point = pointNow(day, turn.now)
    const missing = rows.filter((row) => !row.guest && !isHere(row, point)).map(({ name }) => name)
    if (missing.length > 0) lines.push(words(turn, 'session:missing', { names: missing.join(', ') }))
    const guests = rows.filter(({ guest, welcome }) => guest && !welcome).map(({ name }) => name)
    if (guests.length > 0) lines.push(words(turn, 'session:guests', { names: guests.join(', ') }))
    turn.sayText(lines.join('\n') || words(turn, 'session:nobodyYet'))
  })

  const mark = act(
    'session.mark',
    Session.extend({ people: z.array(z.string()), as: z.enum(['present', 'absent', 'excused']) }),
    async ({ people, as }, { tx, turn, staff, day }) => {
      const point = pointNow(day, turn.now)
      const changes = people.map((enrolmentId): Change => ({ enrolmentId, point, becomes: as }))
      await markPeople(house, tx, staff, day, changes)
    },
  )

  const everybody = act('session.everybody', Session, async (_, { tx, turn, staff, day }) => {
    await markEverybody(house, tx, staff, day, pointNow(day, turn.now))
  })

  const close = act('session.close', Session, async (_, { tx, turn, staff, day }) => {
    await closeDay(house, tx, staff, day)
    turn.sayText(words(turn, 'session:isClosed', { group: day.group, module: day.module }))
  })

  return [
    open,
    look,
    choices('session.missing', (row, point) => !isHere(row, point)),
    choices('session.present', isHere),
    mark,
    everybody,
    close,
  ]
}
