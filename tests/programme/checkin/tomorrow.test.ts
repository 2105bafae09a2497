/** A word on the evening before a day of training. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCheckinReminders } from '../../../bot/programme/checkin/reminders.js'
import { neighbour } from '../../conversation/stories.js'
import { type TestHouse, testHouse } from '../../house.js'
import { SERVED } from '../../store/databases.js'
import { day, group, programme, worker } from './room.js'

describe('on the evening before a day of training', () => {
  let house: TestHouse
  let n = 0
  beforeAll(async () => {
    house = await testHouse()
  })
  afterAll(() => house.end())

  /** A day of its own for each story, before any report is due; `clock` is of Prague. */
  async function dayOfTraining() {
    const date = new Date(Date.UTC(2026, 10, 26 + 2 * n++))
    const at = (days: number, clock: string) =>
      house.fake.set(
        new Date(new Date(`${date.toISOString().slice(0, 10)}T${clock}+01:00`).getTime() - days * 86_400_000),
      )
    at(2, '12:00:00')
    const { id } = await programme(house)
    const ours = await group(house, id)
    const today = await day(house, ours.id, { module: 3, startsAt: `${date.toISOString().slice(0, 10)}T08:00:00Z` })
    await house.store.db.trainingSession.update({ where: { id: today.id }, data: { place: 'Žižkova 5' } })
    return { ours, today, at }
  }

  it('everybody is told once, in their language, with the way to say that they cannot come', async () => {
    const { ours, at } = await dayOfTraining()
    const [oksana, petr] = [await worker(house, ours.id, 'Oksana', 'uk'), await worker(house, ours.id, 'Petr', 'cs')]
    at(1, '16:59:00')
    await oksana.settle()
    expect(oksana.heard()).toEqual([])
    at(1, '17:01:00')
    await oksana.settle()
    const [said] = oksana.chat.hears()
    expect(said?.text).toMatch(/^Завтра навчальний день\.\n\nМодуль 3, .+, 9:00\.\nŽižkova 5$/)
    expect(said?.buttons?.flat().map(({ label }) => label)).toEqual(['Я не зможу прийти', 'Нагадування'])
    expect(petr.heard()).toEqual([expect.stringMatching(/^Zítra je školení\./)])
    at(1, '19:00:00')
    await oksana.settle()
    expect([...oksana.heard(), ...petr.heard()]).toEqual([])
  })

  it('nobody is told who has said that they cannot come, who has left, or who does not want it', async () => {
    const { ours, at } = await dayOfTraining()
    const [ill, gone, silent] = [
      await worker(house, ours.id),
      await worker(house, ours.id),
      await worker(house, ours.id),
    ]
    await ill.writes('/absence')
    const [which] = ill.chat.hears().slice(-1)
    await ill.presses(which?.buttons?.flat()[0]?.label ?? '')
    await ill.writes('a fever')
    expect(ill.heard().at(-1)).toContain('Your trainer knows now')
    await house.store.db.enrolment.update({
      where: { id: gone.enrolmentId },
      data: { leftOn: new Date(house.fake.now().getTime() - 86_400_000) },
    })
    await silent.writes('/reminders')
    await silent.presses('Please stop')
    expect(silent.heard().at(-1)).toContain('/reminders')
    at(1, '18:00:00')
    await ill.settle()
    expect([...ill.heard(), ...gone.heard(), ...silent.heard()]).toEqual([])
    await silent.writes('reminders')
    await silent.presses('Yes, please')
    expect(silent.heard()).toContainEqual(expect.stringMatching(/^Tomorrow is a training day\./))
  })

  it('nobody is woken: the evening is theirs, wherever they are', async () => {
    const { ours, at } = await dayOfTraining()
    const inTajikistan = async () => {
      const far = await worker(house, ours.id)
      await house.store.db.person.update({ where: { id: far.personId }, data: { country: 'TJ' } })
      return far
    }
    const early = await inTajikistan()
    at(1, '13:01:00')
    await early.settle()
    expect(early.heard()).toEqual([expect.stringContaining('9:00')])
    at(1, '17:30:00')
    const late = await inTajikistan()
    await late.settle()
    expect([...early.heard(), ...late.heard()]).toEqual([])
  })

  it('whoever does not want it is still told of their report, which is a duty', async () => {
    const { ours, at } = await dayOfTraining()
    const silent = await worker(house, ours.id)
    await silent.writes('/reminders')
    await silent.presses('Please stop')
    silent.heard()
    at(1, '18:00:00')
    await silent.settle()
    expect(silent.heard()).toEqual([])
    house.fake.set(new Date('2026-12-05T12:00:00Z'))
    await silent.settle()
    expect(silent.heard()).toEqual([expect.stringContaining('Your report for November 2026 is due today.')])
  })

  it.skipIf(!SERVED)('everybody is told once, however many processes look', async () => {
    const { ours, at } = await dayOfTraining()
    const people = await Promise.all(Array.from({ length: 5 }, () => worker(house, ours.id)))
    at(1, '17:01:00')
    const other = await neighbour(house)
    try {
      const all = [house, other].flatMap((each) => [createCheckinReminders(each), createCheckinReminders(each)])
      await Promise.all(all.map((each) => each.drain()))
      const said = await house.store.db.message.groupBy({
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
