/** What clients say of the help they got: a worker makes a link for one of them, who answers in their chat or on the page. */
import { LANGUAGE_NAMES, type Language } from '../../../bot/text/languages.js'
import { at } from '../calendar.js'
import type { Chance } from '../chance.js'
import { createPerson, type Person } from '../phone.js'
import { text } from '../texts.js'
import type { Play, Scene } from './play.js'

export const QUESTIONS = ['helped', 'respect', 'clear'] as const
const CHOICES = ['yes', 'yes', 'yes', 'partly', 'no'] as const
const LANGUAGES: readonly [Language, ...Language[]] = ['ru', 'tg', 'uz', 'ky', 'kk', 'uk', 'cs', 'en']
const LINES = [
  'Всё хорошо, спасибо!',
  'Ташаккур!',
  'Rahmat <b>katta</b>',
  'Дякую, дуже допомогли',
  '+1; "skvělé"',
] as const

/** Once a month. One worker meets so many that sums are shown; most of the others meet one, or nobody. */
export function monthOfFeedback(play: Play, nth: number): Scene {
  const { calendar, people, stage } = play
  const chance = play.chance.fork()
  const when = at(`${calendar.periods[nth] ?? ''}-20`, '17:00')
  const met = people.map((_, place) =>
    place === nth % people.length ? chance.whole(5, 8) : chance.often(0.4) ? chance.whole(1, 2) : 0,
  )
  return {
    at: when,
    what: `feedback of ${calendar.periods[nth]}`,
    // One after the other: which five answers of a group were the first is then no matter of luck
    async run() {
      stage.reach(when)
      for (const [place, person] of people.entries())
        for (let client = 0; client < (met[place] ?? 0); client++) await answers(play, await linkOf(person), chance)
      // A line is taken out of the chat at once
      await stage.works()
    },
  }
}

/** The code of a new link, as it stands in what the worker sends on. */
async function linkOf(person: Person): Promise<string> {
  await person.writes('/feedback')
  const heard = await person.presses(text(person.language, 'feedback:what.options.link'))
  for (const { text: words } of heard) {
    const [, one, other] = /^([A-Z0-9]{4})-([A-Z0-9]{4}) · /m.exec(words) ?? []
    if (one && other) return one + other
  }
  throw new Error(`${person.name} got no code for a client`)
}

async function answers(play: Play, code: string, chance: Chance): Promise<void> {
  const language = chance.oneOf(LANGUAGES)
  const given = QUESTIONS.map((question) => [question, chance.oneOf(CHOICES)] as const)
  const line = chance.often(0.3) ? chance.oneOf(LINES) : ''
  const name = `Client ${play.clients.size + 1}`
  play.clients.set(name, language)
  if (chance.often(0.5)) return onPage(play, name, { code, language, given: Object.fromEntries(given), line })
  const me = createPerson(play.stage, play.notes, { name, language, on: ['telegram'] })
  await me.writes(`/start f_${code}`)
  if (me.last.buttons.includes(LANGUAGE_NAMES[language])) await me.presses(LANGUAGE_NAMES[language])
  for (const [question, choice] of given) await me.presses(text(language, `opinion:${question}.options.${choice}`))
  await me.presses(text(language, `opinion:line.options.${line ? 'write' : 'finish'}`))
  if (line) await me.writes(line)
}

type Filled = { code: string; language: Language; given: Record<string, string>; line: string }

/** As a browser without scripts does it. */
async function onPage({ stage, notes }: Play, who: string, { code, language, given, line }: Filled): Promise<void> {
  stage.pass(60_000)
  const address = `${stage.url}/f/${code}?lang=${language}`
  const page = await (await fetch(address)).text()
  if (!page.includes(text(language, 'opinion:page.helped'))) throw new Error(`${who} does not see the questions`)
  notes.note({ who, where: 'page', did: 'answers', text: code, about: { ...given, line } })
  const sent = await fetch(address, { method: 'POST', body: new URLSearchParams({ ...given, line }) })
  notes.note({ who, where: 'page', did: 'hears', text: /<h1>([^<]*)/.exec(await sent.text())?.[1] ?? '' })
}
