/** What a colleague asks for in their own chat: the next case, a pause, somebody to talk to, the end of a shift. */
import { z } from 'zod'
import { defineAction } from '../conversation/action.js'
import type { InsideHouse } from '../conversation/inside.js'
import type { Turn } from '../conversation/turn.js'
import { UserError } from '../errors.js'
import type { Staff } from '../store/generated/client.js'
import { sqlOf, type Tx } from '../store/store.js'
import { type DeskAction, may } from './access.js'
import { claimNextWithin } from './claiming.js'
import { beAway, beHere, callColleague, PAUSE_MINUTES, pauseNow, untilTomorrow } from './duty.js'

const nothing = z.object({})

export function dutyActions(house: InsideHouse & { deskUrl: string }) {
  const say = (turn: Turn, key: string, values?: Record<string, string | number>) =>
    turn.say({ text: values ? { key: `rooms:${key}`, values } : { key: `rooms:${key}` } })

  const me = (tx: Tx, turn: Turn): Promise<Staff | null> =>
    tx.staff.findFirst({ where: { personId: turn.loaded.personId, disabledAt: null } })

  const act = (
    name: string,
    work: (tx: Tx, turn: Turn, staff: Staff, now: Date) => Promise<void>,
    needs: DeskAction = 'self.work',
  ) =>
    defineAction({
      name,
      input: nothing,
      output: nothing,
      async run(_, { tx, turn, now }) {
        const staff = await me(tx, turn)
        if (staff && may(staff, needs)) await work(tx, turn, staff, now)
        else say(turn, 'error.notAllowed')
        return {}
      },
    })

  const next = act(
    'desk.next',
    async (tx, turn, staff) => {
      try {
        const code = await claimNextWithin(house, tx, staff)
        if (code) say(turn, 'duty.taken', { code, url: `${house.deskUrl}/cases/${code}` })
        else say(turn, 'duty.nobody')
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        say(turn, `error.${error.code}`, error.values)
      }
      turn.afterwards.push(() => house.store.signals.emit('case'))
    },
    'case.claim',
  )

  const mine = act(
    'desk.mine',
    async (tx, turn, staff) => {
      const cases = await tx.case.findMany({
        where: { ownerId: staff.id, state: 'claimed' },
        orderBy: { openedAt: 'asc' },
      })
      if (cases.length === 0) say(turn, 'duty.none')
      else
        say(turn, 'duty.list', {
          list: cases.map(({ code, waitingSince }) => `${waitingSince ? '● ' : ''}${code}`).join(', '),
        })
    },
    'case.claim',
  )

  const colleague = act('desk.colleague', async (tx, turn, staff, now) => {
    const reached = await callColleague(house, tx, staff, now)
    say(turn, reached > 0 ? 'duty.told' : 'duty.untold')
  })

  const pause = act('desk.pause', async (tx, turn, staff, now) => {
    await pauseNow(tx, staff.id, now)
    say(turn, 'duty.pause', { minutes: PAUSE_MINUTES })
  })

  const away = act('desk.away', async (tx, _turn, staff, now) => {
    await beAway(tx, staff.id, untilTomorrow(now))
  })

  const present = act(
    'desk.present',
    async (tx, turn, staff) => {
      await beHere(tx, staff.id)
      const [row] = await sqlOf(tx)<{ n: number }>(
        `select count(*)::int as n from case_file where state = 'queued' and ($1::text is null or centre_id is null or centre_id = $1)`,
        [staff.centreId],
      )
      say(turn, 'duty.present', { count: row?.n ?? 0 })
    },
    'queue.see',
  )

  /** Whoever looks after workers has no cases, and is asked nothing about them. */
  const role = defineAction({
    name: 'desk.role',
    input: nothing,
    output: z.object({ cases: z.boolean() }),
    async run(_, { tx, turn }) {
      const staff = await me(tx, turn)
      return { cases: staff === null || !may(staff, 'session.close') }
    },
  })

  return [role, next, mine, colleague, pause, away, present]
}
