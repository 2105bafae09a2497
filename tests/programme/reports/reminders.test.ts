/** Reminders of reports, with time that only the test moves, on both databases. */
import { expect, it } from 'vitest'
import { PIECE_EVERY_MS } from '../../../bot/programme/awake.js'
import { createReportReminders } from '../../../bot/programme/reports/reminders.js'
import { inHouses, neighbour } from '../../conversation/stories.js'
import type { TestHouse } from '../../house.js'
import { chat, newGroup, newWorker, sendReport } from './world.js'

inHouses('a reminder', (house, kind) => {
  const at = async (time: string) => {
    house().fake.set(new Date(time))
    await createReportReminders(house()).drain()
  }
  const heard = async (me: ReturnType<typeof chat>) => {
    await me.settle()
    return me.hears().map(({ text }) => text)
  }
  const someone = async (about: Parameters<typeof newWorker>[2] = {}, rules = {}) => {
    const group = await newGroup(house().store, { rules })
    const worker = await newWorker(house().store, group.id, { joinedOn: '2026-10-01', ...about })
    return { ...worker, me: chat(house(), worker.address) }
  }

  it('comes three days before, on the day and three days after, each once', async () => {
    const { me } = await someone()
    const days: Record<string, string[]> = {}
    for (let day = 1; day <= 9; day++) {
      for (const hour of ['09', '19']) await at(`2026-11-${String(day).padStart(2, '0')}T${hour}:30:00Z`)
      const texts = await heard(me)
      if (texts.length > 0) days[day] = texts
    }
    expect(days).toEqual({
      2: ['A small reminder: your report for October 2026 is due on 5 November 2026.'],
      5: ['Your report for October 2026 is due today. It takes a few minutes, and you can stop and go on later.'],
      8: [
        'Your report for October 2026 was due on 5 November 2026. Please send it when you can, also when there was nothing to report.',
      ],
    })
  })

  it('never comes between nine in the evening and nine in the morning, where the person is', async () => {
    const prague = await someone()
    const almaty = await someone({ country: 'KZ', language: 'ru' })
    await at('2026-11-05T03:59:00Z')
    expect([await heard(prague.me), await heard(almaty.me)].flat()).toEqual([])
    await at('2026-11-05T04:00:00Z')
    expect([await heard(prague.me), await heard(almaty.me)]).toEqual([
      [],
      ['Отчёт нужно сдать сегодня: октябрь 2026. Это несколько минут, и можно остановиться и продолжить позже.'],
    ])
    await at('2026-11-05T07:59:00Z')
    expect(await heard(prague.me)).toEqual([])
    await at('2026-11-05T08:00:00Z')
    expect((await heard(prague.me)).length).toBe(1)
    // 21:00 in Almaty, and the day after in Prague
    await at('2026-11-08T16:00:00Z')
    expect([(await heard(prague.me)).length, (await heard(almaty.me)).length]).toEqual([1, 0])
  })

  it('is not for what was sent, for zero, for a lock, nor for months before joining or after leaving', async () => {
    const sent = await someone()
    const zero = await someone()
    const later = await someone({ joinedOn: '2026-11-02' })
    const gone = await someone({ joinedOn: '2026-08-01', leftOn: '2026-09-30' })
    await sendReport(house(), sent.personId, '2026-10')
    await sendReport(house(), zero.personId, '2026-10', null)
    const locked = await someone()
    const { group } = await house().store.db.enrolment.findFirstOrThrow({
      where: { personId: locked.personId },
      include: { group: true },
    })
    await house().store.db.report.create({
      data: { personId: locked.personId, programmeId: group.programmeId, period: '2026-10', locked: true },
    })
    const waiting = await someone()
    await at('2026-11-05T12:00:00Z')
    for (const { me } of [sent, zero, locked, later, gone]) expect(await heard(me)).toEqual([])
    expect((await heard(waiting.me)).length, 'who owes it still').toBe(1)
  })

  it('keeps to the programme’s own days, and to a day that was given to one person', async () => {
    const { me, personId } = await someone({}, { dueDay: 10, reminderDays: [0] })
    await at('2026-11-05T12:00:00Z')
    expect(await heard(me)).toEqual([])
    await at('2026-11-10T12:00:00Z')
    expect((await heard(me)).length).toBe(1)
    const enrolment = await house().store.db.enrolment.findFirstOrThrow({
      where: { personId },
      include: { group: true },
    })
    await house().store.db.report.create({
      data: {
        personId,
        programmeId: enrolment.group.programmeId,
        period: '2026-10',
        extendedTo: new Date('2026-11-25T00:00:00Z'),
      },
    })
    await at('2026-11-25T12:00:00Z')
    expect(await heard(me)).toEqual([
      'Your report for October 2026 is due today. It takes a few minutes, and you can stop and go on later.',
    ])
  })

  it('comes before a draft is over', async () => {
    const { me, personId, drawer } = await someone({ joinedOn: '2026-12-01' })
    await house().store.db.draft.create({
      data: {
        personId,
        flow: 'report',
        answers: drawer.sealJson('draft.answers', { month: '2026-12' }),
        until: new Date('2026-12-28T12:00:00Z'),
      },
    })
    await at('2026-12-25T11:00:00Z')
    expect(await heard(me)).toEqual([])
    for (const hour of ['13', '15']) await at(`2026-12-25T${hour}:00:00Z`)
    expect(await heard(me)).toEqual([
      'You have begun a report and not sent it. I can keep your answers until 28 December 2026.',
    ])
  })

  it('to very many comes to a few at a time', async () => {
    const group = await newGroup(house().store)
    const personIds: string[] = []
    for (let n = 0; n < 12; n++)
      personIds.push((await newWorker(house().store, group.id, { joinedOn: '2027-02-01' })).personId)
    const worker = createReportReminders(house())
    const told = () => house().store.db.reportReminder.count({ where: { personId: { in: personIds } } })
    house().fake.set(new Date('2027-03-05T12:00:00Z'))
    const steps = [0]
    for (let piece = 0; steps.at(-1) !== 12 && piece < 9; piece++) {
      await worker.drain()
      const now = await told()
      expect(now - (steps.at(-1) ?? 0)).toBeLessThanOrEqual(10)
      steps.push(now)
      house().fake.forward(PIECE_EVERY_MS)
    }
    expect(steps.at(-1)).toBe(12)
  })

  if (kind === 'PostgreSQL')
    it('comes once however many processes run', async () => {
      const people = await Promise.all(Array.from({ length: 5 }, () => someone({ joinedOn: '2027-01-01' })))
      house().fake.set(new Date('2027-02-05T12:00:00Z'))
      const other: TestHouse = await neighbour(house())
      try {
        const workers = [house(), other].flatMap((each) => [createReportReminders(each), createReportReminders(each)])
        // A few at a time, so that nobody who writes meanwhile waits behind them
        for (let piece = 0; piece < 5; piece++) {
          await Promise.all(workers.map((worker) => worker.drain()))
          for (const each of [house(), other]) each.fake.forward(PIECE_EVERY_MS)
        }
        const said = await house().store.db.message.groupBy({
          by: ['conversationId'],
          where: { conversation: { personId: { in: people.map(({ personId }) => personId) } } },
          _count: true,
        })
        expect(said.map(({ _count }) => _count)).toEqual([1, 1, 1, 1, 1])
      } finally {
        await other.end()
      }
    })
})
