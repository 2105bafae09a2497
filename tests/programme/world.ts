/** A programme with two groups, for the stories of whoever is in it. */

import type { IncomingEvent, Outbound } from '../../bot/conversation/channel.js'
import type { StaffMember } from '../../bot/desk/access.js'
import { UserError } from '../../bot/errors.js'
import type { NewWorker } from '../../bot/programme/people/enrolments.js'
import { enrol } from '../../bot/programme/people/enrolments.js'
import { inviteWorker } from '../../bot/programme/people/invitations.js'
import { addGroup, addProgramme } from '../../bot/programme/people/programmes.js'
import { person, type TestChannel, type TestHouse } from '../house.js'

export const FIRST_DAY = '2026-09-01'
export const LAST_DAY = '2027-06-30'
export const day = (text: string): Date => new Date(`${text}T00:00:00Z`)

export async function staffOf(house: TestHouse, role: string, n = 1): Promise<StaffMember> {
  return house.store.db.staff.create({ data: { alias: `${role}-${n}`, role, language: 'en' } })
}

export async function programmeWith(house: TestHouse, coordinator: StaffMember, groups: readonly string[]) {
  const programmeId = await addProgramme(house, coordinator, {
    name: `Programme ${Math.random()}`,
    startsOn: FIRST_DAY,
    endsOn: LAST_DAY,
  })
  const ids: string[] = []
  for (const name of groups)
    ids.push(await addGroup(house, coordinator, { programmeId, name, city: 'prague', trainerId: null }))
  return { programmeId, groups: ids }
}

export const worker = (name: string, more: Partial<NewWorker> = {}): NewWorker => ({
  name,
  city: null,
  organisation: '',
  language: 'en',
  joinedOn: day(FIRST_DAY),
  ...more,
})

/** Somebody who was taken in; returns their enrolment and an invitation. */
export async function invited(house: TestHouse, coordinator: StaffMember, groupId: string, who: NewWorker) {
  const enrolmentId = await enrol(house, coordinator, groupId, who)
  return { enrolmentId, ...(await inviteWorker(house, coordinator, enrolmentId)) }
}

/** Somebody on one messenger; what they hear is what arrived since the last look. */
export function chat(house: TestHouse, wire: TestChannel, address: string) {
  const me = person(house, address)
  let read = 0
  const on = { channel: wire.name } as const
  return {
    writes: (text: string) => me.writes(text, on),
    does: (event: IncomingEvent) => me.does(event, on),
    async presses(label: string) {
      const button = wire
        .sent(address)
        .findLast(({ buttons }) => buttons?.flat().some((each) => each.label === label))
        ?.buttons?.flat()
        .find((each) => each.label === label)
      if (!button || !('data' in button))
        throw new Error(`No button "${label}": ${JSON.stringify(wire.sent(address).at(-1))}`)
      await me.does({ kind: 'button', data: button.data }, on)
    },
    hears(): Outbound[] {
      const all = wire.sent(address)
      const fresh = all.slice(read)
      read = all.length
      return fresh
    },
    personId: async (): Promise<string> =>
      (
        await house.store.db.address.findFirstOrThrow({
          where: { channel: wire.name, hash: house.store.vault.hash('address', wire.name, address) },
        })
      ).personId,
  }
}

/** The code of a refusal. */
export const refused = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof UserError ? error.code : error),
  )
