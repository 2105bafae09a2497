/** Centres as the desk needs them: their hours and goals, read and checked. */
import type { House } from '../conversation/house.js'
import type { Centre } from '../store/generated/client.js'
import type { Store, Tx } from '../store/store.js'
import { DEFAULT_GOALS, Goals } from './goals.js'
import { checkHours } from './hours/check.js'
import type { Hours } from './hours/hours.js'

/** Without a centre somebody may be there at any time: nobody has said otherwise. */
export const ALWAYS: Hours = { shifts: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }], exceptions: [] }

/** What a new centre begins with, until somebody writes its own. */
export const OFFICE_HOURS: Hours = { shifts: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }], exceptions: [] }

export type Timed = { hours: Hours; zone: string; goals: Goals }

/** Hours that cannot be read any more count as none: then nobody is promised anything, and no clock of working time runs out unseen. */
export function timedOf(centre: Pick<Centre, 'hours' | 'goals' | 'timeZone'> | null): Timed {
  if (!centre) return { hours: ALWAYS, zone: 'UTC', goals: DEFAULT_GOALS }
  const goals = Goals.safeParse(centre.goals)
  return {
    hours: checkHours(centre.hours).hours ?? ALWAYS,
    zone: centre.timeZone,
    goals: goals.success ? goals.data : DEFAULT_GOALS,
  }
}

export const centreOf = async (db: Pick<Tx, 'centre'>, id: string | null): Promise<Centre | null> =>
  id === null ? null : db.centre.findUnique({ where: { id } })

/** Colleagues who are at work now, of one centre and of the whole house. */
export const presentStaff = (
  db: Pick<Store['db'], 'staff'>,
  centreId: string | null,
  now: Date,
  roles: readonly string[] = ['consultant', 'supervisor'],
) =>
  db.staff.findMany({
    where: {
      disabledAt: null,
      role: { in: [...roles] },
      AND: [
        { OR: [{ awayUntil: null }, { awayUntil: { lte: now } }] },
        ...(centreId === null ? [] : [{ OR: [{ centreId: null }, { centreId }] }]),
      ],
    },
    orderBy: [{ lastCaseAt: { sort: 'asc', nulls: 'first' } }, { alias: 'asc' }],
  })

/** Who is called when something is urgent, in order. */
export async function onCallStaff(db: Pick<Store['db'], 'staff'>, centreId: string | null, need: string, now: Date) {
  const present = await presentStaff(db, centreId, now)
  return present.filter(
    ({ onCall, skills, role }) => onCall && (role === 'supervisor' || !STRICT.has(need) || skills.includes(need)),
  )
}

const STRICT: ReadonlySet<string> = new Set(['safeguarding', 'trafficking'])

export type DeskHouse = Pick<House, 'store' | 'clock' | 'log' | 'mind' | 'channel'>
