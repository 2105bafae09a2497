/** What a worker reads of themselves: reports in their own words, and days of training. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestHouse, testHouse } from '../house.js'
import { ANSWERS, chat, newGroup, newWorker, sendReport } from '../programme/reports/world.js'

describe('the data of a worker', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await testHouse({ now: '2026-11-20T12:00:00Z' })
  })
  afterAll(() => house.end())

  it('S15 has every report as it was sent, why one was given back, and each day of training, in the worker’s language', async () => {
    const { store } = house
    const group = await newGroup(store)
    const petr = await newWorker(store, group.id, { name: 'Petr', language: 'cs' })
    const other = await newWorker(store, group.id, { name: 'Jana', language: 'cs' })
    await sendReport(house, petr.personId, '2026-10', { ...ANSWERS, success: 'Rodina má byt' })
    await sendReport(house, other.personId, '2026-10', { ...ANSWERS, success: 'Cizí slova' })
    const report = await store.db.report.findFirstOrThrow({ where: { personId: petr.personId } })
    await store.db.reportEvent.create({
      data: {
        reportId: report.id,
        kind: 'returned',
        at: house.fake.now(),
        reason: petr.drawer.seal('report.reason', 'Chybí hodiny'),
      },
    })
    const { id: enrolmentId } = await store.db.enrolment.findFirstOrThrow({ where: { personId: petr.personId } })
    const session = await store.db.trainingSession.create({
      data: {
        groupId: group.id,
        module: 4,
        startsAt: new Date('2026-11-13T08:00:00Z'),
        endsAt: new Date('2026-11-13T16:00:00Z'),
      },
    })
    await store.db.attendanceEvent.create({
      data: {
        ...{ sessionId: session.id, enrolmentId, kind: 'code', point: 'lunch', becomes: 'late', minutes: 12 },
        at: new Date('2026-11-13T12:12:00Z'),
        why: petr.drawer.seal('attendance_event.why', 'Vlak měl zpoždění'),
      },
    })
    const sums = { yes: 4, partly: 1, no: 0 }
    const shown = { answers: 5, sums: { helped: sums, respect: sums, clear: sums } }
    await store.db.feedbackMonth.create({
      data: {
        ...{ personId: petr.personId, groupId: group.id, period: '2026-11', answers: 6 },
        totals: petr.drawer.sealJson('feedback_month.totals', { sums: shown.sums, shown }),
      },
    })

    const [page, record] = (await chat(house, petr.address).says('/mydata')).flatMap(({ file }) => file ?? [])
    const text = Buffer.from(page?.content ?? '').toString()
    expect(text).toContain('2026-10 · odeslaný')
    for (const own of [
      'Město: Brno',
      'Rodina má byt',
      'Chybí hodiny',
      '№ 4',
      'Vlak měl zpoždění',
      '12 min',
      '2026-11 · 6 ·',
    ])
      expect(text).toContain(own)
    expect(text).not.toContain('Cizí slova')
    const data = JSON.parse(Buffer.from(record?.content ?? '').toString())
    expect(data.attendance).toMatchObject([{ module: 4, becomes: 'late', minutes: 12, why: 'Vlak měl zpoždění' }])
    expect(data.reports).toHaveLength(1)
  })
})
