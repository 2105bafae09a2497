/** What was seen of people is only added to: the database itself refuses anything else. */
import { expect, it } from 'vitest'
import { addEvent, eventsOf, resealWords } from '../../../bot/programme/checkin/events.js'
import type { Store } from '../../../bot/store/store.js'
import { withDatabases } from '../../store/databases.js'
import { newGroup, newWorker } from '../reports/world.js'

const AT = new Date('2026-11-20T08:00:00Z')

async function seen(store: Store) {
  const group = await newGroup(store)
  const { personId, drawer } = await newWorker(store, group.id)
  const { id: enrolmentId } = await store.db.enrolment.findFirstOrThrow({ where: { personId } })
  const { id: sessionId } = await store.db.trainingSession.create({
    data: { groupId: group.id, module: 1, startsAt: AT, endsAt: new Date(AT.getTime() + 8 * 3_600_000) },
  })
  const anna = await store.db.staff.create({ data: { alias: `trainer-${personId}`, role: 'trainer' } })
  const here = { sessionId, enrolmentId, point: 'arrival', at: AT } as const
  await addEvent(store.db, { ...here, kind: 'qr', becomes: 'present' })
  const why = { words: 'left at once', drawer }
  await addEvent(store.db, { ...here, kind: 'correction', was: 'present', becomes: 'absent', byId: anna.id, why })
  const events = () => eventsOf(store.db, { enrolmentId })
  return { group, enrolmentId, drawer, anna, events }
}

withDatabases(
  'what was seen of people',
  (open) => {
    it('is never overwritten, and goes with its person', async () => {
      const store = await open()
      const { enrolmentId, events } = await seen(store)
      const before = await events()
      for (const change of [
        `becomes = 'absent'`,
        `at = now()`,
        'minutes = 60',
        `kind = 'code'`,
        'by_id = null',
        'why = null',
        `why = 'x'::bytea`,
        'enrolment_id = gen_random_uuid()',
      ])
        await expect(store.sql(`update attendance_event set ${change}`), change).rejects.toThrow(
          'Attendance is only added to.',
        )
      expect(await events()).toEqual(before)
      await store.db.enrolment.delete({ where: { id: enrolmentId } })
      expect(await events()).toEqual([])
    })

    it('stays when the colleague who wrote it goes', async () => {
      const store = await open()
      const { anna, events } = await seen(store)
      await store.db.staff.delete({ where: { id: anna.id } })
      expect(await events()).toMatchObject([{ becomes: 'present' }, { becomes: 'absent', byId: null }])
    })

    it('is sealed anew for its owner’s other key, and for nothing else that follows', async () => {
      const store = await open()
      const { group, enrolmentId, drawer, events } = await seen(store)
      const { drawer: other } = await newWorker(store, group.id)
      await store.transaction(async (tx) => {
        await resealWords(tx, enrolmentId, drawer, other)
        expect(await eventsOf(tx, { enrolmentId })).toHaveLength(2)
      })
      const after = await events()
      expect(after.map(({ why }) => why && other.openText('attendance_event.why', why))).toEqual([null, 'left at once'])
      await expect(store.sql(`update attendance_event set why = 'x'::bytea`)).rejects.toThrow()
    })
  },
  { isAboutIt: true },
)
