/** One's own page: what a colleague says of themselves, and their accounts on messengers. */

import { timedOf } from '../../desk/centres.js'
import { untilTomorrow } from '../../desk/duty.js'
import { firstAt } from '../../desk/hours/zone.js'
import { accountsOf, forgetAccount } from '../../desk/house/accounts.js'
import { stateOf } from '../../desk/house/overview.js'
import { amAway, amHere, needColleague, takePause } from '../../desk/house/self.js'
import { newPairing } from '../../desk/pairing.js'
import { isStaffChannel } from '../../desk/places/names.js'
import { UserError } from '../../errors.js'
import type { StaffRoute, Visit } from '../guard.js'
import { done, orStay, type Page, sendPage } from '../house/pages.js'
import { type MePage, meView } from '../views/house/me.js'

async function mePage(visit: Visit, more: Partial<MePage> = {}): Promise<Page> {
  const { desk, view, session, form, request } = visit
  const me = await desk.store.db.staff.findUniqueOrThrow({ where: { id: session.staff.id } })
  const { done: what } = request.query as { done?: unknown }
  const page: MePage = {
    ...stateOf(me, view.now),
    accounts: await accountsOf(desk.store, me.id),
    day: form.field('day'),
    leaving: what === 'away',
    ...more,
  }
  return { room: 'me', title: view.house('nav.me'), body: meView(view, page) }
}

/** Midnight at which that day begins, where this colleague works. @throws UserError badUntil */
export function beginningOf(day: string, zone: string): Date {
  const wall = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(wall)) throw new UserError('badUntil')
  return new Date(firstAt(zone, wall))
}

async function awayUntil({ desk, session, form, view }: Visit): Promise<Date> {
  if (form.field('how') !== 'day') return untilTomorrow(view.now)
  const me = await desk.store.db.staff.findUniqueOrThrow({
    where: { id: session.staff.id },
    include: { centre: true },
  })
  return beginningOf(form.field('day'), timedOf(me.centre).zone)
}

const act = (url: string, work: (visit: Visit) => ReturnType<StaffRoute['handle']>): StaffRoute => ({
  method: 'POST',
  url,
  action: 'self.work',
  handle: (visit) =>
    orStay(
      visit,
      () => mePage(visit),
      async () => (await work(visit)) as ReturnType<typeof sendPage>,
    ),
})

export const meRoutes: StaffRoute[] = [
  { method: 'GET', url: '/me', action: 'self.work', handle: async (visit) => sendPage(visit, await mePage(visit)) },
  act('/me/here', async (visit) => {
    await amHere(visit.desk.house, visit.session.staff)
    return done(visit, '/me', 'here')
  }),
  act('/me/away', async (visit) => {
    await amAway(visit.desk.house, visit.session.staff, await awayUntil(visit))
    return done(visit, '/me', 'away')
  }),
  act('/me/pause', async (visit) => {
    await takePause(visit.desk.house, visit.session.staff)
    return done(visit, '/me', 'pause')
  }),
  act('/me/colleague', async (visit) => {
    const told = await needColleague(visit.desk.house, visit.session.staff)
    return done(visit, '/me', told ? 'told' : 'untold')
  }),
  act('/me/connect', async (visit) => {
    const { desk, session } = visit
    const code = await newPairing(desk.store, session.staff, { staffId: session.staff.id }, desk.clock())
    // A command of Telegram's links knows letters and figures only.
    const telegram = desk.house.channel('telegram')?.linkTo?.(`connect_${code.replace('-', '')}`)
    return sendPage(visit, await mePage(visit, { code: { code, telegram } }))
  }),
  act('/me/forget', async (visit) => {
    const channel = visit.form.field('channel')
    if (!isStaffChannel(channel)) throw new UserError('badRequest')
    await forgetAccount(visit.desk.house, visit.session.staff, channel)
    return done(visit, '/me', 'forgotten')
  }),
]
