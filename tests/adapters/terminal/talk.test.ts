import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageText } from '../../../adapters/terminal/message-text.js'
import { readLine } from '../../../adapters/terminal/read-line.js'
import { UserError } from '../../../bot/errors.js'
import { createHouse, type House, until } from '../house.js'
import { startTerminal } from './harness.js'

const question = {
  id: '7',
  buttons: [
    [{ label: 'Да', data: 'yes' }],
    [
      { label: 'Карта', url: 'https://example.org' },
      { label: 'Нет', data: 'no' },
    ],
  ],
}

describe('A typed line', () => {
  it('presses the button with its number, counting only what can be pressed', () => {
    expect(readLine('2', question)).toEqual({ kind: 'button', data: 'no', messageKey: '7', label: 'Нет' })
  })
  it('is the number itself after =, or when no button has it', () => {
    expect(readLine('=2', question)).toEqual({ kind: 'text', text: '2' })
    expect(readLine('3', question)).toEqual({ kind: 'text', text: '3' })
    expect(readLine('1', undefined)).toEqual({ kind: 'text', text: '1' })
  })
  it('is a command, a file, or words', () => {
    expect(readLine('/language uz', undefined)).toEqual({ kind: 'command', name: 'language', argument: 'uz' })
    expect(readLine('/file a.jpg', undefined)).toEqual({ kind: 'file', path: 'a.jpg' })
    expect(readLine('/file "my papers/a.jpg" вот', undefined)).toEqual({
      kind: 'file',
      path: 'my papers/a.jpg',
      text: 'вот',
    })
    expect(readLine('12/5 это дата', undefined)).toEqual({ kind: 'text', text: '12/5 это дата' })
    expect(readLine('   ', question)).toBeUndefined()
  })
})

it('A message is read top to bottom: the words, then each button with its number, then links', () => {
  expect(messageText({ text: 'Помогло?', buttons: question.buttons })).toBe(
    '\nПомогло?\n  1. Да\n  2. Нет\n  Карта: https://example.org\n',
  )
})

describe('At a terminal', () => {
  let house: House
  let rig: Awaited<ReturnType<typeof startTerminal>>
  beforeEach(async () => {
    house = createHouse()
    rig = await startTerminal(house)
  })
  afterEach(() => rig.close())
  const says = (words: string) => until(words, () => rig.screen().includes(words))

  it('a file that is not there is said in the person’s language, and the talk goes on', async () => {
    rig.type('/file /no/such/паспорт.jpg')
    await says('Нет файла /no/such/паспорт.jpg')
    rig.type('ладно')
    expect((await house.take(1))[0]?.event).toEqual({ kind: 'text', text: 'ладно' })
  })

  it('a file that the house refuses is refused in its words', async () => {
    house.keepFile = () => Promise.reject(new UserError('fileKind'))
    rig.type(`/file ${process.execPath}`)
    await says('фото')
    expect(house.offered).toEqual([])
  })

  it('a line that ends with a backslash goes on in the next', async () => {
    rig.type('первая\\')
    rig.type('вторая')
    expect((await house.take(1))[0]?.event).toEqual({ kind: 'text', text: 'первая\nвторая' })
  })

  it('/keys tells how to press and to send', async () => {
    rig.type('/keys')
    await says('/file')
    expect(house.offered).toEqual([])
  })

  it('a message for somebody who is not here any more is not kept for ever', async () => {
    const sending = rig.channel.send({ id: '1', address: 'terminal-gone', text: 'эй' })
    await expect(sending).rejects.toMatchObject({ policy: 'gone' })
  })
})
