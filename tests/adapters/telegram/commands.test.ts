import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ApiError, badRequest } from '../../stand-ins/telegram/errors.js'
import { createHouse, until } from '../house.js'
import { type Rig, startRig } from './harness.js'

describe('the list of commands', () => {
  let rig: Rig
  beforeEach(async () => {
    rig = await startRig(createHouse())
  })
  afterEach(async () => {
    await rig.close()
  })
  const list = (description: string) => [{ command: 'start', description }]
  const set = () => rig.standIn.callsOf('setMyCommands').filter(({ status }) => status === 200)

  it('is set for every language, and the English one for everybody else', async () => {
    rig.channel.setCommands({ en: list('Begin'), tg: list('Оғоз'), uz: list('Boshlash'), pidgin: list('x') })
    await until('all lists', () => set().length === 4)
    expect(set().map(({ params }) => [params.language_code ?? '', params.commands])).toEqual([
      ['en', list('Begin')],
      ['', list('Begin')],
      ['tg', list('Оғоз')],
      ['uz', list('Boshlash')],
    ])
  })

  it('is tried again while Telegram is away, and one that Telegram refuses does not stop the others', async () => {
    rig.standIn.failNext('setMyCommands', new ApiError(502, 'Bad Gateway'))
    rig.standIn.failNext('setMyCommands', new ApiError(429, 'Too Many Requests: retry after 3', { retry_after: 3 }))
    rig.channel.setCommands({ ru: list('Начать'), kk: list('Бастау') })
    await until('both', () => set().length === 2)
    rig.standIn.failNext('setMyCommands', badRequest('BOT_COMMAND_INVALID'))
    rig.channel.setCommands({ ru: list('Начать'), cs: list('Začít') })
    await until('the other', () => set().length === 3)
    expect(rig.lines.some(({ fields }) => fields.code === 'TELEGRAM_COMMANDS_REFUSED')).toBe(true)
  })
})
