/** The way to help stands under every question of the hotline, on every channel that clients use (S38). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buttonBlocks } from '../../adapters/slack/buttons.js'
import { inlineKeyboard } from '../../adapters/telegram/keyboards.js'
import { messageText } from '../../adapters/terminal/message-text.js'
import { messageHtml, sayIn } from '../../adapters/web/message-html.js'
import type { Outbound } from '../../bot/conversation/channel.js'
import type { State } from '../../bot/conversation/state.js'
import { person, type TestHouse, testHouse } from '../house.js'
import { rowsOf } from './stories.js'

let house: TestHouse
/** Each question of the hotline, as it was asked. */
const asked = new Map<string, Outbound>()
let sos = ''

beforeAll(async () => {
  house = await testHouse()
  const say = (key: string) => house.mind.words.say('ru', key)
  sos = say('danger:sosButton')
  const [me, hurried] = [person(house, '7000777'), person(house, '7000778')]
  const look = async (somebody: typeof me) => {
    const { conversation, drawer } = await rowsOf(house, somebody.address)
    const { position } = drawer.openJson<State>('conversation.state', conversation.state ?? new Uint8Array())
    const { flow, at } = position?.frames.at(-1) ?? {}
    const newest = somebody.hears().at(-1)
    if (flow === 'hotline' && at && newest) asked.set(at, newest)
  }
  const entrance = ['Русский', say('hotline:notice.options.agree'), say('hotline:country.options.RU'), 'Москва']
  await me.writes('/start')
  await look(me)
  for (const label of [...entrance, say('knowledge:topics.employment-rights')]) {
    await me.presses(label)
    await look(me)
  }
  await me.writes('сколько стоит патент в Москве')
  await look(me)
  // Who only cried for help is asked what happened.
  await hurried.writes('Помогите!')
  for (const label of entrance) await hurried.presses(label)
  await look(hurried)
})
afterAll(() => house.end())

it('every question of the hotline was met', () => {
  const steps = house.mind.library.newest('hotline')?.steps ?? []
  expect([...asked.keys()].sort()).toEqual(
    steps
      .filter(({ form }) => form === 'ask')
      .map(({ id }) => id)
      .sort(),
  )
})

describe('S38 the SOS button stands under every question of the hotline', () => {
  it.each<[string, (message: Outbound) => string[]]>([
    [
      'on Telegram',
      ({ buttons }) =>
        (inlineKeyboard(buttons)?.inline_keyboard ?? [])
          .flat()
          .flatMap((key) => ('callback_data' in key && key.callback_data === 'go:sos' ? key.text : [])),
    ],
    [
      'on Slack, in no menu',
      ({ buttons }) =>
        buttonBlocks(buttons)
          .flatMap(({ elements }) => elements)
          .flatMap((each) => (each.type === 'button' && each.value === 'go:sos' ? each.text.text : [])),
    ],
    [
      'on the web page, without scripts too',
      ({ id, text, buttons }) => {
        const item = {
          id: Number(id),
          direction: 'out',
          author: 'bot',
          text,
          at: new Date(0),
          ...(buttons && { buttons }),
        }
        const page = String(messageHtml(item as never, sayIn(house.mind.words, 'ru'), 'form'))
        return [...page.matchAll(/<button[^>]* value="go:sos">([^<]+)<\/button>/g)].map(([, label = '']) => label)
      },
    ],
    [
      'in a terminal',
      (message) => [...messageText(message).matchAll(/^ {2}\d+\. (.+)$/gm)].map(([, label = '']) => label).slice(-1),
    ],
  ])('%s', (_, shownOn) => {
    for (const [step, message] of asked) expect(shownOn(message), step).toEqual([sos])
  })
})
