/** Words asked for in a form, and our own page. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutButton } from '../../../adapters/adapter.js'
import type { SlackPerson } from '../../stand-ins/slack/people.js'
import { createHouse, type House, until } from '../house.js'
import { type Rig, startRig, type Way } from './harness.js'

const FORM = { title: 'Ответ клиенту', label: 'Что ответить?', send: 'Отправить', max: 1500 }

describe.each<Way>(['socket', 'events'])('forms by %s', (way) => {
  let house: House
  let rig: Rig
  let staff: SlackPerson
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house, { way })
    await until('up', () => rig.channel.health().state === 'up')
    staff = rig.standIn.person()
  })
  afterEach(async () => {
    await rig.close()
  })
  const place = async (button: Partial<Extract<OutButton, { data: string }>> = {}) => {
    const desk = rig.standIn.channel()
    const opened = await rig.channel.rooms?.open(desk.id, 'K7-4F', {
      id: 'r1',
      text: 'случай',
      buttons: [[{ label: 'Ответить', data: 'answer:7', form: FORM, ...button }]],
    })
    if (!opened) throw new Error('no rooms')
    return opened
  }

  it('open when the button is pressed, and bring the words back to its place', async () => {
    const { address, messageKey } = await place()
    await staff.press(messageKey, 'Ответить')
    expect(staff.form()).toMatchObject({
      title: { text: FORM.title },
      submit: { text: FORM.send },
      blocks: [{ label: { text: FORM.label }, element: { multiline: true, max_length: 1500 } }],
    })
    const outcome = await staff.submit('Идите с паспортом\nи <договором> & чеком')
    expect(outcome).toMatchObject({ acknowledged: true })
    expect(staff.form()).toBeUndefined()
    const [incoming] = await house.take(1)
    expect(incoming).toMatchObject({ address, sender: staff.id, group: true })
    expect(incoming?.event).toEqual({
      kind: 'button',
      data: 'answer:7',
      messageKey,
      text: 'Идите с паспортом\nи <договором> & чеком',
    })
  })

  it('begin with the words they were given, and leave out what does not fit into a button', async () => {
    const short = await place({ form: { ...FORM, text: 'Здравствуйте! "\\' } })
    await staff.press(short.messageKey, 'Ответить')
    expect(staff.form()).toMatchObject({ blocks: [{ element: { initial_value: 'Здравствуйте! "\\' } }] })
    const long = await place({ form: { ...FORM, text: 'я'.repeat(2500), max: 9000, title: 'т'.repeat(60) } })
    await staff.press(long.messageKey, 'Ответить')
    const element = Object(staff.form()?.blocks[0]).element
    expect(element.initial_value).toBeUndefined()
    expect(element.max_length).toBe(3000)
  })

  it('stay open with their words when these could not be stored, and are sent once when pressed again', async () => {
    const { messageKey } = await place()
    await staff.press(messageKey, 'Ответить')
    house.before = () => {
      throw new Error('no database')
    }
    expect((await staff.submit('слова')).answer).toMatchObject({
      response_action: 'errors',
      errors: { words: expect.any(String) },
    })
    expect(staff.form()).toBeDefined()
    house.before = () => {}
    await staff.submit('слова')
    expect(staff.form()).toBeUndefined()
    await house.take(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(house.taken.length).toBe(1)
  })

  it('act once when the house was slow and the person pressed again', async () => {
    const { messageKey } = await place()
    await staff.press(messageKey, 'Ответить')
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    house.before = () => gate
    expect((await staff.submit('слова')).answer).toMatchObject({ response_action: 'errors' })
    open()
    house.before = () => {}
    await staff.submit('слова')
    await staff.press(messageKey, 'Ответить')
    await staff.submit('слова')
    // The second form is another: whoever opens it anew means it.
    expect((await house.take(2)).length).toBe(2)
    expect(house.taken.length).toBe(2)
  })

  it('that do not open in time are only said in the log', async () => {
    const { messageKey } = await place()
    rig.standIn.failNext('views.open', 'expired_trigger_id')
    expect((await staff.press(messageKey, 'Ответить')).acknowledged).toBe(true)
    expect(staff.form()).toBeUndefined()
    expect(rig.lines.map(({ fields }) => fields.code)).toContain('SLACK_EXPIRED_TRIGGER_ID')
    await staff.press(messageKey, 'Ответить')
    expect(staff.form()).toBeDefined()
  })

  it('work in a person’s own chat, too', async () => {
    const buttons = [[{ label: 'Написать', data: 'note', form: FORM }]]
    const { messageKey } = await rig.channel.send({ id: 'm1', address: staff.id, text: 'Что было?', buttons })
    await staff.press(messageKey, 'Написать')
    await staff.submit('слова')
    const [incoming] = await house.take(1)
    expect(incoming).toMatchObject({ address: staff.id, event: { data: 'note', text: 'слова', messageKey } })
    expect(incoming?.group).toBeUndefined()
  })
})

describe('the page of our own', () => {
  let house: House
  let rig: Rig
  beforeEach(async () => {
    house = createHouse()
    rig = await startRig(house)
    await until('up', () => rig.channel.health().state === 'up')
  })
  afterEach(async () => {
    await rig.close()
  })

  it('is asked for each time it is opened, drawn, and its buttons are heard', async () => {
    const anna = rig.standIn.person()
    anna.openHome()
    anna.openHome('messages')
    anna.openHome()
    const [first, second] = await house.take(2)
    expect([first?.event, second?.event]).toEqual([{ kind: 'home' }, { kind: 'home' }])
    expect(first?.updateKey).not.toBe(second?.updateKey)
    await rig.channel.showHome?.(anna.id, { text: 'Ваши дела', buttons: [[{ label: 'Отчёт', data: 'go:report' }]] })
    expect(anna.home()).toMatchObject({ text: 'Ваши дела', rows: [[{ label: 'Отчёт' }]] })
    await anna.pressHome('Отчёт')
    const [, , pressed] = await house.take(3)
    expect(pressed).toMatchObject({ address: anna.id, event: { kind: 'button', data: 'go:report' } })
    expect(pressed?.messageKey).toBeUndefined()
  })

  it('is nobody’s when the address is none of a person', async () => {
    const page = { text: 'x' }
    await expect(rig.channel.showHome?.('C0DESK001', page)).rejects.toMatchObject({ policy: 'refused' })
    await expect(rig.channel.showHome?.('U0NOBODY1', page)).rejects.toMatchObject({ policy: 'gone' })
    rig.standIn.goAway('hang-up')
    await expect(rig.channel.showHome?.('U0NOBODY1', page)).rejects.toMatchObject({ policy: 'retry' })
  })
})

describe('slash commands', () => {
  it('are answered in the person’s own chat, wherever they are typed', async () => {
    const house = createHouse()
    const rig = await startRig(house)
    await until('up', () => rig.channel.health().state === 'up')
    const anna = rig.standIn.person()
    const outcome = await anna.command('/ask', 'где РВП?', { channel: rig.standIn.channel() })
    expect(outcome).toEqual({ acknowledged: true, answer: {} })
    await anna.command('/ask')
    await anna.command('/checkin', '4711')
    const taken = await house.take(3)
    expect(taken.map(({ event }) => event)).toEqual([
      { kind: 'text', text: 'где РВП?' },
      { kind: 'command', name: 'start', argument: '' },
      { kind: 'command', name: 'checkin', argument: '4711' },
    ])
    for (const { address, group } of taken) expect([address, group]).toEqual([anna.id, undefined])
    await rig.close()
  })
})
