/** A worker's month, from the first question to the approved report: in one chat, in two, and with what goes wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../../bot/engine/types.js'
import { type TestHouse, testHouse } from '../../house.js'
import { ANSWERS, chat, fill, newGroup, newWorker, sendReport } from './world.js'

let house: TestHouse
let group: Awaited<ReturnType<typeof newGroup>>
beforeAll(async () => {
  house = await testHouse({ now: '2026-11-10T09:00:00Z' })
  group = await newGroup(house.store)
})
afterAll(() => house.end())

type Worker = Awaited<ReturnType<typeof newWorker>>

const reportsOf = ({ personId }: Worker) =>
  house.store.db.report.findMany({
    where: { personId },
    include: { versions: { orderBy: { number: 'asc' } } },
    orderBy: { period: 'asc' },
  })

const answersOf = async (worker: Worker, period: string): Promise<Values[]> => {
  const found = (await reportsOf(worker)).find((report) => report.period === period)
  return (found?.versions ?? []).map(({ answers }) =>
    answers ? worker.drawer.openJson<Values>('report.answers', answers) : {},
  )
}

/** As far as the first number. */
async function begun(worker: Worker, month = 'October 2026', channel: 'telegram' | 'slack' = 'telegram') {
  const me = chat(house, worker.address, channel)
  await me.says('/report')
  await me.presses(month)
  await me.presses('Yes, let us begin')
  await me.says('Brno')
  return me
}

/** All of it, sent. */
async function sent(worker: Worker, period?: string) {
  await sendReport(house, worker.personId, period)
  return chat(house, worker.address)
}

describe('which month', () => {
  it('is chosen: the oldest that waits comes first, then the current one', async () => {
    const worker = await newWorker(house.store, group.id, { joinedOn: '2026-08-15' })
    const me = chat(house, worker.address)
    await me.says('/report')
    expect(me.last.buttons.slice(0, 5)).toEqual([
      'August 2026',
      'November 2026',
      'September 2026',
      'October 2026',
      'Another month',
    ])
  })

  it('before joining is refused with a sentence, and so is one that has not begun', async () => {
    const worker = await newWorker(house.store, group.id, { joinedOn: '2026-08-15' })
    const me = chat(house, worker.address)
    await me.says('/report')
    await me.presses('Another month')
    await me.says('July 2026')
    expect(me.last.text).toBe(
      'That month is before you joined, so there is nothing to report for it. Please choose another one.',
    )
    await me.presses('Another month')
    expect(me.last.text).toBe('Which month would you like to report?')
    await me.presses('Another month')
    await me.says('December 2026')
    expect(me.last.text).toBe('December 2026 has not come yet. Please write this month or an earlier one.')
    expect(await reportsOf(worker)).toEqual([])
  })

  it('after leaving is refused with a sentence, and the month of leaving is not', async () => {
    const worker = await newWorker(house.store, group.id, { leftOn: '2026-09-10' })
    const me = chat(house, worker.address)
    await me.says('/report')
    expect(me.last.buttons.slice(0, 3)).toEqual(['August 2026', 'September 2026', 'Another month'])
    await me.presses('Another month')
    await me.says('October 2026')
    expect(me.last.text).toBe(
      'You were not in the programme in that month, so there is nothing to report for it. Please choose another one.',
    )
    await me.presses('Another month')
    await me.says('September 2026')
    expect(me.last.text).toBe('Do you have something to report for September 2026?')
    expect((await reportsOf(worker)).map(({ period }) => period)).toEqual(['2026-09'])
  })

  it('is not asked of somebody who is in no programme', async () => {
    const worker = await newWorker(house.store, group.id)
    await house.store.db.enrolment.deleteMany({ where: { personId: worker.personId } })
    const me = chat(house, worker.address)
    await me.says('/report')
    expect(me.last.text).toContain('You are not in a programme that reports here yet.')
  })
})

describe('a report', () => {
  it('is asked, looked through and sent; the next one shows its numbers beside the questions', async () => {
    const worker = await newWorker(house.store, group.id)
    const me = await begun(worker)
    await fill(me)
    expect(me.last.text).toContain('• People advised: 40')
    expect(me.last.text).toContain('• Month: October 2026')
    await me.presses('Yes, all is right')
    expect(me.last.text).toContain('Your report for October 2026 is sent')
    const [report] = await reportsOf(worker)
    expect(report).toMatchObject({ period: '2026-10', state: 'submitted' })
    expect(await answersOf(worker, '2026-10')).toEqual([ANSWERS])
    const next = await begun(worker, 'November 2026')
    expect(next.last.text).toBe('How many people did you advise? Please count people, not talks.\nLast month: 40')
  })

  it('takes numbers as people type them, refuses 0x10, and asks what "45 min" means', async () => {
    const worker = await newWorker(house.store, group.id)
    const me = await begun(worker)
    await me.says('0x10')
    expect(me.last.text).toContain('Please write a number from 0 to 5,000.')
    await me.says('45 min')
    expect(me.last.text).toBe('Do you mean 45?')
    await me.presses('Yes')
    await me.says('twelve', '٣٠', '1 200')
    expect(me.last.text).toContain('How many talks in person at the centre?')
    await me.says('1', '2', '3', '4', '5', '6', 'Work, Housing, Health, Family')
    expect(me.last.text).toBe('Which three of them came up most often?')
    await me.says('Work, Housing, Health, Family')
    expect(me.last.text).toBe('Please choose 3 at most.')
    await me.says('Work, Health')
    await me.says('A lawyer', 'Russian', '10')
    for (const _ of [1, 2, 3]) await me.presses('Skip')
    await me.says('0')
    await me.presses('Skip')
    await me.presses('Yes, all is right')
    expect(await answersOf(worker, '2026-10')).toMatchObject([
      { clients: 45, newClients: 12, phone: 30, chat: 1200, centre: 1, feedback: 0, top: ['work', 'health'] },
    ])
  })

  it('may say that there was nothing, which is not the same as silence, and take it back', async () => {
    const worker = await newWorker(house.store, group.id)
    const me = chat(house, worker.address)
    await me.says('/report')
    await me.presses('October 2026')
    await me.presses('Nothing to report')
    expect(me.last.text).toContain('I will write down that there was nothing to report for October 2026.')
    await me.presses('Yes')
    expect((await reportsOf(worker))[0]).toMatchObject({ state: 'nothing', versions: [{ number: 1, answers: null }] })
    await me.says('/report')
    await me.presses('October 2026 (sent)')
    await me.presses('Change it')
    await me.presses('Open it')
    expect(me.last.text).toBe('Do you have something to report for October 2026?')
    expect((await reportsOf(worker))[0]).toMatchObject({ state: 'draft' })
  })

  it('sent again is a new version; the one before is kept', async () => {
    const worker = await newWorker(house.store, group.id)
    const me = await sent(worker)
    await me.says('/report')
    await me.presses('October 2026 (sent)')
    expect(me.last.text).toBe('You have already sent October 2026. Would you like to change it?')
    await me.presses('Change it')
    await me.presses('Open it')
    expect(me.last.text).toContain('• People advised: 40')
    await me.presses('Change: People advised')
    await me.says('41')
    await me.presses('Yes, all is right')
    expect(me.last.text).toContain('Your new version for October 2026 is sent.')
    expect((await answersOf(worker, '2026-10')).map(({ clients }) => clients)).toEqual([40, 41])
  })
})

describe('a draft', () => {
  it('begun on Telegram is finished on Slack, where it was left', async () => {
    const worker = await newWorker(house.store, group.id, { channels: ['telegram', 'slack'] })
    const telegram = await begun(worker)
    await telegram.says('40', '12')
    house.fake.forward(20 * 86_400_000)
    const slack = chat(house, worker.address, 'slack')
    const heard = await slack.says('/report')
    expect(heard.map(({ text }) => text)).toEqual([
      'You have already begun this, and I have kept your answers. Let us go on.',
      'How many talks by phone or on the hotline?',
    ])
    await fill(slack, undefined, 2)
    await slack.presses('Yes, all is right')
    const [report] = await reportsOf(worker)
    expect(report?.versions).toMatchObject([{ number: 1, channel: 'slack' }])
    expect(await answersOf(worker, '2026-10')).toMatchObject([{ clients: 40, newClients: 12, phone: 5 }])
    house.fake.set(new Date('2026-11-10T09:00:00Z'))
  })

  it('that Telegram was left with is over when the report was sent from Slack and has come back', async () => {
    const worker = await newWorker(house.store, group.id, { channels: ['telegram', 'slack'] })
    const telegram = await begun(worker)
    await telegram.says('40', '12')
    const slack = chat(house, worker.address, 'slack')
    await slack.says('/report')
    await fill(slack, undefined, 2)
    await slack.presses('Yes, all is right')
    await house.store.db.report.updateMany({
      where: { personId: worker.personId },
      data: { state: 'returned', reopened: ['hours'] },
    })
    for (const me of [slack, telegram]) {
      await me.says('/report')
      expect(me.last.text).toContain('How many hours did you work with people?')
    }
    await telegram.says('20')
    await telegram.presses('Yes, all is right')
    expect((await answersOf(worker, '2026-10')).map(({ hours, newClients }) => [hours, newClients])).toEqual([
      [33.5, 12],
      [20, 12],
    ])
  })

  it('sent from two chats at once: one is the report, the other its next version, and nothing is lost', async () => {
    const worker = await newWorker(house.store, group.id, { channels: ['telegram', 'slack'] })
    const [telegram, slack] = [await begun(worker), chat(house, worker.address, 'slack')]
    await slack.says('/report')
    await fill(telegram)
    await fill(slack, ['41', ...Array(9).fill('1')])
    const data = (wire: typeof house.wire) =>
      wire
        .sent(worker.address)
        .at(-1)
        ?.buttons?.flat()
        .flatMap((each) => ('data' in each && each.label === 'Yes, all is right' ? each.data : []))[0] ?? ''
    await Promise.all([
      telegram.receive({ kind: 'button', data: data(house.wire) }),
      slack.receive({ kind: 'button', data: data(house.slack) }),
    ])
    const [report, ...others] = await reportsOf(worker)
    expect(others).toEqual([])
    expect(report?.versions.map(({ channel }) => channel).sort()).toEqual(['slack', 'telegram'])
    expect((await answersOf(worker, '2026-10')).map(({ clients }) => clients).sort()).toEqual([40, 41])
  })

  it('of one month is not lost while another is written', async () => {
    const worker = await newWorker(house.store, group.id, { channels: ['telegram', 'slack'] })
    const me = await sent(worker, '2026-09')
    await begun(worker, 'October 2026')
    await me.says('77')
    await house.store.db.report.updateMany({
      where: { personId: worker.personId, period: '2026-09' },
      data: { state: 'returned', reopened: ['hours'] },
    })
    await me.says('/report')
    expect(me.last.text).toContain('How many hours did you work with people?')
    await me.says('20')
    await me.presses('Yes, all is right')
    expect((await answersOf(worker, '2026-09')).map(({ hours }) => hours)).toEqual([33.5, 20])
    await me.says('/report')
    expect(me.last.text).toContain('How many of them came for the first time?')
  })
})

describe('a month that is closed', () => {
  it.each([
    ['locked', { locked: true }, 'This month is closed now'],
    ['approved', { state: 'approved' }, 'This month is approved already'],
  ])('because it is %s says so when it is sent', async (_, data, sentence) => {
    const worker = await newWorker(house.store, group.id)
    const me = await begun(worker)
    await fill(me)
    await house.store.db.report.updateMany({ where: { personId: worker.personId }, data })
    await me.presses('Yes, all is right')
    expect(me.last.text).toContain(sentence)
    expect(await answersOf(worker, '2026-10')).toEqual([])
  })
})
