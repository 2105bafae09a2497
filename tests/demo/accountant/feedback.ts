/**
 * What clients said: whose code they came with, which question stood before them, what they pressed. Shown is what every full five of
 * answers add up to; of a group nothing from which the answers of fewer than five could be worked out.
 */
import { text } from '../texts.js'
import type { Entry, Transcript } from '../transcript.js'
import type { Opinion } from './books.js'
import { wallOf } from './days.js'

const QUESTIONS = ['helped', 'respect', 'clear'] as const
const CHOICES = ['yes', 'partly', 'no'] as const
/** So many stand behind every number that is shown. */
const TOGETHER = 5

type Coming = { code: string; said: Record<string, string>; question: string | undefined; counted: boolean }

export function opinionsOf(
  transcript: Transcript,
  members: ReadonlyMap<string, { group: string }>,
  clients: ReadonlyMap<string, string>,
): Opinion[] {
  const opinions: Opinion[] = []
  const codes = new Map<string, { worker: string; period: string }>()
  const coming = new Map<string, Coming>()
  const count = (client: Coming) => {
    const whose = codes.get(client.code)
    if (whose && !client.counted) opinions.push({ ...whose, said: client.said, line: '' })
    client.counted = true
  }
  const addLine = (client: Coming, line: string) => {
    const last = opinions.at(-1)
    if (last && client.counted) last.line = line
  }

  for (const entry of transcript) {
    const { who, did, text: words, at, about } = entry
    if (members.has(who) && did === 'hears')
      for (const [, one, other] of words.matchAll(/^([A-Z0-9]{4})-([A-Z0-9]{4}) · /gm))
        codes.set(`${one}${other}`, { worker: who, period: wallOf(at).day.slice(0, 7) })
    const language = clients.get(who)
    if (!language) continue
    if (did === 'answers' && about)
      coming.set(who, { code: words, said: about, question: about.line ?? '', counted: false })
    const client = coming.get(who)
    if (did === 'hears') hears(entry, language, client)
    else if (did === 'writes' && words.startsWith('/start f_'))
      coming.set(who, { code: words.slice('/start f_'.length), said: {}, question: undefined, counted: false })
    else if (client?.question === 'words' && did === 'writes') addLine(client, words)
    else if (did === 'presses' && client?.question) {
      const choice = CHOICES.find((each) => words === text(language, `opinion:${client.question}.options.${each}`))
      if (choice) client.said[client.question] = choice
    }
  }

  function hears({ where, text: words }: Entry, language: string, client: Coming | undefined): void {
    if (!client) return
    if (where === 'page') {
      if (words === text(language, 'opinion:page.thanks')) {
        count(client)
        addLine(client, client.question ?? '')
      }
      return
    }
    if (words === text(language, 'opinion:line')) count(client)
    const asked = [...QUESTIONS, 'words'].find((each) => words === text(language, `opinion:${each}`))
    client.question = asked ?? (words === text(language, 'opinion:line') ? undefined : client.question)
  }

  return opinions
}

export type Sums = { of: number; sums: Map<string, number> }

const added = (opinions: readonly Opinion[]): Sums => {
  const sums = new Map<string, number>()
  for (const question of QUESTIONS)
    for (const choice of CHOICES)
      sums.set(`${question} ${choice}`, opinions.filter(({ said }) => said[question] === choice).length)
  return { of: opinions.length, sums }
}

const fullFives = (opinions: readonly Opinion[]): readonly Opinion[] =>
  opinions.slice(0, opinions.length - (opinions.length % TOGETHER))

/** What may be shown of one worker in one month; nothing below five. */
export function sumsOf(opinions: readonly Opinion[]): Sums | undefined {
  const told = fullFives(opinions)
  return told.length > 0 ? added(told) : undefined
}

/** What may be shown of the whole group in one month. */
export function groupSumsOf(opinions: readonly Opinion[]): Sums | undefined {
  const workers = [...new Set(opinions.map(({ worker }) => worker))]
  const shown = workers.map((worker) => opinions.filter((each) => each.worker === worker)).filter((own) => sumsOf(own))
  const theirs = shown.flatMap(fullFives)
  const all = fullFives(opinions)
  const unseen = opinions.length - shown.reduce((sum, own) => sum + own.length, 0)
  if (all.length - theirs.length >= TOGETHER && (unseen === 0 || unseen >= TOGETHER)) return added(all)
  return theirs.length > 0 ? added(theirs) : undefined
}

/** Lines are shown when five of the group have answered in that month. */
export const linesShown = (opinions: readonly Opinion[]): string[] =>
  opinions.length >= TOGETHER ? opinions.flatMap(({ line }) => line || []) : []
