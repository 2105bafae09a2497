/** Counts a programme from what was said and done in it; nothing of the product's own reckoning is used here, only its sentences. */
import { text } from '../texts.js'
import type { Transcript } from '../transcript.js'
import { attendanceOf } from './attendance.js'
import type { Books } from './books.js'
import { dutiesOf } from './duties.js'
import { opinionsOf } from './feedback.js'
import { reportsOf } from './reports.js'

/** Which language each of them speaks. */
export type Speakers = { workers: ReadonlyMap<string, string>; clients: ReadonlyMap<string, string> }

export function account(transcript: Transcript, { workers: languages, clients }: Speakers, until: Date): Books {
  const people: Books['people'] = new Map()
  const members = new Map<string, { group: string; language: string; from: string }>()
  const groups: string[] = []
  let [programme, from] = ['', '']
  for (const { who, did, text: words, about } of transcript) {
    if (did === 'programme') [programme, from] = [words, about?.startsOn ?? '']
    if (did === 'group') groups.push(words)
    if (did === 'takes in') {
      const { group = '', city = '', organisation = '' } = about ?? {}
      people.set(words, { group, city, organisation, joined: false })
      members.set(words, { group, language: languages.get(words) ?? 'en', from })
    }
    const person = people.get(who)
    const welcome = text(languages.get(who) ?? 'en', 'join:done').split('{{')[0] ?? ''
    if (person && did === 'hears' && words.startsWith(welcome)) person.joined = true
  }
  const books = {
    ...{ programme, groups, people },
    days: attendanceOf(transcript, members),
    reports: reportsOf(transcript, members, until),
    opinions: opinionsOf(transcript, members, clients),
  }
  return { ...books, duties: dutiesOf(books, until) }
}
