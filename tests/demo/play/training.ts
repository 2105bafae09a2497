/** A day of training: people come by QR and by code, in time and late; some apologise; the trainer counts and closes. */

import { qrCode } from '../../../bot/http/qr.js'
import { stepAt, tokenOf } from '../../../bot/programme/checkin/codes.js'
import { at } from '../calendar.js'
import { between, plain } from '../html.js'
import type { Person } from '../phone.js'
import { text } from '../texts.js'
import { GROUP, OTHER_GROUP, type Play, type Scene, TRAINER } from './play.js'

const BEGINS = 9 * 60
const LUNCH = 13 * 60
/** Who comes in time comes with the others of the same tram, every so many minutes. */
const TRAM = 5

type Coming = 'there' | 'late' | 'away'

const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`

/** The page of that day, for the trainer. */
export async function sessionPath({ stage }: Play, group: string, module: number): Promise<string> {
  const page = await (await stage.console(TRAINER)).page('sessions')
  for (const link of between(page, '<a href="/desk/sessions/', '</a>'))
    if (plain(link.slice(link.indexOf('>') + 1)) === `${group}, module ${module}`)
      return `sessions/${link.slice(0, 36)}`
  throw new Error(`There is no page of module ${module} of ${group}`)
}

/** What somebody who stands before the screen sends: its QR by the camera, or its digits by hand. */
async function lookAt({ stage }: Play, path: string): Promise<Record<'qr' | 'digits', string>> {
  const page = await (await stage.console(TRAINER)).page(`${path}/screen`)
  const digits = /class="code">(\d{3}) (\d{3})</.exec(page)
  // The camera: the picture on the page is that of this link
  const { store } = stage.house
  const token = tokenOf(store.vault.hash, path.replace('sessions/', ''), stepAt(stage.now()))
  const link = stage.house.channel('telegram')?.linkTo?.(token) ?? ''
  const [, picture = ''] = / d="(M[^"]*h1v1h-1z)"/.exec(qrCode(link, '').toString()) ?? []
  if (!digits || !picture || !page.includes(picture)) throw new Error(`The screen of ${path} shows no code of now`)
  return { digits: `/checkin ${digits[1]}${digits[2]}`, qr: `/start ${link.replace(/^.*start=/, '')}` }
}

type Where = { group: string; module: number; path: string; day: string }

/** Those who stand before the screen at this minute. */
async function checkIn(play: Play, { group, module, path, day }: Where, minute: number, people: readonly Person[]) {
  const { stage, chance } = play
  stage.reach(at(day, clock(minute)))
  const shown = await lookAt(play, path)
  const by = people.map((person) => (person.on[0] === 'slack' || chance.often(0.4) ? 'digits' : 'qr'))
  const about = { group, module: String(module) }
  await stage.together(people.map((person, nth) => () => person.comes(about, shown[by[nth] ?? 'qr'])))
}

/** Everything that happens on one day, in order. */
export function dayOfTraining(play: Play, module: number): Scene[] {
  const { calendar, chance, people, stage, trainer, notes } = play
  const day = calendar.days[module - 1] ?? ''
  const comings = people.map((person, nth) => {
    // Who makes it up elsewhere must have missed it
    const away = (module === 1 && nth === 2) || chance.often(0.06)
    const arrival: Coming = away ? 'away' : chance.often(0.12) ? 'late' : 'there'
    const lunch: Coming = away || chance.often(0.05) ? 'away' : chance.often(0.1) ? 'late' : 'there'
    const apologises = away && chance.often(0.5)
    // One in a room has left the phone at home: the trainer writes them down
    const phoneless = !away && nth === module % people.length
    const when = (coming: Coming, start: number) =>
      coming === 'late' ? start + chance.whole(12, 70) : start + TRAM * chance.whole(-5, 1)
    return {
      person,
      arrival,
      lunch,
      apologises,
      phoneless,
      arrivalAt: when(arrival, BEGINS),
      lunchAt: when(lunch, LUNCH),
    }
  })
  const before = new Date(at(day, '18:00').getTime() - 86_400_000)
  const apologies: Scene = {
    at: before,
    what: `apologies for module ${module}`,
    async run() {
      stage.reach(before)
      for (const { person, apologises } of comings) if (apologises) await apologise(person, module, chance.often(0.5))
    },
  }
  const meeting: Scene = {
    at: at(day, '08:30'),
    what: `module ${module}`,
    async run() {
      const path = await sessionPath(play, GROUP, module)
      const where = { group: GROUP, module, path, day }
      const acts = comings.flatMap(({ person, arrival, lunch, phoneless, arrivalAt, lunchAt }) => [
        ...(arrival !== 'away' && !phoneless ? [{ minute: arrivalAt, person }] : []),
        ...(lunch !== 'away' && !phoneless ? [{ minute: lunchAt, person }] : []),
      ])
      for (const minute of [...new Set(acts.map((act) => act.minute))].sort((one, other) => one - other))
        await checkIn(
          play,
          where,
          minute,
          acts.flatMap((act) => (act.minute === minute ? [act.person] : [])),
        )
      stage.reach(at(day, '16:40'))
      const phoneless = comings.find((each) => each.phoneless)?.person
      const byChat = module % 2 === 1
      if (phoneless) await markByHand(play, path, phoneless.name, byChat ? ['arrival'] : ['arrival', 'lunch'], module)
      if (byChat) await closeByChat(trainer, module, phoneless?.name)
      else {
        notes.note({ who: TRAINER, where: 'console', did: 'closes', text: GROUP, about: { module: String(module) } })
        await (await stage.console(TRAINER)).fill(path, `${path}/close`, {})
      }
      await stage.send()
      for (const person of people) person.reads()
    },
  }
  return [apologies, meeting]
}

async function apologise(person: Person, module: number, says: boolean): Promise<void> {
  const { language } = person
  await person.writes('/checkin')
  await person.presses(text(language, 'checkin:code.options.cannot'))
  const label = person.last.buttons.find((each) => new RegExp(`\\D${module}$`).test(each))
  if (!label) throw new Error(`${person.name} is not offered module ${module}: ${person.last.buttons}`)
  await person.presses(label)
  if (says) await person.writes('☎ 38,5 °C')
  else await person.presses(text(language, 'common:skip'))
}

async function markByHand({ stage, notes }: Play, path: string, name: string, points: string[], module: number) {
  const desk = await stage.console(TRAINER)
  for (const point of points) {
    const row = between(await desk.page(path), '<strong>', '</li>').find(
      (each) => plain(each.slice(0, each.indexOf('</strong>'))) === name,
    )
    const person = /name="person" value="([^"]+)"/.exec(row ?? '')?.[1]
    if (!person) throw new Error(`${name} is not on the page of the day`)
    notes.note({
      who: TRAINER,
      where: 'console',
      did: 'marks',
      text: name,
      about: { group: GROUP, module: String(module), point, mark: 'present' },
    })
    await desk.fill(path, `${path}/mark`, { person, point, mark: 'present', why: '' })
  }
}

async function closeByChat(trainer: Person, module: number, adds: string | undefined): Promise<void> {
  await trainer.writes('/session')
  await trainer.presses(trainer.button(`module ${module}`))
  if (adds) {
    await trainer.presses(text('en', 'session:choice.options.add'))
    await trainer.writes(adds)
  }
  await trainer.presses(text('en', 'session:choice.options.fits'))
}

/** Whoever missed module 1 makes it up in Ostrava, where the trainer confirms it. */
export function madeUpElsewhere(play: Play): Scene {
  const { calendar, stage, notes, people } = play
  return {
    at: at(calendar.elsewhere, '08:30'),
    what: `module 1 in ${OTHER_GROUP}`,
    async run() {
      const person = people[2]
      if (!person) return
      const path = await sessionPath(play, OTHER_GROUP, 1)
      const where = { group: OTHER_GROUP, module: 1, path, day: calendar.elsewhere }
      await checkIn(play, where, BEGINS - 3, [person])
      await person.presses(text(person.language, 'checkin:makeUp.options.yes'))
      await checkIn(play, where, LUNCH + 15, [person])
      stage.reach(at(calendar.elsewhere, '16:45'))
      const desk = await stage.console(TRAINER)
      const id = /name="person" value="([^"]+)"/.exec(await desk.page(path))?.[1] ?? ''
      const about = { module: '1' }
      notes.note({
        who: TRAINER,
        where: 'console',
        did: 'welcomes',
        text: person.name,
        about: { group: OTHER_GROUP, ...about },
      })
      await desk.fill(path, `${path}/welcome`, { person: id })
      notes.note({ who: TRAINER, where: 'console', did: 'closes', text: OTHER_GROUP, about })
      await desk.fill(path, `${path}/close`, {})
      await stage.send()
      person.reads()
    },
  }
}
