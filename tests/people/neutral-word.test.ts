/** A word of the client's own that clears the chat as /panic does, and that nobody can read from us (S19). */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actionSpecs } from '../../bot/actions.js'
import { ROOT } from '../../bot/config.js'
import { isNeutralWord, neutralWordHash } from '../../bot/conversation/neutral-word.js'
import type { Turn } from '../../bot/conversation/turn.js'
import { claim } from '../../bot/desk/claiming.js'
import { caseMessages } from '../../bot/desk/reading.js'
import { reply } from '../../bot/desk/replies.js'
import { readSoundFlows } from '../../bot/flows.js'
import { whyNot } from '../../bot/people/neutral-word.js'
import { createVault } from '../../bot/store/vault.js'
import type { Language } from '../../bot/text/languages.js'
import { atAsk, atNotice, inHouse, inQueue, rowsOf } from '../conversation/stories.js'
import type { person } from '../house.js'
import { KEY } from '../store/databases.js'
import { everything, shapesOf } from './everything.js'

const HOUR = 3_600_000

const library = readSoundFlows(join(ROOT, 'flows'), actionSpecs())
const refusal = (word: string) => whyNot(word, library.commands.keys())

describe('a word that may be chosen', () => {
  it.each(['ромашка', 'daffodil', 'лола', 'boychechak', 'кызгалдак', 'бәйшешек', 'волошка', 'sněženka', "ko'klam"])(
    'S19 is one that means nothing here: %s',
    (word) => expect(refusal(word)).toBeUndefined(),
  )

  it.each(['яя', 'я'.repeat(31), 'белая роза', 'роза77', '!!!', 'ъъъ', ''])(
    'S19 is one word of 3 to 30 letters, not %j',
    (word) => expect(refusal(word)).toBe('unfit'),
  )

  it.each([
    ...['start', 'panic', 'erase', 'mydata', 'жалоба', 'меню', 'назад', 'back', 'жардам'],
    ...[
      'дада',
      'ano',
      'ҳаа',
      'спасибо',
      'salom',
      'Москва',
      'Россия',
      'патент',
      'зарплата',
      'двадцать',
      'вчера',
      'октябрь',
    ],
    ...['русский', 'помогите', 'yordam', 'полиция', 'суицид', 'депортация', 'насилуют', 'police'],
  ])('S19 is no command, no answer and no cry for help: %s', (word) => expect(refusal(word)).toBe('taken'))
})

it.each(['РОМАШКА', 'Ромашка!', '  ромашка…', 'romashka', 'рoмaшкa', 'РоМаШкА.', '«ромашка»'])(
  'S19 the word is understood as %j',
  (written) => {
    const vault = createVault(KEY)
    const turn = (word: string, role = 'client') =>
      ({ loaded: { neutralWord: neutralWordHash(vault, 'me', word), personId: 'me', role } }) as Turn
    expect(isNeutralWord(turn('ромашка'), vault, written)).toBe(true)
    expect(isNeutralWord(turn('подсолнух'), vault, written)).toBe(false)
    expect(isNeutralWord(turn('ромашка', 'staff'), vault, written)).toBe(false)
  },
)

inHouse('a neutral word', (house) => {
  type Person = ReturnType<typeof person>
  const said = (language: Language, key: string) => house().mind.words.say(language, key)
  const say = (key: string) => said('ru', `privacy:${key}`)
  const texts = (somebody: Person) => somebody.hears().map(({ text }) => text)

  const choose = async (somebody: Person, word: string, messageKey?: string) => {
    await somebody.writes('/privacy')
    await somebody.presses(say('choice.options.word'))
    somebody.hears()
    await somebody.writes(word, messageKey ? { messageKey } : {})
  }

  it('S19 clears the chat like /panic: both sides’ messages go, the bot says something harmless, and asks nothing', async () => {
    const somebody = await atAsk(house())
    await choose(somebody, 'ромашка')
    expect(texts(somebody)[0]).toBe(say('wordKept'))
    const { messages } = await rowsOf(house(), somebody.address)
    house().wire.removed.length = 0
    await somebody.writes('ромашка', { messageKey: 'the word itself' })
    expect(texts(somebody)).toEqual([say('cleared')])
    const { removed } = house().wire
    expect(removed).toContain('the word itself')
    for (const { id, direction, state } of messages)
      if (direction === 'out' && state === 'sent') expect(removed).toContain(`out-${id}`)
    house().fake.forward(3 * HOUR)
    await somebody.settle()
    expect(texts(somebody)).toEqual([])
    // It is still theirs
    await somebody.writes('привет')
    somebody.hears()
    await somebody.writes('ромашка')
    expect(texts(somebody)).toEqual([say('cleared')])
  })

  it('S19 is one word by itself: in a sentence it is a word like any other, and another’s word is nothing', async () => {
    const [somebody, other] = [await atAsk(house()), await atAsk(house())]
    await choose(somebody, 'ромашка')
    await choose(other, 'подсолнух')
    for (const each of [somebody, other]) each.hears()
    await somebody.writes('где растёт ромашка')
    await other.writes('ромашка')
    for (const each of [somebody, other]) expect(texts(each)).not.toContain(say('cleared'))
  })

  it('S19 is kept as a hash only: in no table, file, state or log is there the word, nor one that was refused', async () => {
    const [word, refused] = ['бирюзовость', 'незабудка7']
    const somebody = await atAsk(house())
    house().wire.removed.length = 0
    await choose(somebody, refused, 'the refused one')
    expect(texts(somebody)[0]).toBe(say('wordUnfit'))
    await somebody.writes(word, { messageKey: 'the chosen one' })
    expect(texts(somebody)[0]).toBe(say('wordKept'))
    expect(house().wire.removed).toEqual(expect.arrayContaining(['the refused one', 'the chosen one']))
    const { messages, conversation, drawer } = await rowsOf(house(), somebody.address)
    const opened = messages.flatMap(({ body }) => (body ? drawer.openText('message.body', body) : []))
    opened.push(drawer.openText('conversation.state', conversation.state ?? new Uint8Array()), house().logged())
    opened.push(await everything(house()))
    await somebody.writes(word.toUpperCase())
    opened.push(await everything(house()))
    for (const text of opened)
      for (const secret of [word, word.toUpperCase(), 'незабудка7'])
        for (const shape of shapesOf(secret)) expect(text.includes(shape)).toBe(false)
  })

  it.each<[string, (somebody: Person) => Promise<unknown>]>([
    [
      'while another question is open',
      (somebody) => somebody.presses(said('ru', 'knowledge:topics.employment-rights')),
    ],
    ['in the middle of the menu', (somebody) => somebody.writes('/menu')],
    ['in the middle of a complaint', (somebody) => somebody.writes('/complaint')],
    ['while waiting for a human', (somebody) => somebody.writes('/human')],
  ])('S19 clears the chat %s', async (_, come) => {
    const somebody = await atAsk(house())
    await choose(somebody, 'подснежник')
    await come(somebody)
    somebody.hears()
    await somebody.writes('Подснежник')
    expect(texts(somebody)).toEqual([say('cleared')])
  })

  it('S19 while a human answers, staff are told that the client cleared the chat, do not see the word, and reach nobody first', async () => {
    const somebody = await inQueue(house())
    const { conversation } = await rowsOf(house(), somebody.address)
    const found = await house().store.db.case.findUniqueOrThrow({ where: { id: conversation.caseId ?? '' } })
    const staff = await house().store.db.staff.create({
      data: { alias: `consultant-${crypto.randomUUID().slice(0, 8)}`, role: 'consultant' },
    })
    await claim(house(), found.code, staff)
    await choose(somebody, 'колокольчик')
    await reply(house(), found.code, staff, { text: 'уже в пути', requestId: crypto.randomUUID() })
    await somebody.receive({ kind: 'text', text: 'КОЛОКОЛЬЧИК' })
    await somebody.settle()
    expect(texts(somebody).at(-1)).toBe(say('cleared'))
    await reply(house(), found.code, staff, { text: 'Вы здесь?', requestId: crypto.randomUUID() })
    await somebody.settle()
    expect(texts(somebody)).toEqual([])
    const shown = await caseMessages(house().store, found.id)
    expect(shown.map(({ event }) => event)).toContain('cleared')
    expect(JSON.stringify(shown).toLowerCase()).not.toContain('колокольчик')
    await somebody.writes('я здесь')
    expect(texts(somebody)).toContain('Вы здесь?')
  })

  it('S19 is forgotten with a button, and with everything else', async () => {
    const somebody = await atAsk(house())
    await choose(somebody, 'ромашка')
    await somebody.writes('/privacy')
    await somebody.presses(say('choice.options.word'))
    await somebody.presses(say('word.options.none'))
    expect(texts(somebody)).toContain(say('wordForgotten'))
    await somebody.writes('ромашка')
    expect(texts(somebody)).not.toContain(say('cleared'))
    await choose(somebody, 'ромашка')
    await somebody.writes('/erase')
    await somebody.presses(said('ru', 'common:yes'))
    expect((await rowsOf(house(), somebody.address)).person.neutralWord).toBeNull()
  })

  it('S02 S19 is not offered to whoever refused to be kept, also not by an old button', async () => {
    const somebody = await atNotice(house())
    await somebody.presses(said('ru', 'hotline:notice.options.refuse'))
    await somebody.writes('/privacy')
    const labels = somebody
      .hears()
      .at(-1)
      ?.buttons?.flat()
      .map(({ label }) => label)
    expect(labels).toContain(say('choice.options.panic'))
    expect(labels).not.toContain(say('choice.options.word'))
  })

  it.each<[Language, string]>([
    ['en', 'daffodil'],
    ['ru', 'одуванчик'],
    ['tg', 'лола'],
    ['uz', 'boychechak'],
    ['ky', 'кызгалдак'],
    ['kk', 'бәйшешек'],
    ['uk', 'волошка'],
    ['cs', 'sněženka'],
  ])('S19 is chosen and works in %s', async (language, word) => {
    const somebody = await atAsk(house())
    const { person: row } = await rowsOf(house(), somebody.address)
    await house().store.db.person.update({ where: { id: row.id }, data: { language } })
    await somebody.writes('/privacy')
    await somebody.presses(said(language, 'privacy:choice.options.word'))
    expect(texts(somebody).at(-1)).toBe(said(language, 'privacy:word'))
    await somebody.writes(word)
    expect(texts(somebody)[0]).toBe(said(language, 'privacy:wordKept'))
    await somebody.writes(word.toUpperCase())
    expect(texts(somebody)).toEqual([said(language, 'privacy:cleared')])
  })
})
