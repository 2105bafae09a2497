/** A coordinator makes the programme, its groups, people and days, and invites; everybody joins. */
import { invite } from '../../../bot/console/invitations.js'
import { workbook } from '../../programme/workbook.js'
import { at, type Calendar } from '../calendar.js'
import type { Member } from '../cast.js'
import type { Chance } from '../chance.js'
import { between, plain } from '../html.js'
import { createPerson, type Person } from '../phone.js'
import type { Stage } from '../stage.js'
import { text } from '../texts.js'
import type { Notes } from '../transcript.js'
import { COORDINATOR, GROUP, OTHER_GROUP, type Play, TRAINER } from './play.js'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const BEGINS = '09:00'
const PLACE = 'Komunitní centrum'

type Opening = { stage: Stage; notes: Notes; chance: Chance; calendar: Calendar; cast: Member[] }

export async function open({ stage, notes, chance, calendar, cast }: Opening): Promise<Play> {
  const { store } = stage.house
  for (const role of ['coordinator', 'trainer'] as const)
    await invite(store, { role, language: 'en', now: stage.now() })
  stage.reach(at(calendar.startsOn, '09:00'))
  const desk = await stage.console(COORDINATOR)
  const fill = async (...form: Parameters<typeof desk.fill>) => {
    const answer = await desk.fill(...form)
    return { ...answer, path: answer.leadsTo.replace(/^.*\/desk\//, '').replace(/\?.*$/, '') }
  }
  const { note } = notes
  const boss = { who: COORDINATOR, where: 'console' } as const

  const days = { startsOn: calendar.startsOn, endsOn: calendar.endsOn }
  const name = `Community workers ${calendar.startsOn.slice(0, 4)}`
  note({ ...boss, did: 'programme', text: name, about: days })
  const programme = (await fill('programmes', 'programmes', { name, ...days })).path
  const trainerId = /<option value="([^"]{36})"/.exec(await desk.page(programme))?.[1] ?? ''
  const addGroup = async (group: string, city: string) => {
    note({ ...boss, did: 'group', text: group, about: { city } })
    return (await fill(programme, `${programme}/groups`, { name: group, city, trainer: trainerId })).path
  }
  const group = await addGroup(GROUP, 'prague')
  const other = await addGroup(OTHER_GROUP, 'ostrava')

  const head = ['Name', 'City', 'Organisation', 'Language']
  const rows = cast.map(({ name, city, organisation, language }) => [name, city, organisation, language])
  for (const { name, city, organisation } of cast)
    note({ ...boss, did: 'takes in', text: name, about: { group: GROUP, city, organisation } })
  const file = new File([new Uint8Array(workbook([head, ...rows]))], 'people.xlsx', { type: XLSX })
  const imported = await fill(group, `${group}/import`, {}, file)
  if (imported.html.includes('class="wrong"')) throw new Error(`The list was refused: ${plain(imported.html)}`)

  const plan = async (path: string, named: string, planned: { module: number; day: string }[]) => {
    const fields: Record<string, string> = {}
    for (const { module, day } of planned) {
      note({ ...boss, did: 'plans', text: named, about: { module: String(module), day, from: BEGINS } })
      Object.assign(fields, { [`day.${module}`]: day, [`from.${module}`]: BEGINS, [`place.${module}`]: PLACE })
    }
    await fill(path, `${path}/days`, fields)
  }
  await plan(
    group,
    GROUP,
    calendar.days.map((day, nth) => ({ module: nth + 1, day })),
  )
  await plan(other, OTHER_GROUP, [{ module: 1, day: calendar.elsewhere }])

  const invitations = await fill(group, `${group}/invitations`, {})
  const trainer = createPerson(stage, notes, { name: TRAINER, language: 'en', on: ['telegram'] })
  await connectTrainer(stage, trainer)
  const people: Person[] = []
  const joining: (() => Promise<void>)[] = []
  for (const member of cast) {
    const card = between(invitations.html, '<summary>', '</details>').find((each) =>
      each.startsWith(escaped(member.name)),
    )
    const code = /<output>([\w-]+)<\/output>/.exec(card ?? '')?.[1]
    const payload = /start=(\w+)/.exec(card ?? '')?.[1]
    if (!code || !payload) throw new Error(`There is no invitation for ${member.name}`)
    const person = createPerson(stage, notes, member)
    joining.push(() => join(person, member, { code, payload }))
    people.push(person)
  }
  await stage.together(joining)
  const idOf = (path: string) => path.replace(/^.*\//, '')
  const ids = { groupId: idOf(group), otherGroupId: idOf(other), programmeId: idOf(programme) }
  return { stage, notes, chance, calendar, cast, people, trainer, clients: new Map(), ...ids }
}

/** As the page writes a name. */
const escaped = (name: string) => name.replace(/&/g, '&amp;').replace(/'/g, '&#39;').replace(/"/g, '&quot;')

async function connectTrainer(stage: Stage, trainer: Person): Promise<void> {
  const desk = await stage.console(TRAINER)
  const { html } = await desk.fill('me', 'me/connect', {})
  const code = /<output>([\w-]+)<\/output>/.exec(html)?.[1]
  if (!code) throw new Error('There is no code for the trainer’s own chat')
  await trainer.writes(`/connect ${code}`)
}

async function join(person: Person, { language, on }: Member, { code, payload }: { code: string; payload: string }) {
  const [first, second] = on
  if (first === 'slack') await person.writes(`join ${code}`)
  else await person.writes(`/start ${payload}`)
  if (!second) return
  await person.presses(text(language, 'worker:buttons.worker'))
  await person.presses(text(language, 'worker:buttons.messenger'))
  const other = /\bjoin (\w{4}-\w{4})/.exec(person.last.text)?.[1]
  if (!other) throw new Error(`${person.name} got no code for the other messenger`)
  await person.takes(second).writes(`join ${other}`)
  person.takes(first ?? second)
}
