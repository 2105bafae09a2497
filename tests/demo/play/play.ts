/** What all scenes share: the stage, who plays, and what they know of each other. */
import type { Speakers } from '../accountant/accountant.js'
import type { Calendar } from '../calendar.js'
import type { Member } from '../cast.js'
import type { Chance } from '../chance.js'
import type { Person } from '../phone.js'
import type { Stage } from '../stage.js'
import type { Notes } from '../transcript.js'

export const COORDINATOR = 'coordinator-1'
export const TRAINER = 'trainer-1'
export const GROUP = 'Čechy a Morava 1'
export const OTHER_GROUP = 'Ostrava 1'

export type Play = {
  stage: Stage
  notes: Notes
  chance: Chance
  calendar: Calendar
  cast: Member[]
  people: Person[]
  trainer: Person
  /** Clients who have answered, and their language. */
  clients: Map<string, string>
  programmeId: string
  groupId: string
  otherGroupId: string
}

/** Which language everybody speaks who writes in a chat. */
export const speakersOf = ({ cast, clients }: Play): Speakers => ({
  workers: new Map(cast.map(({ name, language }) => [name, language])),
  clients,
})

/** Something that happens at its time. */
export type Scene = { at: Date; what: string; run(): Promise<void> }
