/** What all scenes share: the stage, who plays, and what they know of each other. */
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
  groupId: string
  otherGroupId: string
}

/** Something that happens at its time. */
export type Scene = { at: Date; what: string; run(): Promise<void> }
