/** Answers that are picked: what is on the screen in Slack, and what comes back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Outbound, OutPicker } from '../../../adapters/adapter.js'
import { SLACK_OPTIONS_MAX } from '../../../adapters/slack/limits.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { createHouse } from '../house.js'
import { type Rig, startRig } from './harness.js'

const SEVERAL: OutPicker = {
  kind: 'several',
  data: 'q:picked',
  label: 'Можно выбрать несколько',
  placeholder: 'Открыть список',
  send: 'Готово',
  options: [
    { label: 'Работа', value: 'work', picked: true },
    { label: 'Документы', value: 'papers' },
  ],
  replaces: ['q:work', 'q:papers'],
}
const BUTTONS = [
  [
    { label: 'Работа', data: 'q:work' },
    { label: 'Документы', data: 'q:papers' },
  ],
  [{ label: 'Назад', data: 'back' }],
]

describe('a picker in Slack', () => {
  let rig: Rig
  let anna: SlackPerson
  const house = createHouse()
  beforeEach(async () => {
    rig = await startRig(house)
    anna = rig.standIn.person()
  })
  afterEach(async () => {
    house.taken.splice(0)
    await rig.close()
  })

  const send = (message: Partial<Outbound>) =>
    rig.channel.send({ id: 'm1', address: anna.id, text: 'Что?', buttons: BUTTONS, ...message })
  const labels = () => anna.shown().map(({ rows }) => rows.map((row) => row.map(({ label }) => label)))

  it('of several stands in place of the buttons that tick one by one, and is sent by a button of its own', async () => {
    const { messageKey } = await send({ picker: SEVERAL })
    expect(labels()).toEqual([[['Готово'], ['Назад']]])
    expect(anna.shown()[0]?.picker).toEqual({
      placeholder: 'Открыть список',
      options: ['Работа', 'Документы'],
      ticked: ['Работа'],
    })
    await anna.press(messageKey, 'Готово')
    await anna.pick(messageKey, ['Документы', 'Работа'])
    await anna.press(messageKey, 'Готово')
    expect((await house.take(2)).map(({ event }) => event)).toEqual([
      { kind: 'button', data: 'q:picked', picked: ['work'], messageKey },
      { kind: 'button', data: 'q:picked', picked: ['work', 'papers'], messageKey },
    ])
  })

  it('of a day stands above the buttons', async () => {
    const { messageKey } = await send({ picker: { kind: 'date', data: 'q:picked', placeholder: 'Выберите день' } })
    expect(labels()).toEqual([[['Работа', 'Документы'], ['Назад']]])
    expect(anna.shown()[0]?.picker).toEqual({ placeholder: 'Выберите день' })
    await anna.pick(messageKey, '2026-11-03')
    const [picked] = await house.take(1)
    expect(picked?.event).toEqual({ kind: 'button', data: 'q:picked', picked: ['2026-11-03'], messageKey })
  })

  it('of more than Slack can show leaves the question to its buttons', async () => {
    const options = Array.from({ length: SLACK_OPTIONS_MAX + 1 }, (_, i) => ({ label: `Город ${i}`, value: `${i}` }))
    await send({ picker: { ...SEVERAL, options } })
    await send({ picker: { ...SEVERAL, options: options.slice(1) } })
    expect(labels()).toEqual([
      [['Работа', 'Документы'], ['Назад']],
      [['Готово'], ['Назад']],
    ])
  })
})
