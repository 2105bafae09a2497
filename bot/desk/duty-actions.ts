/** What a colleague asks for in their own chat: the next case, a pause, somebody to talk to, the end of a shift. */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import type { Turn } from '../conversation/turn.js'
import { UserError } from '../errors.js'
import type { Staff } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import { presentStaff } from './centres.js'
import { claimNextWithin } from './claiming.js'
import { tell } from './tell.js'

const nothing = z.object({})

/** A pause after a hard case; nobody has to say why. */
export const PAUSE_MINUTES = 20
/** "Until tomorrow": the next case comes when they say that they are here, at the latest after this. */
const AWAY_HOURS = 14

export function dutyActions(house: InsideHouse & { deskUrl: string }) {
  const say = (turn: Turn, key: string, values?: Record<string, string | number>) =>
    turn.say({ text: values ? { key: `rooms:${key}`, values } : { key: `rooms:${key}` } })

  const me = (tx: Tx, turn: Turn): Promise<Staff | null> =>
    tx.staff.findFirst({ where: { personId: turn.loaded.personId, disabledAt: null } })

  const act = (name: string, work: (tx: Tx, turn: Turn, staff: Staff, now: Date) => Promise<void>) =>
    defineAction({
      name,
      input: nothing,
      output: nothing,
      async run(_, { tx, turn, now }) {
        const staff = await me(tx, turn)
        if (staff) await work(tx, turn, staff, now)
        else say(turn, 'error.notAllowed')
        return {}
      },
    })

  const next = act('desk.next', async (tx, turn, staff) => {
    try {
      const code = await claimNextWithin(house, tx, staff)
      if (code) say(turn, 'duty.taken', { code, url: `${house.deskUrl}/cases/${code}` })
      else say(turn, 'duty.nobody')
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      say(turn, `error.${error.code}`, error.values)
    }
    turn.afterwards.push(() => house.store.signals.emit('case'))
  })

  const mine = act('desk.mine', async (tx, turn, staff) => {
    const cases = await tx.case.findMany({
      where: { ownerId: staff.id, state: 'claimed' },
      orderBy: { openedAt: 'asc' },
    })
    if (cases.length === 0) say(turn, 'duty.none')
    else
      say(turn, 'duty.list', {
        list: cases.map(({ code, waitingSince }) => `${waitingSince ? '● ' : ''}${code}`).join(', '),
      })
  })

  const colleague = act('desk.colleague', async (tx, turn, staff, now) => {
    const others = (await presentStaff(tx, staff.centreId, now)).filter(({ id }) => id !== staff.id)
    const called = others.filter(({ role, onCall }) => role === 'supervisor' || onCall)
    let reached = 0
    for (const each of called.length > 0 ? called : others)
      if (await tell(house, tx, each, 'tell.colleague', { alias: staff.alias })) reached++
    say(turn, reached > 0 ? 'duty.told' : 'duty.untold')
  })

  const pause = act('desk.pause', async (tx, turn, staff, now) => {
    await tx.staff.update({
      where: { id: staff.id },
      data: { pauseUntil: new Date(now.getTime() + PAUSE_MINUTES * 60_000), urgentRow: 0 },
    })
    say(turn, 'duty.pause', { minutes: PAUSE_MINUTES })
  })

  const away = act('desk.away', async (tx, _turn, staff, now) => {
    await tx.staff.update({
      where: { id: staff.id },
      data: { awayUntil: new Date(now.getTime() + AWAY_HOURS * 3_600_000) },
    })
  })

  const present = act('desk.present', async (tx, turn, staff) => {
    await tx.staff.update({ where: { id: staff.id }, data: { awayUntil: null, pauseUntil: null } })
    const [row] = await sqlOf(tx)<{ n: number }>(
      `select count(*)::int as n from case_file where state = 'queued' and ($1::text is null or centre_id is null or centre_id = $1)`,
      [staff.centreId],
    )
    say(turn, 'duty.present', { count: row?.n ?? 0 })
  })

  return [next, mine, colleague, pause, away, present]
}
