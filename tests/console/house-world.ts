/** A desk with two centres, people, cases and figures, for the pages of whoever looks after the house. */
import { randomUUID } from 'node:crypto'
import { claim } from '../../bot/desk/claiming.js'
import { close } from '../../bot/desk/handling.js'
import { addCentre } from '../../bot/desk/house/centres.js'
import { type DeskHouse, newClient, signIn } from './desk-house.js'

/** A supervisor of the whole house, and a consultant of Moscow with a case. */
export async function furnish(desk: DeskHouse) {
  const supervisor = await signIn(desk, { role: 'supervisor' })
  const consultant = await signIn(desk)
  for (const city of ['moscow', 'prague']) await addCentre(desk.house, supervisor.staff, city)
  await desk.store.db.staff.update({
    where: { id: consultant.staff.id },
    data: { centreId: 'moscow', languages: ['ru', 'tg', 'uz'], onCall: true },
  })
  await desk.store.db.staff.update({
    where: { id: supervisor.staff.id },
    data: { languages: ['ru', 'tg', 'en'], skills: ['social', 'lawyer', 'safeguarding', 'trafficking'] },
  })
  return { supervisor, consultant }
}

/** A case of this consultant, closed already. */
export async function closedCase(desk: DeskHouse, staff: { id: string; alias: string; role: string }, said: string) {
  const client = await newClient(desk)
  const code = await client.asksForHuman({ said })
  await claim(desk.house, code, staff)
  await close(desk.house, code, staff, 'answered')
  return code
}

/** Closed stretches of work, as they are counted: `n` in each of these centres and languages. */
export async function countWork(
  desk: DeskHouse,
  n: number,
  about: { centreId?: string; language?: string; day?: Date },
) {
  await desk.store.db.engagement.createMany({
    data: Array.from({ length: n }, (_, nth) => ({
      day: about.day ?? new Date(desk.clock().toISOString().slice(0, 10)),
      country: 'RU',
      centreId: about.centreId ?? 'moscow',
      topic: 'employment-rights',
      language: about.language ?? 'tg',
      channel: 'telegram',
      urgency: 'normal',
      inHours: true,
      firstReplyS: nth % 5 === 4 ? null : 60 * (nth + 1),
      outcome: 'answered',
    })),
  })
}

export const requestId = () => randomUUID()
