/** Six months of reports: who sends when, what comes back, what the coordinator decides. */
import { shifted } from '../../../bot/programme/reports/periods.js'
import { at } from '../calendar.js'
import type { Chance } from '../chance.js'
import { between, plain } from '../html.js'
import type { Person } from '../phone.js'
import { COORDINATOR, type Play, type Scene } from './play.js'
import { edits, type How, nothing, report, writesAgain } from './report.js'

/** Three days before the due day, on it, and three days after. */
const REMINDED = ['02', '05', '08']
/** A few are reminded at a time: so many rounds are enough for a group. */
const ROUNDS = 6
const BETWEEN_ROUNDS_MS = 4000

/** In the first days of the next month; whoever is late after the last reminder. */
const WRITING = [
  { day: '01', time: '20:30', late: false },
  { day: '02', time: '12:10', late: false },
  { day: '03', time: '08:40', late: false },
  { day: '05', time: '21:15', late: false },
  { day: '08', time: '11:00', late: true },
]

type Kind = 'report' | 'nothing' | 'missing' | 'draft'
type Part = {
  person: Person
  city: string
  kind: Kind
  late: boolean
  when: number
  how: How
  edits: boolean
  chance: Chance
}

/** What each of them does about that month. */
function partsOf({ people, cast, chance, calendar }: Play, nth: number): Part[] {
  const isLast = nth === calendar.periods.length - 1
  return people.map((person, place): Part => {
    const crossing = person.on[1] !== undefined && nth % 2 === 1
    const kind: Kind =
      isLast && place === 3 ? 'draft' : chance.often(0.08) ? 'nothing' : chance.often(0.05) ? 'missing' : 'report'
    return {
      person,
      city: chance.often(0.85) ? (cast[place]?.city ?? 'Prague') : 'Brno',
      kind: crossing ? 'report' : kind,
      late: chance.often(0.12),
      how: {
        ...(crossing ? { goesOnWith: { messenger: person.on[1] ?? 'slack', after: 4 } } : {}),
        ...(kind === 'draft' ? { stops: true } : {}),
        ...(nth === 0 && place === 0 ? { clumsy: true } : {}),
        ...(person.on[0] === 'telegram' && !crossing && chance.often(0.1) ? { presses: true } : {}),
      },
      edits: nth === 0 && place === 4,
      when: chance.whole(0, 3),
      chance: chance.fork(),
    }
  })
}

export function monthOfReports(play: Play, nth: number): Scene[] {
  const { calendar, stage, chance, notes, people } = play
  const period = calendar.periods[nth] ?? ''
  const next = shifted(period, 1)
  const parts = partsOf(play, nth)
  const sent = parts.filter(({ kind }) => kind === 'report' || kind === 'nothing')
  const writing = WRITING.map(({ day, time, late }, place): Scene => {
    const when = at(`${next}-${day}`, time)
    const those = parts.filter((part) => part.late === late && (late || part.when === place))
    const scripts = those.filter(({ kind }) => kind !== 'missing').map((part) => () => writes(part, period))
    return {
      at: when,
      what: `reports of ${period}`,
      async run() {
        stage.reach(when)
        await stage.together(scripts)
      },
    }
  })
  const reminders = REMINDED.map((day): Scene => {
    const when = at(`${next}-${day}`, '10:00')
    return { at: when, what: `reminders of ${period}`, run: () => reminds(play, when) }
  })
  // One report a month comes back; the last month is not decided to its end
  const returned = sent.filter(({ kind, late }) => kind === 'report' && !late)[nth + 1]
  const isLast = nth === calendar.periods.length - 1
  const approved = isLast ? sent.filter((_, place) => place % 2 === 0) : sent
  const desk = () => stage.console(COORDINATOR)
  const note = (did: 'approves' | 'returns' | 'locks', person: string) =>
    notes.note({ who: COORDINATOR, where: 'console', did, text: period, about: { person } })
  const deciding: Scene[] = [
    {
      at: at(`${next}-09`, '10:00'),
      what: `a report of ${period} is given back`,
      async run() {
        if (!returned) return
        stage.reach(at(`${next}-09`, '10:00'))
        const path = await pathOf(play, returned.person.name, period)
        note('returns', returned.person.name)
        await (await desk()).fill(path, `${path}/return`, {
          reason: 'Please look at the hours again.',
          'answer.hours': 'on',
        })
        await stage.send()
        returned.person.reads()
        stage.reach(at(`${next}-09`, '17:00'))
        await writesAgain(returned.person, chance)
      },
    },
    {
      at: at(`${next}-10`, '09:00'),
      what: `reports of ${period} are approved`,
      async run() {
        stage.reach(at(`${next}-10`, '09:00'))
        const paths = await pathsOf(play, period)
        for (const { person } of approved) {
          const path = paths.get(person.name) ?? ''
          note('approves', person.name)
          await (await desk()).fill(path, `${path}/approve`, {})
          stage.pass(5000)
        }
        const locked = nth === 1 ? people[1] : undefined
        if (!locked) return
        const path = paths.get(locked.name) ?? ''
        note('locks', locked.name)
        await (await desk()).fill(path, `${path}/lock`, {})
      },
    },
  ]
  return [...writing, ...reminders, ...deciding]
}

async function writes({ person, kind, city, how, chance, edits: changes }: Part, period: string): Promise<void> {
  if (kind === 'nothing') await nothing(person, period)
  else await report(person, period, city, chance, how)
  person.takes(person.on[0] ?? 'telegram')
  if (changes && kind === 'report') await edits(person, period, chance)
}

async function reminds({ stage, people }: Play, when: Date): Promise<void> {
  stage.reach(when)
  for (let round = 0; round < ROUNDS; round++) {
    await stage.works()
    stage.pass(BETWEEN_ROUNDS_MS)
  }
  await stage.send()
  for (const person of people) person.reads()
}

/** Where the report of each person stands, as the coordinator finds it in the table of the group. */
export async function pathsOf({ stage, groupId }: Play, period: string): Promise<Map<string, string>> {
  const page = await (await stage.console(COORDINATOR)).page(`reports/${groupId}`)
  const paths = new Map<string, string>()
  for (const row of between(page, '<tr><th scope="row">', '</tr>')) {
    const id = new RegExp(`/reports/${groupId}/([0-9a-f-]{36})/${period}"`).exec(row)?.[1]
    if (id) paths.set(plain(row.slice(0, row.indexOf('</th>'))), `reports/${groupId}/${id}/${period}`)
  }
  return paths
}

async function pathOf(play: Play, name: string, period: string): Promise<string> {
  const path = (await pathsOf(play, period)).get(name)
  if (!path) throw new Error(`${name} has no ${period} in the table of the group`)
  return path
}
