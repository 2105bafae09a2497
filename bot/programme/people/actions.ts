/** What flows may ask of the programme's people: joining, the worker's own menu, a second messenger. */
import { z } from 'zod'
import { defineAction, Refusal } from '../../conversation/action.js'
import type { InsideHouse } from '../../conversation/inside.js'
import type { Turn } from '../../conversation/turn.js'
import type { Words } from '../../conversation/words.js'
import { goData } from '../../engine/tokens.js'
import type { Button } from '../../engine/types.js'
import type { Tx } from '../../store/store.js'
import { LANGUAGE_NAMES, STAFF_LANGUAGES } from '../../text/languages.js'
import { materialLines } from '../materials/lines.js'
import { materialsOf } from '../materials/materials.js'
import { wallOf } from './days.js'
import { inviteSecond } from './invitations.js'
import { joinWith } from './join.js'

const nothing = z.object({})

/** What a worker's menu offers, in this order; a flow that this house does not have is not shown. */
const MENU = ['report', 'checkin', 'feedback', 'duties', 'messenger', 'mine', 'language'] as const

export function programmeActions({ inside, words }: { inside: InsideHouse; words: Words }) {
  const button = (flow: string): Button => ({ data: goData(flow), label: { key: `worker:buttons.${flow}` } })

  const join = defineAction({
    name: 'programme.join',
    input: z.object({ said: z.string() }),
    output: nothing,
    async run({ said }, { tx, turn }) {
      const { group } = await joinWith(inside, tx, turn, said)
      turn.say({ text: { key: 'join:done', values: { group } }, buttons: [button('worker')] })
      return {}
    },
  })

  /** Those that the programme's texts are in. */
  const languages = defineAction({
    name: 'programme.languages',
    input: nothing,
    output: z.array(z.object({ id: z.string(), label: z.string() })),
    async run() {
      return STAFF_LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))
    },
  })

  const enrolmentOf = (tx: Tx, turn: Turn) =>
    tx.enrolment.findFirst({
      where: { personId: turn.loaded.personId, leftOn: null },
      orderBy: { joinedOn: 'desc' },
      include: { group: { include: { sessions: { orderBy: { startsAt: 'asc' } } } } },
    })

  const menu = defineAction({
    name: 'programme.menu',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn, now }) {
      const found = await enrolmentOf(tx, turn)
      const { library } = inside.mind
      const offered = MENU.filter((flow) => library.newest(flow) && (found || flow === 'mine' || flow === 'language'))
      const next = found?.group.sessions.find(({ endsAt }) => endsAt > now)
      const zone = found?.group.timeZone ?? turn.timeZone
      const when = next && wallOf(zone, next.startsAt)
      const lines = [
        found
          ? words.say(turn.language, 'worker:group', { group: found.group.name })
          : words.say(turn.language, 'worker:left'),
        next &&
          when &&
          words.say(turn.language, next.place ? 'worker:nextDayAt' : 'worker:nextDay', {
            module: next.module,
            date: words.date(turn.language, when.day),
            time: when.time,
            place: next.place,
          }),
      ]
      const materials =
        found && next
          ? materialLines(words, turn.language, await materialsOf(tx, found.group.programmeId), next.module)
          : ''
      const about = lines.filter(Boolean).join('\n') + materials
      turn.say({ text: { key: 'worker:menu', values: { about } }, buttons: offered.map(button) })
      return {}
    },
  })

  const second = defineAction({
    name: 'programme.second',
    input: nothing,
    output: nothing,
    async run(_, { tx, turn }) {
      const found = await enrolmentOf(tx, turn)
      if (!found) throw new Refusal('nobody')
      const { code, link } = await inviteSecond(inside, tx, found.id)
      turn.say({
        text: { key: link ? 'messenger:codeOrLink' : 'messenger:code', values: { code, ...(link ? { link } : {}) } },
      })
      return {}
    },
  })

  return [join, languages, menu, second]
}
