/** What hangs on a centre: its teams, and its groups on messengers. */
import { forgetGroup } from '../../desk/house/groups.js'
import { addTeam, removeTeam, renameTeam } from '../../desk/house/teams.js'
import { newPairing } from '../../desk/pairing.js'
import { isStaffChannel } from '../../desk/places/names.js'
import { UserError } from '../../errors.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, param, sendPage } from '../house/pages.js'
import { GROUP_NEEDS } from '../views/house/groups.js'
import { centrePage, centresPage } from './centres.js'

type Answer = Promise<ReturnType<typeof sendPage>>

/** The act stands on the page of this centre. */
const act = (
  url: string,
  centreOf: (visit: Visit) => Promise<string>,
  work: (visit: Visit, centreId: string) => Answer,
): StaffRoute => ({
  method: 'POST',
  url,
  action: 'house.change',
  async handle(visit) {
    const centreId = await centreOf(visit)
    const page = () => centrePage(visit, centreId).catch(() => centresPage(visit))
    return orStay(visit, page, () => work(visit, centreId))
  },
})

const named = async (visit: Visit): Promise<string> => param(visit, 'centre')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Empty when it is gone; then the list of centres says so. */
const home =
  (kind: 'team' | 'group') =>
  async (visit: Visit): Promise<string> => {
    const { db } = visit.desk.store
    const id = param(visit, kind)
    const query = { where: { id }, select: { centreId: true } }
    const found = UUID.test(id)
      ? await (kind === 'team' ? db.team.findUnique(query) : db.group.findUnique(query))
      : null
    return found?.centreId ?? ''
  }

export const centrePartRoutes: StaffRoute[] = [
  act('/centres/:centre/teams', named, async (visit, centreId) => {
    await addTeam(visit.desk.house, visit.session.staff, centreId, visit.form.field('name'))
    return done(visit, `/centres/${centreId}`, 'added')
  }),
  act('/teams/:team', home('team'), async (visit, centreId) => {
    const { desk, session, form } = visit
    if (!centreId) throw new UserError('noTeam')
    const removes = form.field('act') === 'remove'
    if (removes) await removeTeam(desk.house, session.staff, param(visit, 'team'))
    else await renameTeam(desk.house, session.staff, param(visit, 'team'), form.field('name'))
    return done(visit, `/centres/${centreId}`, removes ? 'removed' : 'saved')
  }),
  act('/centres/:centre/groups', named, async (visit, centreId) => {
    const { desk, session, form } = visit
    const channel = form.field('channel')
    const need = GROUP_NEEDS.find((each) => each === form.field('need'))
    if (!isStaffChannel(channel) || need === undefined) throw new UserError('badRequest')
    const ties = { centreId, need: need || null }
    const code = await newPairing(desk.store, session.staff, ties, desk.clock())
    return sendPage(visit, await centrePage(visit, centreId, { code: { code, channel, need: ties.need } }))
  }),
  act('/groups/:group/forget', home('group'), async (visit, centreId) => {
    if (!centreId) throw new UserError('noGroup')
    await forgetGroup(visit.desk.house, visit.session.staff, param(visit, 'group'))
    return done(visit, `/centres/${centreId}`, 'forgotten')
  }),
]
