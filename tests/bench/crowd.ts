/** Very many workers with their reports, as their own acts would have left them, written in a few statements. */
import { randomUUID } from 'node:crypto'
import type { Values } from '../../bot/engine/types.js'
import type { WholeHouse } from '../../bot/house.js'
import { keepForm } from '../../bot/programme/reports/form.js'
import { ANSWERS, day } from '../programme/reports/world.js'

/** Rows of one statement. */
const AT_ONCE = 1000

export type Member = { personId: string; enrolmentId: string; address: string }
export type Crowd = { groupId: string; programmeId: string; people: Member[] }
type About = {
  size: number
  /** Where they are reached; made up when left out. */
  addresses?: readonly string[]
  /** The months they have reported. */
  months?: readonly string[]
  channel?: 'telegram' | 'slack'
  trainerId?: string
}

async function inPieces<Row>(rows: readonly Row[], write: (piece: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) await write(rows.slice(from, from + AT_ONCE))
}

/** One group, in a programme of its own, of that many people who joined in the beginning of 2026. */
export async function crowd({ store, mind }: Pick<WholeHouse, 'store' | 'mind'>, about: About): Promise<Crowd> {
  const { db, vault } = store
  const { size, addresses = [], months = [], channel = 'telegram', trainerId = null } = about
  const { id: programmeId } = await db.programme.create({
    data: { name: `Programme ${randomUUID()}`, startsOn: day('2025-01-01'), endsOn: day('2027-12-31'), rules: {} },
  })
  const { id: groupId } = await db.programmeGroup.create({
    data: { programmeId, name: `Group ${randomUUID().slice(0, 4)}`, timeZone: 'Europe/Prague', trainerId },
  })
  const people = Array.from({ length: size }, (_, nth) => {
    const personId = randomUUID()
    const wrappedKey = new Uint8Array(vault.newKey(personId))
    const address = addresses[nth] ?? `bench-${personId}`
    const drawer = vault.drawer(personId, wrappedKey)
    return {
      personId,
      wrappedKey,
      drawer,
      address,
      addressId: randomUUID(),
      enrolmentId: randomUUID(),
      name: `Worker ${nth}`,
    }
  })
  await inPieces(people, (piece) =>
    db.person.createMany({
      data: piece.map(({ personId, wrappedKey }) => ({ id: personId, role: 'worker', wrappedKey, language: 'en' })),
    }),
  )
  await inPieces(people, (piece) =>
    db.address.createMany({
      data: piece.map(({ personId, addressId, drawer, address }) => ({
        id: addressId,
        personId,
        channel,
        hash: new Uint8Array(vault.hash('address', channel, address)),
        sealed: drawer.seal('address.sealed', address),
      })),
    }),
  )
  await inPieces(people, (piece) =>
    db.conversation.createMany({ data: piece.map(({ personId, addressId }) => ({ personId, addressId })) }),
  )
  await inPieces(people, (piece) =>
    db.enrolment.createMany({
      data: piece.map(({ personId, enrolmentId, drawer, name }) => ({
        id: enrolmentId,
        personId,
        groupId,
        name: drawer.seal('enrolment.name', name),
        joinedOn: day('2025-01-01'),
      })),
    }),
  )
  if (months.length > 0) {
    const flow = mind.library.newest('report')
    if (!flow) throw new Error('Nobody can report here.')
    const { id: formId } = await store.transaction((tx) => keepForm(tx, programmeId, flow))
    const reports = people.flatMap((who) => months.map((period) => ({ who, period, id: randomUUID() })))
    const sentAt = day('2026-11-01')
    await inPieces(reports, (piece) =>
      db.report.createMany({
        data: piece.map(({ who, period, id }) => ({
          ...{ id, personId: who.personId, programmeId, period, state: 'submitted', sentAt },
        })),
      }),
    )
    await inPieces(reports, (piece) =>
      db.reportVersion.createMany({
        data: piece.map(({ who, id }) => ({
          ...{ reportId: id, number: 1, formId, channel, at: sentAt },
          answers: who.drawer.sealJson('report.answers', WORDY),
        })),
      }),
    )
  }
  return {
    groupId,
    programmeId,
    people: people.map(({ personId, enrolmentId, address }) => ({ personId, enrolmentId, address })),
  }
}

/** A report with as many words as people write who have something to say. */
const WORDY: Values = {
  ...ANSWERS,
  difficulty: 'Long queues at the office, and nobody there who speaks the language. '.repeat(4),
  success: 'A family of five has moved into a flat of their own. '.repeat(4),
  missing: 'Courses in the evening. '.repeat(4),
}
