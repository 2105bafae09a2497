/** What the flows of workers may call. */
import { z } from 'zod'
import { defineAction, Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import { goData } from '../../engine/tokens.js'
import { formatDate } from '../../text/formats.js'
import { type CheckIn, checkIn, makeUp, type Outcome } from './check-in.js'
import { apologise, daysAhead, objectTo } from './own-words.js'
import { clockIn, dateIn, type Point } from './windows.js'
import { wishActions } from './wishes.js'

/** What the flow does next: asks for a code (again), offers to make the module up, or is done. */
const Next = z.object({ goOn: z.enum(['code', 'makeUp', 'end']) })

const nothing = z.object({})

export function checkinActions(house: InsideHouse) {
  const words = (turn: Turn, key: string, values: Record<string, string | number> = {}) =>
    house.mind.words.say(turn.language, `checkin:${key}`, values)
  const say = (turn: Turn, key: string, values: Record<string, string | number> = {}, more = '') =>
    turn.sayText([words(turn, `said.${key}`, values), more].filter(Boolean).join('\n'))

  const nextOne = (turn: Turn, timeZone: string, next: Point | undefined) =>
    next
      ? words(turn, 'said.next', { point: words(turn, `point.${next.id}`), time: clockIn(timeZone, next.opensAt) })
      : ''

  function answer(turn: Turn, outcome: Outcome): z.output<typeof Next> {
    switch (outcome.kind) {
      case 'ask':
        return { goOn: 'code' }
      case 'wrong':
      case 'old':
        say(turn, outcome.kind)
        return { goOn: 'code' }
      case 'noGroup':
      case 'tooMany':
        say(turn, outcome.kind)
        return { goOn: 'end' }
      case 'closed':
      case 'notYours':
      case 'makeUp':
        say(turn, outcome.kind, { group: outcome.day.group, module: outcome.day.module })
        return { goOn: outcome.kind === 'makeUp' ? 'makeUp' : 'end' }
      case 'early':
        say(turn, 'early', { time: clockIn(outcome.day.timeZone, outcome.point.opensAt) })
        return { goOn: 'end' }
      case 'otherwise': {
        const { day, point, at, mark } = outcome
        const values = { time: clockIn(day.timeZone, at), point: words(turn, `point.${point.id}`) }
        turn.sayText(words(turn, 'said.otherwise', { ...values, mark: words(turn, `mark.${mark}`) }), {
          buttons: [{ data: goData('objection'), label: words(turn, 'buttons.objection') }],
        })
        return { goOn: 'end' }
      }
      default: {
        const { day, point, at, next } = outcome
        const values = { time: clockIn(day.timeZone, at), point: words(turn, `point.${point.id}`) }
        const late = outcome.kind === 'late' ? { minutes: outcome.minutes } : {}
        say(turn, outcome.kind, { ...values, ...late }, nextOne(turn, day.timeZone, next))
        return { goOn: 'end' }
      }
    }
  }

  const within = (tx: CheckIn['tx'], turn: Turn): CheckIn => ({
    store: house.store,
    tx,
    personId: turn.loaded.personId,
    now: turn.now,
  })

  const enter = defineAction({
    name: 'checkin.enter',
    input: z.object({ said: z.string() }),
    output: Next,
    run: async ({ said }, { tx, turn }) => answer(turn, await checkIn(within(tx, turn), said)),
  })

  const join = defineAction({
    name: 'checkin.makeUp',
    input: nothing,
    output: Next,
    async run(_, { tx, turn }) {
      return answer(turn, (await makeUp(within(tx, turn))) ?? { kind: 'old' })
    },
  })

  const ahead = defineAction({
    name: 'checkin.daysAhead',
    input: nothing,
    output: z.array(z.object({ id: z.string(), label: z.string() })),
    async run(_, { tx, turn }) {
      const days = await daysAhead(tx, turn.loaded.personId, turn.now)
      return days.map(({ id, module, timeZone, startsAt }) => ({
        id,
        label: words(turn, 'day', { date: formatDate(turn.language, dateIn(timeZone, startsAt)), module }),
      }))
    },
  })

  const cannotCome = defineAction({
    name: 'checkin.apologise',
    input: z.object({ session: z.string(), why: z.string() }),
    output: nothing,
    async run({ session, why }, { tx, turn }) {
      if (!(await apologise(house, tx, turn, session, why))) throw new Refusal('gone')
      return {}
    },
  })

  const object = defineAction({
    name: 'checkin.object',
    input: z.object({ words: z.string() }),
    output: nothing,
    async run({ words: said }, { tx, turn }) {
      if (!(await objectTo(house, tx, turn, said))) throw new Refusal('nothing')
      return {}
    },
  })

  return [enter, join, ahead, cannotCome, object, ...wishActions()]
}
