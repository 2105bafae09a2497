/** One message, one transaction: taken once, in order, whatever happens between (S26, S33). */
import { expect, it } from 'vitest'
import { Refusal } from '../../bot/conversation/action.js'
import { person } from '../house.js'
import { atAsk, atNotice, inHouses, instead, rowsOf, stranger } from './stories.js'

const RUBBISH = 'ффф ыыы'

inHouses('an update', (house) => {
  const text = (words: string) => ({ kind: 'text' as const, text: words })
  const say = (key: string) => house().mind.words.say('ru', key)

  it('S26 delivered twice is answered once', async () => {
    const anna = await atAsk(house())
    const twice = { updateKey: 'twice', messageKey: 'm-twice' }
    await anna.writes('где получить патент', twice)
    const answered = anna.hears().length
    expect(answered).toBeGreaterThan(0)
    await anna.writes('где получить патент', twice)
    expect(anna.hears()).toEqual([])
  })

  it('S26 that carries the same message under a new number is answered once', async () => {
    const anna = await atAsk(house())
    await anna.writes('где получить патент', { messageKey: 'same' })
    anna.hears()
    await anna.writes('где получить патент', { messageKey: 'same', updateKey: 'another number' })
    expect(anna.hears()).toEqual([])
  })

  it('S26 delivered twice at the same moment is answered once, also by an action', async () => {
    const anna = await atAsk(house())
    const same = { updateKey: 'same moment', messageKey: 'm-same-moment' }
    await Promise.all([1, 2, 3].map(() => anna.receive(text('где получить патент'), same)))
    await anna.settle()
    const { messages } = await rowsOf(house(), anna.address)
    const heard = messages.filter(
      ({ channelHash }) =>
        channelHash &&
        Buffer.from(channelHash).equals(house().store.vault.hash('message', 'telegram', anna.address, 'm-same-moment')),
    )
    expect(heard).toHaveLength(1)
  })

  it('S26 of a stranger delivered twice at the same moment makes one person', async () => {
    const anna = stranger(house())
    const before = await house().store.db.person.count()
    await Promise.all([1, 2].map(() => anna.receive(text('помогите'), { updateKey: 'first', messageKey: 'm1' })))
    await anna.settle()
    expect(await house().store.db.person.count()).toBe(before + 1)
    expect(anna.hears()).toHaveLength(1)
  })

  it('that comes late and out of order is still heard', async () => {
    const anna = await atNotice(house())
    anna.hears()
    await anna.writes('второе', { updateKey: 'u9', messageKey: '9', at: new Date('2026-11-20T12:00:02Z') })
    await anna.writes('первое', { updateKey: 'u8', messageKey: '8', at: new Date('2026-11-20T12:00:01Z') })
    expect(anna.hears()).toHaveLength(2)
  })

  it('is answered before the next of the same person, when they come at once', async () => {
    const anna = await atNotice(house())
    anna.hears()
    const before = (await rowsOf(house(), anna.address)).messages.length
    await Promise.all(['ааа', 'ббб', 'ввв', 'ггг'].map((words) => anna.receive(text(words))))
    await anna.settle()
    const { messages, drawer } = await rowsOf(house(), anna.address)
    const said = messages
      .slice(before)
      .map(({ direction, body }) =>
        direction === 'in' && body ? drawer.openJson<{ text: string }>('message.body', body).text : 'answer',
      )
    // Three misunderstandings in a row are answered with one more word: a human is offered.
    const once = said.filter((each, at) => each !== said[at - 1])
    expect(once).toEqual(['ааа', 'answer', 'ббб', 'answer', 'ввв', 'answer', 'ггг', 'answer'])
    expect(anna.hears().length).toBeGreaterThanOrEqual(4)
  })

  it('each of 200 people who write at once is answered, each in their own chat', async () => {
    const people = [...Array(200)].map(() => stranger(house()))
    await Promise.all(people.map((somebody) => somebody.receive(text('здравствуйте'))))
    await people[0]?.settle()
    expect(people.map((somebody) => somebody.hears().length)).toEqual(people.map(() => 1))
  }, 60_000)

  it('of 5,000 characters is answered, and the next one too', async () => {
    const anna = await atAsk(house())
    await anna.writes('а'.repeat(5000))
    const answers = anna.hears()
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.some(({ text }) => text === say('common:failed'))).toBe(false)
    await anna.writes('где получить патент')
    expect(anna.hears().length).toBeGreaterThan(0)
  })

  it.each([
    ['nobody ever made', 'zzz:nonsense'],
    ['that leads into a flow that is gone', 'go:no-such-flow'],
    ['that is empty', ''],
    ['that tries to look like ours', 'a:gn2o1:'],
    ['that is longer than any of ours', `go:${'x'.repeat(500)}`],
  ])('from a button %s is answered', async (_, data) => {
    const anna = await atAsk(house())
    await anna.does({ kind: 'button', data })
    const answers = anna.hears()
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.some(({ text }) => text === say('common:failed'))).toBe(false)
  })

  it('from a button pressed twice acts once; a week later it changes nothing and is answered', async () => {
    const anna = await atNotice(house())
    const agree = anna
      .hears()
      .at(-1)
      ?.buttons?.flat()
      .find(({ label }) => label === say('hotline:notice.options.agree'))
    if (!agree || !('data' in agree)) throw new Error('no button')
    const press = { kind: 'button' as const, data: agree.data }
    await anna.does(press)
    await anna.does(press)
    const { person: row } = await rowsOf(house(), anna.address)
    const consents = () => house().store.db.consent.count({ where: { personId: row.id } })
    expect(await consents()).toBe(1)
    await anna.presses(say('hotline:country.options.RU'))
    anna.hears()
    house().fake.forward(7 * 24 * 3_600_000)
    await anna.does(press)
    expect(anna.hears().length).toBeGreaterThan(0)
    expect(await consents()).toBe(1)
  })

  it('of a kind that we cannot read is answered kindly', async () => {
    const anna = await atAsk(house())
    await anna.does({ kind: 'unsupported', what: 'poll' })
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:unsupported')])
  })

  it('from a group opens no conversation', async () => {
    const anna = stranger(house())
    const before = await house().store.db.person.count()
    await anna.does(text('привет'), { group: true })
    expect(await house().store.db.person.count()).toBe(before)
    expect(anna.hears()).toEqual([])
  })

  it('S29 that meets a fault of ours is apologised for, keeps its place, and the next one works', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async () => {
      throw new TypeError('canary: a secret word')
    })
    const before = (await rowsOf(house(), anna.address)).conversation
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:failed')])
    const after = (await rowsOf(house(), anna.address)).conversation
    expect([after.flow, after.owner]).toEqual([before.flow, before.owner])
    await anna.writes('где получить патент')
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
    expect(house().logged()).toContain('TypeError')
    expect(house().logged()).not.toContain('canary')
  })

  it('that an action refuses goes the way the flow says', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async () => {
      throw new Refusal('nothing')
    })
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
  })

  it('whose action broke a unique rule of its own is not taken for a duplicate and forgotten', async () => {
    const anna = await atAsk(house())
    const mend = instead(house(), 'knowledge.answer', async (_, { tx }) => {
      await tx.counter.create({ data: { day: new Date('2026-01-01'), name: anna.address } })
      await tx.counter.create({ data: { day: new Date('2026-01-01'), name: anna.address } })
      return {}
    })
    await anna.writes('где получить патент')
    mend()
    expect(anna.hears().map((each) => each.text)).toEqual([say('common:failed')])
  })

  it('that loses a race inside its transaction runs again, unseen', async () => {
    const anna = await atAsk(house())
    let tries = 0
    const own = house().mind.actions.get('knowledge.answer')
    const mend = instead(house(), 'knowledge.answer', async (input, context) => {
      if (++tries < 3) await context.tx.$executeRawUnsafe(`do $$ begin raise exception sqlstate '40P01'; end $$`)
      return own?.run(input, context)
    })
    await anna.writes('где получить патент')
    mend()
    expect(tries).toBe(3)
    expect(anna.hears().map((each) => each.text)).not.toContain(say('common:failed'))
  })

  it.each([
    ['full', `do $$ begin raise exception sqlstate '53100'; end $$`],
    ['shutting down', `do $$ begin raise exception sqlstate '57P01'; end $$`],
  ])(
    'that meets a database that is %s is given back to its channel, and acts once when it comes again',
    async (_, trouble) => {
      const anna = await atAsk(house())
      const own = house().mind.actions.get('knowledge.answer')
      let broken = true
      const mend = instead(house(), 'knowledge.answer', async (input, context) => {
        if (broken) await context.tx.$executeRawUnsafe(trouble)
        return own?.run(input, context)
      })
      const update = { updateKey: `again ${trouble}`, messageKey: `again ${trouble}` }
      await expect(anna.receive(text('где получить патент'), update)).rejects.toThrow()
      await anna.settle()
      expect(anna.hears()).toEqual([])
      broken = false
      await anna.writes('где получить патент', update)
      mend()
      expect(anna.hears().length).toBeGreaterThan(0)
      await anna.writes('где получить патент', update)
      expect(anna.hears()).toEqual([])
    },
  )

  it('S33 is slowed down kindly when too many come at once; words of danger, the SOS button and /panic pass', async () => {
    const anna = await atNotice(house())
    for (let n = 0; n < 40; n++) await anna.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await anna.settle()
    const slow = anna.hears().filter((each) => each.text === say('common:slowDown'))
    expect(slow).toHaveLength(1)
    await anna.writes('меня бьют, помогите')
    expect(anna.hears().length).toBeGreaterThan(0)

    const boris = await atNotice(house())
    for (let n = 0; n < 40; n++) await boris.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await boris.settle()
    boris.hears()
    await boris.does({ kind: 'button', data: 'go:sos' })
    expect(boris.hears().length).toBeGreaterThan(0)

    const vera = await atNotice(house())
    for (let n = 0; n < 40; n++) await vera.receive(text(RUBBISH))
    for (let n = 0; n < 20; n++) await vera.settle()
    vera.hears()
    await vera.writes('/panic')
    expect(vera.hears().map((each) => each.text)).toEqual([say('privacy:cleared')])
  })

  it('from somebody we believed gone or blocked opens their address again: who writes can be reached', async () => {
    for (const state of ['gone', 'blocked']) {
      const anna = await atNotice(house())
      anna.hears()
      await house().store.db.address.update({
        where: { id: (await rowsOf(house(), anna.address)).address.id },
        data: { state },
      })
      await anna.writes('привет')
      expect(anna.hears().length).toBeGreaterThan(0)
      expect((await rowsOf(house(), anna.address)).address.state).toBe('open')
    }
  })

  it('of a chat that moved takes the talk along; where both are known already, the old one ends', async () => {
    const anna = await atNotice(house())
    await anna.does({ kind: 'moved', to: `-100${anna.address}` })
    const there = person(house(), `-100${anna.address}`)
    await there.writes('привет')
    expect(there.hears().length).toBe(1)
    const boris = await atNotice(house())
    const known = await atNotice(house())
    await boris.does({ kind: 'moved', to: known.address })
    expect((await rowsOf(house(), boris.address)).address.state).toBe('gone')
    known.hears()
    await known.writes('привет')
    expect(known.hears()).toHaveLength(1)
  })
})
